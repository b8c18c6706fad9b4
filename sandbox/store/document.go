package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/mocks/strict"
	"example.com/netanswer/sandbox/world"
)

// Documents writes and reads worlds as documents that people keep and send: JSON,
// with a version. A part of a world stands in it as in a database, an entry by its
// key. Fields that a later program adds are zero, or as the fixtures have them, in
// what an earlier one wrote.
type Documents struct{}

// DocumentVersion is that of the documents that are written. An earlier one can
// be read.
const DocumentVersion = 1

// documentFormat names what a document is.
const documentFormat = "netanswer-world"

// A document is a world at rest.
type document struct {
	Format  string                                `json:"format"`
	Version int                                   `json:"version"`
	Head    json.RawMessage                       `json:"head"`
	Policy  json.RawMessage                       `json:"policy"`
	Parts   map[string]map[string]json.RawMessage `json:"parts"`
}

// Write writes a world. Passwords are digests in it.
func (Documents) Write(s world.State) ([]byte, error) {
	d, err := documentOf(s)
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(d, "", " ")
}

func documentOf(s world.State) (document, error) {
	var empty world.State
	rows, err := differing(&empty, &s)
	if err != nil {
		return document{}, err
	}
	d := document{Format: documentFormat, Version: DocumentVersion, Parts: map[string]map[string]json.RawMessage{}}
	for _, r := range rows {
		switch {
		case r.part == headPart:
			if d.Head, err = pruned(r.value); err != nil {
				return document{}, err
			}
		case r.part == policyPart:
			d.Policy = r.value
		case d.Parts[r.part] == nil:
			d.Parts[r.part] = map[string]json.RawMessage{r.key: r.value}
		default:
			d.Parts[r.part][r.key] = r.value
		}
	}
	return d, nil
}

// pruned is JSON without what is empty in it: a head has no entries of parts.
func pruned(data []byte) ([]byte, error) {
	var value map[string]any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	prune(value)
	return json.Marshal(value)
}

func prune(value map[string]any) {
	for name, inner := range value {
		if object, ok := inner.(map[string]any); ok {
			prune(object)
		}
		if empty(inner) {
			delete(value, name)
		}
	}
}

// Read reads what Write wrote, now or earlier. What is no document, of a later
// program, or holds anything that this program would not write is refused, with the
// place.
func (Documents) Read(data []byte) (world.State, error) {
	d, err := parsed(data)
	if err != nil {
		return world.State{}, err
	}
	s, err := world.Template()
	if err != nil {
		return world.State{}, err
	}
	before := world.State{Policy: s.Policy}
	if s, err = applied(before, d.rows()); err != nil {
		return world.State{}, fmt.Errorf("%w: parts: %w", world.ErrDocument, err)
	}
	again, err := documentOf(s)
	if err != nil {
		return world.State{}, fmt.Errorf("%w: %w", world.ErrDocument, err)
	}
	if err := d.within(again); err != nil {
		return world.State{}, fmt.Errorf("%w: %w", world.ErrDocument, err)
	}
	s.SMS.Weigh()
	s.Telephone.Weigh()
	s.Mailbox.Weigh()
	return s, nil
}

func parsed(data []byte) (document, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors write a byte-order mark
	var about struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(data, &about); err != nil {
		return document{}, fmt.Errorf("%w: %s", world.ErrDocument, lined(data, err))
	}
	if err := strict.Check(data, strict.NUL|strict.Case); err != nil {
		return document{}, fmt.Errorf("%w: %w", world.ErrDocument, err)
	}
	switch {
	case about.Format != documentFormat:
		return document{}, fmt.Errorf("%w: format is %q, want %q", world.ErrDocument, about.Format, documentFormat)
	case about.Version > DocumentVersion:
		return document{}, fmt.Errorf("%w: version %d is of a later program; this one reads up to %d", world.ErrDocument, about.Version,
			DocumentVersion)
	case about.Version < 1:
		return document{}, fmt.Errorf("%w: there is no version %d", world.ErrDocument, about.Version)
	}
	var d document
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return document{}, fmt.Errorf("%w: %s", world.ErrDocument, lined(data, err))
	}
	if len(d.Head) == 0 || len(d.Policy) == 0 {
		return document{}, fmt.Errorf("%w: head or policy is missing", world.ErrDocument)
	}
	if d.Parts == nil {
		return document{}, fmt.Errorf("%w: parts is missing", world.ErrDocument)
	}
	for _, part := range slices.Sorted(maps.Keys(d.Parts)) {
		if d.Parts[part] == nil {
			return document{}, fmt.Errorf("%w: parts: %s is null", world.ErrDocument, part)
		}
	}
	return d, nil
}

// lined is an error of JSON with its line.
func lined(data []byte, err error) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("line %d: %v", 1+bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n")), err)
	}
	return err.Error()
}

// rows are the document as rows of a world.
func (d document) rows() []row {
	rows := []row{{part: headPart, value: d.Head}, {part: policyPart, value: d.Policy}}
	for name, entries := range d.Parts {
		for key, value := range entries {
			rows = append(rows, row{part: name, key: key, value: value})
		}
	}
	return rows
}

// within fails where the document holds something that another one, made of what
// was read, does not: a field that nobody knows, or an entry under a key that is
// not its own.
func (d document) within(again document) error {
	if err := lacks("head", d.Head, again.Head); err != nil {
		return err
	}
	if err := lacks("policy", d.Policy, again.Policy); err != nil {
		return err
	}
	for name, entries := range d.Parts {
		for key, value := range entries {
			path := name + "/" + key
			there, ok := again.Parts[name][key]
			if !ok {
				return fmt.Errorf("%s: its id is another one", path)
			}
			if err := lacks(path, value, there); err != nil {
				return err
			}
		}
	}
	return nil
}

func lacks(path string, given, there json.RawMessage) error {
	var a, b any
	if err := errors.Join(json.Unmarshal(given, &a), json.Unmarshal(there, &b)); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return differs(path, a, b)
}

// differs names the first place where what was given is not what was read.
func differs(path string, given, read any) error {
	switch given := given.(type) {
	case map[string]any:
		there, ok := read.(map[string]any)
		if !ok && len(given) > 0 {
			return fmt.Errorf("%s: cannot be", path)
		}
		for _, name := range slices.Sorted(maps.Keys(given)) {
			value, known := there[name]
			if !known && !empty(given[name]) {
				return fmt.Errorf("%s/%s: is not known", path, name)
			}
			if err := differs(path+"/"+name, given[name], value); err != nil {
				return err
			}
		}
	case []any:
		there, _ := read.([]any)
		if len(there) != len(given) {
			return fmt.Errorf("%s: %d entries were given, %d can be", path, len(given), len(there))
		}
		for i := range given {
			if err := differs(fmt.Sprintf("%s/%d", path, i), given[i], there[i]); err != nil {
				return err
			}
		}
	default:
		if given != read && !empty(given) && !sameTime(given, read) {
			return fmt.Errorf("%s: %v cannot be", path, given)
		}
	}
	return nil
}

// empty tells whether a value says nothing.
func empty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == "" || strings.HasPrefix(v, "0001-01-01T")
	case float64:
		return v == 0
	case bool:
		return !v
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// sameTime tells whether two values are one moment.
func sameTime(a, b any) bool {
	x, ok := a.(string)
	y, also := b.(string)
	if !ok || !also {
		return false
	}
	s, err := time.Parse(time.RFC3339Nano, x)
	t, other := time.Parse(time.RFC3339Nano, y)
	return err == nil && other == nil && s.Equal(t)
}
