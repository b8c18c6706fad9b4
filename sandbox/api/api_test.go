package api_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/sandbox/api"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

func TestAWholeRegistration(t *testing.T) {
	p := open(t)
	at := p.start()
	a := p.do(http.MethodPut, at+"/form", goodForm)
	summary, _ := a.body["summary"].(map[string]any)
	if a.body["state"] != "confirm" || summary["card_number"] != "4242-42**-****-017" || summary["password"] != "*****" ||
		summary["newsletter"] != true {
		t.Fatal(a.raw)
	}
	a = p.do(http.MethodPost, at+"/identity-check", "")
	check, _ := a.body["identity_check"].(map[string]any)
	if a.body["state"] != "passcode" || check["destination"] != "*****1001" || check["attempts_left"] != 5.0 {
		t.Fatal(a.raw)
	}
	a = p.do(http.MethodPost, at+"/passcode", `{"passcode":"`+p.passcode()+`"}`)
	if a.body["state"] != "completed" || a.body["net_answer_id"] != "hanako2026" {
		t.Fatal(a.raw)
	}
	a = p.do(http.MethodPost, "/api/sessions", `{"net_answer_id":"hanako2026","password":"Secret-2026"}`)
	token, _ := a.body["token"].(string)
	a = p.do(http.MethodGet, "/api/home", "", "Authorization", "Bearer "+token)
	if a.body["points"] != 12345.0 || a.body["amount"] != 8356.0 {
		t.Error(a.raw)
	}
	if a = p.do(http.MethodDelete, "/api/sessions/current", "", "Authorization", "Bearer "+token); a.status != http.StatusNoContent {
		t.Error(a.status, a.raw)
	}
	if a = p.do(http.MethodGet, "/api/home", "", "Authorization", "Bearer "+token); a.status != http.StatusUnauthorized {
		t.Error(a.status, a.raw)
	}
}

func TestBadInputIsToldAndChangesNothing(t *testing.T) {
	spoil := func(field, value string) string {
		var form map[string]any
		_ = json.Unmarshal([]byte(goodForm), &form) // our own constant
		form[field] = value
		data, _ := json.Marshal(form) // text only
		return string(data)
	}
	long := strings.Repeat("9", 10_000)
	for _, tt := range []struct {
		name, method, path, body string
		status                   int
		code                     string
	}{
		{"malformed JSON", http.MethodPut, "/form", `{"card_number"`, 400, "malformed"},
		{"no body", http.MethodPut, "/form", ``, 400, "malformed"},
		{"wrong type", http.MethodPut, "/form", `{"card_number":4242}`, 422, "malformed"},
		{"a field twice", http.MethodPut, "/form", `{"card_number":"1","card_number":"2"}`, 400, "malformed"},
		{"half of a surrogate pair", http.MethodPut, "/form", `{"card_number":"\ud83d"}`, 400, "malformed"},
		{"two bodies", http.MethodPut, "/form", `{} {}`, 400, "malformed"},
		{"text that is no UTF-8", http.MethodPut, "/form", "{\"card_number\":\"\xff\"}", 400, "malformed"},
		{"a field in another case", http.MethodPut, "/form", `{"Card_Number":"1"}`, 422, "malformed"},
		{"unknown field", http.MethodPut, "/form", `{"admin":true}`, 422, "malformed"},
		{"an array", http.MethodPut, "/form", `[]`, 422, "malformed"},
		{"oversized body", http.MethodPut, "/form", `{"card_number":"` + strings.Repeat("4", 70<<10) + `"}`, 413, "too_large"},
		{"empty form", http.MethodPut, "/form", `{}`, 422, "form_invalid"},
		{"too long a number", http.MethodPut, "/form", spoil("card_number", long), 422, "card_number_length"},
		{"full width digits", http.MethodPut, "/form", spoil("card_number", "４２４２420000010017"), 422, "card_number_characters"},
		{"an emoji", http.MethodPut, "/form", spoil("net_answer_id", "hanako🍣26"), 422, "credential_characters"},
		{"a control character", http.MethodPut, "/form", spoil("email_pc", "a\x00@example.jp"), 422, "email_form"},
		{"too long a password", http.MethodPut, "/form", spoil("password_confirmation", long), 422, "password_mismatch"},
		{"a step too early", http.MethodPost, "/passcode", `{"passcode":"123456"}`, 409, "step_not_allowed"},
		{"identity check too early", http.MethodPost, "/identity-check", ``, 409, "step_not_allowed"},
		{"reissue too early", http.MethodPost, "/passcode/reissue", ``, 409, "step_not_allowed"},
		{"wrong method", http.MethodDelete, "/form", ``, 405, "method_not_allowed"},
		{"no such operation", http.MethodGet, "/nothing", ``, 404, "not_found"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := open(t)
			at := p.start()
			a := p.do(tt.method, at+tt.path, tt.body)
			if a.status != tt.status || a.body["code"] != tt.code || a.header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%d %s %s, want %d %s", a.status, a.header.Get("Content-Type"), a.raw, tt.status, tt.code)
			}
			if a.body["detail"] == "" || strings.Contains(a.raw, long) {
				t.Errorf("the problem does not say why, or repeats what was sent: %.300s", a.raw)
			}
			if now := p.do(http.MethodGet, at, ""); now.body["state"] != "input" || now.body["summary"] != nil {
				t.Errorf("the registration changed: %s", now.raw)
			}
		})
	}
}

