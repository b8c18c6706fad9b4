package suite

import (
	"strings"
	"testing"

	"example.com/netanswer/steps/actor"
)

func TestAWireMockRefusesWhatItCannotBreak(t *testing.T) {
	for wrong, f := range map[string]actor.Fault{`no fault "delay"`: {Kind: "delay", Times: 1}, "one answer at a time": {Kind: "lose", Times: 2}} {
		if err := (&issuerFixture{url: "http://127.0.0.1:1"}).plan(t.Context(), "w", f); err == nil ||
			!strings.Contains(err.Error(), wrong) {
			t.Errorf("%+v: %v, want %q", f, err, wrong)
		}
	}
}
