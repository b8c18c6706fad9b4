package world

import (
	"bytes"
	"encoding/json"
	"fmt"
)

func (st *State) patchPolicy(patch json.RawMessage) error {
	p := st.Policy
	d := json.NewDecoder(bytes.NewReader(patch))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return fmt.Errorf("%w: policy: %w", ErrRequest, err)
	}
	if err := p.Check(); err != nil {
		return fmt.Errorf("%w: policy: %w", ErrRequest, err)
	}
	st.Policy = p
	return nil
}