func TestAnotherWorldsRegistrationIsUnknown(t *testing.T) {
	p := open(t)
	at := p.start()
	for name, header := range map[string][2]string{"by header": {"Netanswer-World", "other"}, "by host": {"Host", "other.localhost:8080"}} {
		if a := p.do(http.MethodGet, at, "", header[0], header[1]); a.status != 404 || a.body["code"] != "registration_unknown" {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
	if a := p.do(http.MethodGet, at, "", "Netanswer-World", "Not A World"); a.status != 400 || a.body["code"] != "world_name" {
		t.Errorf("a name that cannot be: %d %s", a.status, a.raw)
	}
	if a := p.do(http.MethodGet, at, "", "Netanswer-World", "one", "Host", "two.localhost"); a.status != 400 ||
		a.body["code"] != "world_ambiguous" {
		t.Errorf("two worlds: %d %s", a.status, a.raw)
	}
	if a := p.do(http.MethodGet, "/api/registrations/reg-forged", ""); a.status != 404 {
		t.Errorf("a forged id: %d %s", a.status, a.raw)
	}
}

func TestAnEndedRegistrationIsGone(t *testing.T) {
	p := open(t)
	at := p.start()
	p.do(http.MethodPut, at+"/form", goodForm)
	p.do(http.MethodPost, at+"/identity-check", "")
	code := p.passcode()
	p.now = p.now.Add(10 * time.Minute)
	a := p.do(http.MethodPost, at+"/passcode", `{"passcode":"`+code+`"}`)
	if a.status != http.StatusGone || a.body["code"] != "registration_expired" {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if now := p.do(http.MethodGet, at, ""); now.body["state"] != "expired" || now.body["message"] != a.body["detail"] {
		t.Errorf("%s does not say the same as %s", now.raw, a.raw)
	}
}

// typed matches what the screen repeats of what was typed.
var typed = regexp.MustCompile(`"value":"[^"]*",?|"chosen":true,?`)

func TestNeitherSecretsNorCausesAreTold(t *testing.T) {
	p := open(t)
	at := p.start()
	var told []string
	for _, field := range [][2]string{{`"4242420000010017"`, `"4242429999999999"`}, {`"35"`, `"36"`}, {`"123"`, `"999"`}} {
		a := p.do(http.MethodPut, at+"/form", strings.Replace(goodForm, field[0], field[1], 1))
		told = append(told, typed.ReplaceAllString(a.raw, ""))
		if strings.Contains(a.raw, "Secret-2026") || strings.Contains(a.raw, "42424299") {
			t.Errorf("the problem repeats what was sent: %s", a.raw)
		}
	}
	if told[0] != told[1] || told[1] != told[2] {
		t.Errorf("what is wrong with the card can be told apart:\n%s", strings.Join(told, ""))
	}
}

func TestOnlyLocalPagesMayCallFromABrowser(t *testing.T) {
	p := open(t)
	for origin, want := range map[string]string{
		"http://localhost:3000": "http://localhost:3000", "http://127.0.0.1:5173": "http://127.0.0.1:5173",
		"https://example.com": "", "http://localhost.example.com": "", "null": "",
	} {
		a := p.do(http.MethodOptions, "/api/registrations", "", "Origin", origin, "Access-Control-Request-Method", "POST",
			"Access-Control-Request-Headers", "content-type,netanswer-world")
		if got := a.header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s: allowed %q", origin, got)
		}
	}
}

func TestTheDocumentDescribesEveryOperation(t *testing.T) {
	p := open(t)
	a := p.do(http.MethodGet, "/api/openapi.json", "")
	if a.status != 200 || !strings.HasPrefix(fmt.Sprint(a.body["openapi"]), "3.1") {
		t.Fatal(a.status, a.body["openapi"])
	}
	paths, _ := a.body["paths"].(map[string]any)
	for _, path := range []string{"/api/registrations", "/api/registrations/{id}", "/api/registrations/{id}/form", "/api/registrations/{id}/revision",
		"/api/registrations/{id}/identity-check", "/api/registrations/{id}/passcode", "/api/registrations/{id}/passcode/reissue",
		"/api/sessions", "/api/sessions/current", "/api/home", "/api/screens/{screen}"} {
		if paths[path] == nil {
			t.Errorf("%s is not described", path)
		}
	}
	page := p.do(http.MethodGet, "/api/docs/", "")
	if page.status != 200 || strings.Contains(page.raw, "://cdn") || strings.Contains(page.raw, "unpkg") {
		t.Errorf("the readable page needs something from elsewhere: %d %.500s", page.status, page.raw)
	}
}

func TestAPanicIsOneFailedRequest(t *testing.T) {
	p := open(t)
	if _, err := p.service.Control().Arrange(t.Context(), "default", world.Setup{Texts: map[string]string{"input.title": "x"}}); err != nil {
		t.Fatal(err)
	}
	broken := api.New(withoutIDs(t), slog.New(slog.DiscardHandler))
	w := httptest.NewRecorder()
	broken.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/api/registrations", nil))
	if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), "お問い合わせ番号") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// withoutIDs is a service whose ids cannot be made.
func withoutIDs(t *testing.T) *world.Service {
	t.Helper()
	machine := func() time.Time { return time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC) }
	s, err := world.New(
		world.Config{
			Machine: machine,
			Bounds:  world.DefaultBounds(),
			Store:   store.NewMemory(machine, world.DefaultBounds()),
			Source:  brokenSource{},
		},
	)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type brokenSource struct{}

func (brokenSource) ID() string             { panic("no ids today") }
func (brokenSource) Token() string          { panic("no tokens today") }
func (brokenSource) Passcode(int) string    { panic("no passcodes today") }
func (brokenSource) NetAnswerID(int) string { panic("no IDs today") }

func BenchmarkRequest(b *testing.B) {
	p := open(b)
	at := p.start()
	b.ReportAllocs()
	for b.Loop() {
		if a := p.do(http.MethodGet, at, ""); a.status != 200 {
			b.Fatal(a.raw)
		}
	}
}
