package strict_test

import (
	"encoding/json"
	"strings"
	"testing"

	"example.com/netanswer/mocks/strict"
)

func TestWhatReadersUnderstandDifferentlyIsTold(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1,"a":2}`:                    `body.a: is there twice`,
		`{"a":1,"A":2}`:                    `body.A: is there twice`,
		`{"a":1,"\u0061":2}`:               `body.a: is there twice`,
		`{"x":[{"a":1},{"b":1,"b":2}]}`:    `body.x[1].b: is there twice`,
		`{"a":"\u0000"}`:                   `body.a: holds the character NUL`,
		`{"\u0000":1}`:                     `body: holds the character NUL`,
		`["\ud83d"]`:                       `body[0]: holds half of a surrogate pair`,
		`["\ud83dx"]`:                      `body[0]: holds half of a surrogate pair`,
		`["\ud83d\u0041"]`:                 `body[0]: holds half of a surrogate pair`,
		`["\udc00"]`:                       `body[0]: holds half of a surrogate pair`,
		`["\ud83d\ude00", "\\ud83d", "あ"]`: ``,
		"[\"\xff\"]":                       `body[0]: is no UTF-8`,
		`{"a":1} {"b":2}`:                  `body: invalid character '{' after top-level value`,
		`{"a":1,}`:                         `body: invalid character '}' looking for beginning of object key string`,
		``:                                 `body: unexpected end of JSON input`,
		` {"a" : [ 1 , -2.5e3, true,null , "x" ] , "b":{} ,"c":[] } `: ``,
		`"x"`: ``, `1`: ``, `null`: ``,
		strings.Repeat("[", 64) + strings.Repeat("]", 64): ``,
		strings.Repeat("[", 65) + strings.Repeat("]", 65): `body` + strings.Repeat("[0]", 64) + `: nested deeper than 64`,
		`{"` + strings.Repeat("n", 50) + `":"\u0000"}`:    `body.…: holds the character NUL`,
	} {
		got := ""
		if err := strict.Check([]byte(text), 0); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if err := strict.Check([]byte(`{"a":"\u0000","A":1}`), strict.NUL|strict.Case); err != nil {
		t.Error(err)
	}
	if place, wrong, ok := strict.Cut("body.a[0]: is there twice"); place != "body.a[0]" || wrong != "is there twice" || !ok {
		t.Error(place, wrong, ok)
	}
	if _, _, ok := strict.Cut("unexpected body: x"); ok {
		t.Error("no place is one")
	}
}

// FuzzCheck: what is found well is JSON that comes out the same whoever reads it.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{`{"a":1,"a":2}`, `["\ud83d\ude00"]`, `{"a":[1,{"b":"\\u0000"}]}`, `"\u`, `{"\"":"\\"}`, `[[[`, "\xff", `1e400`, `[ ]`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := strict.Check(data, 0); err != nil {
			return
		}
		var v any
		d := json.NewDecoder(strings.NewReader(string(data)))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(v)
		if err != nil || strict.Check(again, 0) != nil {
			t.Errorf("%q becomes %q: %v", data, again, err)
		}
	})
}
