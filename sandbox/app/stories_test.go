package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/app"
	"example.com/netanswer/sandbox/world"
)

// TestStoriesShowWhatTheySay is about examples: who looks at one is to see what is
// wrong, and to be told of it once.
func TestStoriesShowWhatTheySay(t *testing.T) {
	t.Parallel()
	p := newPhone(t, desktop, world.Ports{})
	m, err := p.service.Snapshot(t.Context(), "default")
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]string{"email-form": `"hanako@example"`, "card-corporate": `"05/33"`, "card-club-on": `"07/34"`,
		"destination-no-sms": "SMSを受け取れる電話番号のご登録がありません"}
	for _, s := range app.Section(p.service).Stories {
		name := strings.TrimPrefix(s.Name, "app-")
		want, ok := wanted[name]
		if !ok {
			continue
		}
		delete(wanted, name)
		shown, err := json.Marshal(s.Make(m))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Count(string(shown), want) != 1 {
			t.Errorf("%s does not have %s once: %s", name, want, shown)
		}
	}
	if len(wanted) > 0 {
		t.Errorf("there are no such stories: %v", wanted)
	}
}
