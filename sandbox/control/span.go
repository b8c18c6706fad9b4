package control

import (
	"fmt"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// A span is a length of time on the wire: text like 9m59s or -1h.
type span struct{ time.Duration }

// MarshalText writes the span.
func (s span) MarshalText() ([]byte, error) { return []byte(s.Duration.String()), nil }

// UnmarshalText reads a span as time.ParseDuration does.
func (s *span) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("want a length of time like 9m59s: %w", err)
	}
	s.Duration = d
	return nil
}

// Schema implements huma.SchemaProvider.
func (*span) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Examples: []any{"9m59s"}, Pattern: `^[+-]?([0-9]+(\.[0-9]*)?(ns|us|µs|ms|s|m|h))+$|^0$`,
		PatternDescription: "a length of time like 9m59s"}
}

// schemaOf is the schema of an object of T's fields, none of which is required.
func schemaOf[T any](r huma.Registry) *huma.Schema {
	whole := huma.SchemaFromType(r, reflect.TypeFor[T]())
	return &huma.Schema{Type: huma.TypeObject, Properties: whole.Properties, AdditionalProperties: false}
}
