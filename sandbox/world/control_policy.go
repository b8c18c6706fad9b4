package world

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"example.com/netanswer/sandbox/registration"
)

// patchPolicy changes values of the policy. What is wrong with which of them is told
// by registration.PolicyErrors.
func (st *State) patchPolicy(patch json.RawMessage) error {
	values := map[string]json.RawMessage{}
	if err := json.Unmarshal(patch, &values); err != nil {
		return fmt.Errorf("%w: policy: %w", ErrRequest, err)
	}
	p := st.Policy
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if err := setPolicy(&p, name, values[name]); err != nil {
			errs = append(errs, err)
		}
	}
	if err := errors.Join(append(errs, p.Check())...); err != nil {
		return fmt.Errorf("%w: policy: %w", ErrRequest, err)
	}
	st.Policy = p
	return nil
}

// setPolicy sets one value.
func setPolicy(p *registration.Policy, name string, value json.RawMessage) error {
	if _, known := registration.PolicyFields()[name]; !known { // encoding/json takes names in any case
		return &registration.PolicyError{Field: name, Reason: "is no value of a policy", Says: "方針にない値です。"}
	}
	one, err := json.Marshal(map[string]json.RawMessage{name: value})
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(one))
	d.DisallowUnknownFields()
	var other *json.UnmarshalTypeError
	switch err := d.Decode(p); {
	case err == nil:
		return nil
	case !errors.As(err, &other):
		return &registration.PolicyError{Field: name, Reason: err.Error(), Says: "10分、30秒、1時間30分のように入れてください。"}
	case other.Type.Kind() == reflect.Int:
		return &registration.PolicyError{Field: name, Reason: "want a whole number, not " + string(value), Says: "数を入れてください。"}
	case other.Type.Kind() == reflect.Bool:
		return &registration.PolicyError{Field: name, Reason: "want true or false, not " + string(value), Says: "true か false にしてください。"}
	}
	return &registration.PolicyError{Field: name, Reason: "want text, not " + string(value), Says: "文字を入れてください。"}
}
