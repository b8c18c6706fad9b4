package app_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/app"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// noon is what every machine clock of these tests shows, always.
func noon() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, clock.Japan) }

// What browsers say of the devices they run on.
const (
	iphone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
	android = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
	desktop = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36"
)

// A phone is one browser at the app of one world. It keeps cookies, follows
// redirects and knows no script.
type phone struct {
	t       testing.TB
	service *world.Service
	client  *http.Client
	base    string
	agent   string
}

// A screen is what a request was returned in the end.
type screen struct {
	status int
	path   string // where it was found, after redirects
	body   string
}

func newPhone(t testing.TB, agent string, ports world.Ports) *phone {
	t.Helper()
	s, err := world.New(
		world.Config{Machine: noon, Bounds: world.DefaultBounds(), Store: store.NewMemory(noon, world.DefaultBounds()), Ports: ports},
	)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	h := app.New(s, slog.New(slog.DiscardHandler))
	mux.Handle(app.Prefix, h)
	mux.Handle(app.Prefix+"/", h)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return (&phone{t: t, service: s, base: server.URL, agent: agent}).another(agent)
}

// another is a browser on another device in the same world.
func (p *phone) another(agent string) *phone {
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return &phone{t: p.t, service: p.service, base: p.base, agent: agent, client: &http.Client{Jar: jar}}
}

func (p *phone) get(path string) screen { return p.send(http.MethodGet, path, nil) }

func (p *phone) post(path string, pairs ...string) screen {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return p.send(http.MethodPost, path, form)
}

func (p *phone) send(method, path string, form url.Values) screen {
	p.t.Helper()
	q, err := http.NewRequestWithContext(p.t.Context(), method, p.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	q.Header.Set("User-Agent", p.agent)
	q.Header.Set(middleware.Header, "w")
	if form != nil {
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	a, err := p.client.Do(q)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = a.Body.Close() }() // it was read to its end
	body, err := io.ReadAll(a.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return screen{a.StatusCode, a.Request.URL.RequestURI(), string(body)}
}

var hidden = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)

// press sends the form of a screen that goes to an address, with its hidden
// fields and what was written.
func (p *phone) press(s screen, action string, written ...string) screen {
	p.t.Helper()
	_, rest, found := strings.Cut(s.body, `action="`+action+`"`)
	if !found {
		p.t.Fatalf("%s has no form to %s", s.path, action)
	}
	form, _, _ := strings.Cut(rest, "</form>")
	for _, m := range hidden.FindAllStringSubmatch(form, -1) {
		written = append(written, m[1], m[2])
	}
	return p.post(action, written...)
}

// at expects where a screen was found, its status, and what it says.
func (s screen) at(t testing.TB, status int, path string, says ...string) screen {
	t.Helper()
	if s.status != status || s.path != path {
		t.Fatalf("%s with status %d, want %s with %d", s.path, s.status, path, status)
	}
	for _, part := range says {
		if !strings.Contains(s.body, part) {
			t.Errorf("%s does not say %q", s.path, part)
		}
	}
	return s
}

func (p *phone) advance(d time.Duration) {
	p.t.Helper()
	if _, err := p.service.Control().Arrange(p.t.Context(), "w", world.Setup{Clock: world.ClockMove{Advance: d}}); err != nil {
		p.t.Fatal(err)
	}
}

// open installs the app and opens it.
func (p *phone) open() screen {
	p.t.Helper()
	store := map[string]string{iphone: "apple", android: "google"}[p.agent]
	p.press(p.get("/app/store"), "/app/store/"+store)
	p.advance(time.Minute)
	return p.get("/app/open").at(p.t, 200, "/app/company")
}

// begin opens the app and begins a registration.
func (p *phone) begin() screen {
	p.t.Helper()
	s := p.press(p.open(), "/app/company", "card_company", "saison").at(p.t, 200, "/app/entrance")
	return p.press(s, "/app/registration").at(p.t, 200, "/app/registration/card")
}

// terms does all that is needed to be at the terms, by PIN.
func (p *phone) terms() screen {
	p.t.Helper()
	s := p.press(p.begin(), "/app/registration/card", "card_number", "4242420000010017", "expiry", "11/35", "security_code", "123")
	s = p.press(s.at(p.t, 200, "/app/registration/destination"), "/app/registration/choose-pin")
	s = p.press(s.at(p.t, 200, "/app/registration/pin"), "/app/registration/pin", "pin", "2580")
	s = p.press(s.at(p.t, 200, "/app/registration/email"), "/app/registration/email", "email", "hanako@example.jp")
	s = p.press(s.at(p.t, 200, "/app/registration/password"), "/app/registration/password", "password", "Secret-2026")
	return s.at(p.t, 200, "/app/registration/terms")
}

// complete completes a registration.
func (p *phone) complete() screen {
	p.t.Helper()
	return p.press(p.terms(), "/app/registration/terms", "terms_agreed", "yes").at(p.t, 200, "/app/registration/completed")
}
