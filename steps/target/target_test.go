package target_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/steps/target"
	"github.com/google/go-cmp/cmp"
)

const good = `web: http://127.0.0.1:9000/
providers:
  claim: qa
clock:
  url: http://127.0.0.1:9000/clock
  body: '{"now": "{now}"}'
can: [web, sms]
labels:
  認証する: 認証
members:
  - called: 花子さん
    card: "4900000000000002"
    expiry: 09/29
    code: "123"
expected_failures:
  - at: features/web/passcode.feature:12
    driver: pc
    reason: 直しています
    until: 2026-12-31
`

func TestAGoodFileIsRead(t *testing.T) {
	got, err := target.Read("target.yaml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	want := target.Target{
		Web: "http://127.0.0.1:9000/", Providers: target.Providers{Claim: "qa"}, Can: []target.Capability{target.Web, target.SMS},
		Clock:    &target.Clock{URL: "http://127.0.0.1:9000/clock", Body: `{"now": "{now}"}`},
		Labels:   map[string]string{"認証する": "認証"},
		Members:  []target.Member{{Called: "花子さん", Card: "4900000000000002", Expiry: "09/29", Code: "123"}},
		Expected: []target.Expected{{At: "features/web/passcode.feature:12", Driver: "pc", Reason: "直しています", Until: "2026-12-31"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatIsWrongIsToldWithItsLine(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"an unknown field":        {"labels:", "label:", "target.yaml:8: 知らない項目「label」"},
		"a field twice":           {"labels:", "web: x\nlabels:", "target.yaml:8: 項目「web」が二度"},
		"an unknown capability":   {"sms]", "fax]", "target.yaml:7: 知らない能力「fax」"},
		"no address":              {"http://127.0.0.1:9000/\n", "here\n", "target.yaml:1: web "},
		"two ways of providers":   {"claim: qa", "claim: qa\n  world: b", "providers には"},
		"a clock without moment":  {"{now}\"", "\"", "{now} か {unix}"},
		"a short card":            {"4900000000000002", "49", "target.yaml:12: card は"},
		"a wrong expiry":          {"09/29", "13/29", "target.yaml:13: expiry は"},
		"a failure without cause": {"直しています", "''", "target.yaml:18: reason に"},
		"a failure without end":   {"2026-12-31", "いつか", "target.yaml:19: until は"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := target.Read("target.yaml", []byte(strings.Replace(good, c.old, c.new, 1)))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestNothingWrittenIsAnError(t *testing.T) {
	if _, err := target.Read("target.yaml", nil); err == nil {
		t.Error("an empty file was read")
	}
}

func TestExpectedFailuresAreHeldAgainstWhatWasFound(t *testing.T) {
	known := target.Finding{At: "features/web/passcode.feature:12", Driver: "pc", Failed: true}
	passed, elsewhere := known, known
	passed.Failed, elsewhere.Driver = false, "sp"
	day := time.Date(2026, 12, 31, 23, 59, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		found target.Finding
		today time.Time
		want  string // "" for no surprise
	}{
		"it fails as expected":         {known, day, ""},
		"it passes":                    {passed, day, "失敗するはずが成功しました"},
		"another driver fails":         {elsewhere, day, "（sp）: 失敗しました"},
		"it fails a day after its end": {known, day.AddDate(0, 0, 1), "期限（2026-12-31）を過ぎています"},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := target.Read("target.yaml", []byte(good))
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(file.Weigh([]target.Finding{c.found}, c.today), "\n")
			if c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTheClockIsSetByTheCallDescribed(t *testing.T) {
	var got string
	status := http.StatusNoContent
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = r.Method + " " + r.URL.Query().Get("at") + " " + string(body)
		w.WriteHeader(status)
	}))
	defer server.Close()
	c := target.Clock{Method: "PUT", URL: server.URL + "/?at={now}", Body: "{unix}"}
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("JST", 9*60*60))
	if err := c.Set(t.Context(), server.Client(), at); err != nil {
		t.Fatal(err)
	}
	if want := "PUT 2026-11-24T10:00:00+09:00 1795482000"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	status = http.StatusNotFound
	if err := c.Set(t.Context(), server.Client(), at); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("got %v, want a refusal", err)
	}
}
