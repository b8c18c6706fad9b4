package stubs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"example.com/netanswer/fixtures"
)

// Others is the name of the file of what is asked about any card nobody has.
const Others = "others"

// Export writes the stubs as mapping files that WireMock reads without any Go:
// dir/mappings/<member>-<n>.json, one for each card, and others.json. The same
// members make the same files, byte for byte. Files that have these names are
// replaced; others are left alone, so that a team keeps its own beside them.
func Export(dir string, members []fixtures.Member, o Options) (files []string, err error) {
	byFile := map[string][]json.RawMessage{}
	var order []string
	for _, s := range All(members, o) {
		name := s.Card
		if name == "" {
			name = Others
		}
		mapping, err := s.mapping()
		if err != nil {
			return nil, err
		}
		if byFile[name] == nil {
			order = append(order, name)
		}
		byFile[name] = append(byFile[name], mapping)
	}
	mappings := filepath.Join(dir, "mappings")
	if err := os.MkdirAll(mappings, 0o755); err != nil {
		return nil, fmt.Errorf("export stubs: %w", err)
	}
	for _, name := range order {
		text, err := indented(map[string]any{"mappings": byFile[name]})
		if err != nil {
			return nil, err
		}
		path := filepath.Join(mappings, name+".json")
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return nil, fmt.Errorf("export stubs: %w", err)
		}
		files = append(files, path)
	}
	return files, nil
}

// mapping is a stub as WireMock reads it, with a name for people and an id that
// is the same each time; the library draws a new one.
func (s Stub) mapping() (json.RawMessage, error) {
	data, err := s.Rule.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("export stub %s: %w", s.Name, err)
	}
	var fields map[string]any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&fields); err != nil {
		return nil, fmt.Errorf("export stub %s: %w", s.Name, err)
	}
	delete(fields, "uuid") // the old name of id
	fields["id"], fields["name"] = s.ID(), s.Name
	return indented(fields)
}

// indented writes JSON as people read it, Japanese and brackets as they are.
func indented(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("export stubs: %w", err)
	}
	return out.Bytes(), nil
}
