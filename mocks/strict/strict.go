// Package strict finds what encoding/json takes and readers of JSON (RFC 8259)
// understand each in their own way: a name that stands twice in an object, half of a
// surrogate pair, text that is no UTF-8, the character NUL, which databases do not
// keep, and nesting that only an attack has. I-JSON (RFC 7493) forbids most of it.
//
// It tells the place and never what was written there.
package strict

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An Error tells where something is and what is wrong with it.
type Error struct {
	Place string // like .member.cards[0].number; "" for the whole
	Wrong string
}

// Error implements error: body, the place, and what is wrong.
func (e *Error) Error() string { return "body" + e.Place + ": " + e.Wrong }

// Cut takes the text of an Error apart.
func Cut(text string) (place, wrong string, ok bool) {
	place, wrong, ok = strings.Cut(text, ": ")
	return place, wrong, ok && (place == "body" || strings.HasPrefix(place, "body.") || strings.HasPrefix(place, "body["))
}

// Allow is what else is taken.
type Allow uint

// What can be taken.
const (
	NUL  Allow = 1 << iota // of mails that were kept as they came
	Case                   // names in one object that differ in case only: encoding/json takes them for one
)

const (
	deepest  = 64
	longName = 40 // of a place, in bytes
)

// Check tells what is wrong with JSON.
func Check(data []byte, allow Allow) error {
	if !json.Valid(data) {
		var v json.RawMessage
		if err := json.Unmarshal(data, &v); err != nil {
			return &Error{Wrong: err.Error()}
		}
	}
	r := reader{rest: data, allow: allow}
	return r.value("", 1)
}

// Unmarshal is json.Unmarshal of what Check finds nothing wrong with.
func Unmarshal(data []byte, v any, allow Allow) error {
	if err := Check(data, allow); err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

// A reader walks through valid JSON.
type reader struct {
	rest  []byte
	allow Allow
}

func (r *reader) space() { r.rest = bytes.TrimLeft(r.rest, " \t\r\n") }

// skip takes a byte that is there, as JSON is valid.
func (r *reader) skip() { r.rest = r.rest[1:] }

func (r *reader) next() byte {
	r.space()
	if len(r.rest) == 0 {
		return 0
	}
	return r.rest[0]
}

func (r *reader) value(place string, depth int) error {
	if depth > deepest {
		return &Error{place, "nested deeper than " + strconv.Itoa(deepest)}
	}
	switch r.next() {
	case '{':
		return r.object(place, depth)
	case '[':
		return r.array(place, depth)
	case '"':
		_, err := r.text(place)
		return err
	}
	end := bytes.IndexAny(r.rest, ",]} \t\r\n")
	if end < 0 {
		end = len(r.rest)
	}
	r.rest = r.rest[end:]
	return nil
}

func (r *reader) object(place string, depth int) error {
	r.skip()
	seen := map[string]bool{}
	for r.next() != '}' {
		name, err := r.text(place)
		if err != nil {
			return err
		}
		within := place + "." + name
		if len(name) > longName {
			within = place + ".…"
		}
		key := name
		if r.allow&Case == 0 {
			key = strings.ToLower(name)
		}
		if seen[key] {
			return &Error{within, "is there twice"}
		}
		seen[key] = true
		if r.next() == ':' {
			r.skip()
		}
		if err := r.value(within, depth+1); err != nil {
			return err
		}
		if r.next() == ',' {
			r.skip()
		}
	}
	r.skip()
	return nil
}

func (r *reader) array(place string, depth int) error {
	r.skip()
	for i := 0; r.next() != ']'; i++ {
		if err := r.value(place+"["+strconv.Itoa(i)+"]", depth+1); err != nil {
			return err
		}
		if r.next() == ',' {
			r.skip()
		}
	}
	r.skip()
	return nil
}

// text reads a string.
func (r *reader) text(place string) (string, error) {
	end := 1
	for r.rest[end] != '"' {
		if r.rest[end] == '\\' {
			end++
		}
		end++
	}
	raw := r.rest[:end+1]
	r.rest = r.rest[end+1:]
	if !utf8.Valid(raw) {
		return "", &Error{place, "is no UTF-8"}
	}
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		i++
		if raw[i] != 'u' {
			continue
		}
		code := hex(raw[i+1 : i+5])
		i += 4
		switch {
		case code == 0 && r.allow&NUL == 0:
			return "", &Error{place, "holds the character NUL"}
		case code >= 0xd800 && code < 0xdc00:
			if i+6 >= len(raw) || raw[i+1] != '\\' || raw[i+2] != 'u' || hex(raw[i+3:i+7])&0xfc00 != 0xdc00 {
				return "", &Error{place, "holds half of a surrogate pair"}
			}
			i += 6
		case code >= 0xdc00 && code < 0xe000:
			return "", &Error{place, "holds half of a surrogate pair"}
		}
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return "", &Error{place, err.Error()}
	}
	return text, nil
}

// hex is a number of four digits.
func hex(digits []byte) uint64 {
	n, err := strconv.ParseUint(string(digits), 16, 32)
	if err != nil {
		return 0 // valid JSON has digits here
	}
	return n
}
