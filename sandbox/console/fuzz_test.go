package console_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/console"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// FuzzForms sends what no page sends to the forms of the console: each is carried
// out or refused, and none fails us.
func FuzzForms(f *testing.F) {
	for path, body := range map[string]string{
		"clock": "set=9999-99-99T99:99&advance=9223372036854775807h", "policy": "passcode_digits=99999999999999999999&passcode_digits=1",
		"texts": "id=%00&text=%ff", "members": "count=-1", "calls": "from=%2B&to=&withheld=2", "forget": "what=x", "faults": "provider=sms&kind=lose&times=-1",
		"defects": "name=x&name=y", "delete?tab=%zz": "", "../../w/clock": "a=b;c", "clock?tab=x&tel=%00": "running=maybe",
	} {
		f.Add(path, body)
	}
	bounds := world.DefaultBounds()
	service, err := world.New(world.Config{Machine: clock.Machine, Bounds: bounds, Store: store.NewMemory(clock.Machine, bounds)})
	if err != nil {
		f.Fatal(err)
	}
	pages := console.New(console.Config{Service: service, Log: slog.New(slog.DiscardHandler), MemberURL: func(string) string { return "" }})
	f.Fuzz(func(t *testing.T, path, body string) {
		target, err := url.Parse("http://127.0.0.1/worlds/w/" + path)
		if err != nil {
			return // no address at all
		}
		r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/", strings.NewReader(body))
		r.URL = target
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		pages.ServeHTTP(w, r)
		if w.Code >= 500 && w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s %q: %d %s", path, body, w.Code, w.Body)
		}
	})
}
