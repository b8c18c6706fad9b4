package control_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/world"
)

func TestRulesAreTheWholeRegister(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	want, err := fixtures.Rules()
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Rules []fixtures.Rule }
	s.call("GET", "/api/rules", "", 200, &got)
	if diff := cmp.Diff(want, got.Rules); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
}

func TestCardsAreThoseOfTheFixturesWithWhatToTry(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	type card struct {
		Called, Name, For, Number, Expiry, Brand string
		SecurityCode                             string `json:"security_code"`
		Account                                  *fixtures.Account
	}
	var want []card
	for _, m := range s.service.Control().TestMembers() {
		for _, c := range m.Cards {
			want = append(want, card{m.Called, m.Name, m.For, c.Number, c.Expiry, c.Brand, c.SecurityCode, c.Account})
		}
	}
	var got struct{ Cards []card }
	s.call("GET", "/api/cards", "", 200, &got)
	if diff := cmp.Diff(want, got.Cards); diff != "" {
		t.Errorf("cards (-want +got):\n%s", diff)
	}
}

func TestBoundsAreThoseOfTheService(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, func(c *world.Config, _ *control.Config) { c.Bounds.Messages = 17 })
	b := s.service.Bounds()
	want := map[string]any{
		"worlds":    float64(b.Worlds),
		"idle":      "1h0m0s",
		"messages":  17.0,
		"journeys":  float64(b.Journeys),
		"bytes":     float64(b.Bytes),
		"all_bytes": float64(b.AllBytes),
		"body":      float64(b.Body),
		"document":  float64(b.Document),
		"wait":      "1m0s",
		"generated": 1_000_000.0,
	}
	var got map[string]any
	s.call("GET", "/api/bounds", "", 200, &got)
	holdings, _ := got["holdings"].([]any)
	if first := map[string]any{"name": "sms.messages", "most": 17.0}; len(holdings) != len(b.Holdings()) || !cmp.Equal(holdings[0], any(first)) {
		t.Errorf("holdings %v", holdings)
	}
	delete(got, "holdings")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("bounds (-want +got):\n%s", diff)
	}
}
