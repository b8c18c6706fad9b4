package control_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/world"
)

type clockState struct {
	Now     time.Time
	Running bool
}

type worldAnswer struct {
	Name   string
	Clock  clockState
	Counts struct{ Registrations, Accounts, SMS, Mail int }
	Policy map[string]any
	Texts  map[string]string
	Serial int
	URL    string `json:"member_url"`
}

func TestWorldIsMadeChangedSeenAndDeleted(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var fresh, made, changed, gone worldAnswer
	s.call("GET", "/api/worlds/w", "", 200, &fresh)
	if fresh.Serial != 0 || !fresh.Clock.Now.Equal(start) || !fresh.Clock.Running || len(fresh.Texts) != 0 {
		t.Errorf("a world nobody has used: %+v", fresh)
	}
	s.call("PUT", "/api/worlds/w", `{"clock":{"now":"2026-12-24T23:59:59+09:00","advance":"500ms","running":false},
		"policy":{"passcode_lifetime":"5m"},"texts":{"home.lead":"ようこそ"}}`, 201, &made)
	want := time.Date(2026, 12, 24, 23, 59, 59, 500_000_000, start.Location())
	if !made.Clock.Now.Equal(want) || made.Clock.Running || made.Policy["passcode_lifetime"] != "5m0s" ||
		made.Policy["passcode_digits"] != 6.0 {
		t.Errorf("made: %+v", made)
	}
	if diff := cmp.Diff(map[string]string{"home.lead": "ようこそ"}, made.Texts); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	s.complete("w", hanako)
	s.call("PUT", "/api/worlds/w", `{}`, 200, &changed)
	if c := changed.Counts; c.Registrations != 1 || c.Accounts != 2 || c.SMS != 1 || c.Mail != 1 ||
		changed.URL != "http://w.localhost:8080/" {
		t.Errorf("changed: %+v", changed)
	}
	s.call("DELETE", "/api/worlds/w", "", 204, nil)
	s.call("DELETE", "/api/worlds/w", "", 204, nil)
	s.call("GET", "/api/worlds/w", "", 200, &gone)
	if diff := cmp.Diff(fresh, gone); diff != "" {
		t.Errorf("after its end it is fresh again (-want +got):\n%s", diff)
	}
}

func TestArrangementIsCarriedOutWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.call("PUT", "/api/worlds/w", `{"clock":{"running":false}}`, 201, nil)
	var before, after worldAnswer
	s.call("GET", "/api/worlds/w", "", 200, &before)
	for _, body := range []string{
		`{"clock":{"advance":"1h"},"policy":{"passcode_digits":3}}`,
		`{"clock":{"advance":"1h"},"texts":{"no.such":"x"}}`,
		`{"policy":{"passcode_digits":8},"clock":{"now":"1999-12-31T00:00:00Z"}}`,
	} {
		s.refused("PUT", "/api/worlds/w", body, 422, "request_invalid")
	}
	s.call("GET", "/api/worlds/w", "", 200, &after)
	if diff := cmp.Diff(before, after, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the world has changed (-before +after):\n%s", diff)
	}
}

func TestListOfWorldsIsByNameAndBounded(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	for _, name := range []string{"b-2", "a", "b-1", "c"} {
		s.call("PUT", "/api/worlds/"+name, `{}`, 201, nil)
	}
	tests := map[string]struct{ query, names string }{
		"all":        {"", "a b-1 b-2 c"},
		"a prefix":   {"?prefix=b-", "b-1 b-2"},
		"at most 3":  {"?limit=3", "a b-1 b-2"},
		"both":       {"?prefix=b-&limit=1", "b-1"},
		"none so":    {"?prefix=x", ""},
		"unescaped+": {"?prefix=%62", "b-1 b-2"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := s.in(t)
			var list struct {
				Total  int
				Worlds []worldAnswer
			}
			s.call("GET", "/api/worlds"+test.query, "", 200, &list)
			var names []string
			for _, w := range list.Worlds {
				names = append(names, w.Name)
			}
			if got := strings.Join(names, " "); got != test.names || list.Total != 4 {
				t.Errorf("worlds %q of %d, want %q of 4", got, list.Total, test.names)
			}
		})
	}
}

func TestTooManyWorldsIsToldAsSuch(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, func(c *world.Config, _ *control.Config) { c.Bounds.Worlds = 2 })
	s.call("PUT", "/api/worlds/a", `{}`, 201, nil)
	s.call("PUT", "/api/worlds/b", `{}`, 201, nil)
	s.refused("PUT", "/api/worlds/c", `{}`, 503, "full")
	s.refused("GET", "/api/worlds/c/sms/wait?within=0", "", 404, "nothing_arrived") // looking takes no place
	s.call("GET", "/api/worlds/c", "", 200, nil)
}
