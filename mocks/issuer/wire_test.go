package issuer_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/issuer"
)

func TestWhatTheContractKnows(t *testing.T) {
	for _, tt := range []struct {
		body string
		want issuer.PINCheck
		why  string // "" where it can be read
	}{
		{`{"right":true,"tries_left":3,"stopped":false}`, issuer.PINCheck{Right: true, Left: 3}, ""},
		{`{"right":false,"tries_left":0,"stopped":true,"more":[1]}`, issuer.PINCheck{Stopped: true}, ""},
		{`{"right":true,"tries_left":3}`, issuer.PINCheck{}, "stopped is missing"},
		{`{"right":null,"tries_left":3,"stopped":false}`, issuer.PINCheck{}, "right is missing"},
		{`{"right":"2580","tries_left":3,"stopped":false}`, issuer.PINCheck{}, "right has another type"},
		{`{"right":false,"tries_left":-1,"stopped":false}`, issuer.PINCheck{}, "tries_left is out of range"},
		{`{"right":true,"tries_left":0,"stopped":true}`, issuer.PINCheck{}, "neither right"},
		{`{"right":true,"tries_left":3,"stopped":false}{}`, issuer.PINCheck{}, "no JSON object"},
		{`[2580]`, issuer.PINCheck{}, "no JSON object"},
		{``, issuer.PINCheck{}, "no JSON object"},
	} {
		got, err := issuer.Read[issuer.PINCheck]([]byte(tt.body))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.body, diff)
		}
		if tt.why == "" && err != nil || tt.why != "" && (!errors.Is(err, issuer.ErrWire) || !strings.Contains(err.Error(), tt.why)) {
			t.Errorf("%s: %v, want %q", tt.body, err, tt.why)
		}
	}
}

func TestAHolderOfAnUnknownKindIsNoDefault(t *testing.T) {
	const whole = `{"verified":true,"holder":{"member_id":"x","name":"見本 花子","birth_date":"2000-01-01","brand":"visa","product":"saison","status":"active","phone":"090-0000-1001"}}`
	if v, err := issuer.Read[issuer.Verification]([]byte(whole)); err != nil || v.Holder.Phone != "090-0000-1001" {
		t.Fatalf("%+v %v", v, err)
	}
	for old, spoilt := range map[string]string{`"active"`: `"gone"`, `"saison"`: `""`, `"visa"`: `"other"`, `"2000-01-01"`: `"2000"`, `"x"`: `""`,
		`"090-0000-1001"`: `"\n"`, `"verified":true`: `"verified":false`, `,"holder"`: `,"other"`} {
		if v, err := issuer.Read[issuer.Verification]([]byte(strings.Replace(whole, old, spoilt, 1))); !errors.Is(err, issuer.ErrWire) {
			t.Errorf("%s for %s: %+v %v", spoilt, old, v, err)
		}
	}
}

// FuzzAnswer: no answer makes the client fail otherwise than by a Failure, or
// return what the contract does not know.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{`{"verified":false}`, `{"right":true,"tries_left":3,"stopped":false}`, `{"repeated":true}`,
		`{"verified":true,"holder":{"member_id":"x","name":"x","birth_date":"2000-01-01","brand":"visa","product":"saison","status":"active"}}`,
		`{"name":"x","points":1,"credit_limit":1,"cashing_limit":0,"purchases":[{"date":"2026-10-28","shop":"x","amount":1}]}`, `[]`, `{"verified":null}`, `{} {}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		holds := func(err error, check func() error) {
			if err == nil {
				if err := check(); err != nil {
					t.Errorf("%q is an answer: %v", body, err)
				}
			} else if !errors.Is(err, issuer.ErrWire) {
				t.Errorf("%q: %v", body, err)
			}
		}
		v, err := issuer.Read[issuer.Verification](body)
		holds(err, v.Check)
		c, err := issuer.Read[issuer.PINCheck](body)
		holds(err, c.Check)
		s, err := issuer.Read[issuer.Standing](body)
		holds(err, s.Check)
		e, err := issuer.Read[issuer.Enrolment](body)
		holds(err, e.Check)
	})
}

// FuzzQuestion: no body makes an error that repeats what was asked.
func FuzzQuestion(f *testing.F) {
	for _, seed := range []string{`"2580"`, `2580`, `{"x":1}`, `["4242"]`, `"`, "null"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, pin string) {
		const mark = "5959595959595959"
		for _, body := range []string{`{"card_number":"4242420000010017","pin":` + pin + mark + `}`, `{"card_number":"` + mark + pin + `","pin":"1"}`} {
			q, err := issuer.Read[issuer.PINQuestion]([]byte(body))
			if err == nil && q.Check() != nil {
				t.Errorf("%s is a question", body)
			}
			if err != nil && (strings.Contains(err.Error(), mark) || !errors.Is(err, issuer.ErrWire)) {
				t.Errorf("%v", err)
			}
		}
	})
}
