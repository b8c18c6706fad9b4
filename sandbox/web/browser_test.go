package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
)

// noon is what every machine clock of these tests shows, always.
func noon() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, clock.Japan) }

// newService returns a sandbox of the test's own.
func newService(t testing.TB, ports world.Ports) *world.Service {
	t.Helper()
	s, err := world.New(
		world.Config{Machine: noon, Bounds: world.DefaultBounds(), Store: store.NewMemory(noon, world.DefaultBounds()), Ports: ports},
	)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A browser is one person at the pages of one world: it keeps cookies, follows
// redirects, fills in forms, and knows no script.
type browser struct {
	t       testing.TB
	service *world.Service
	client  *http.Client
	base    string
	world   string
	header  http.Header // sent with every request
}

func open(t testing.TB, service *world.Service) *browser {
	t.Helper()
	server := httptest.NewServer(web.New(service, slog.New(slog.DiscardHandler)))
	t.Cleanup(server.Close)
	return openAt(t, service, server.URL, "hana")
}

func openAt(t testing.TB, service *world.Service, base, world string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, service: service, client: &http.Client{Jar: jar}, base: base, world: world, header: http.Header{}}
}

func (b *browser) get(path string) page { return b.send(http.MethodGet, path, "", "") }

// post sends a form as it is given.
func (b *browser) post(path string, form url.Values) page {
	return b.send(http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode())
}

// press sends a form with the token of the registration this browser holds.
func (b *browser) press(path string, form url.Values) page {
	return b.post(path, with(form, "form_token", b.registration().FormToken))
}

func (b *browser) send(method, path, media, body string) page {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.base+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header = b.header.Clone()
	req.Header.Set(middleware.Header, b.world)
	if media != "" {
		req.Header.Set("Content-Type", media)
	}
	resp, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }() // it was read to its end
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	p := page{status: resp.StatusCode, path: resp.Request.URL.RequestURI(), header: resp.Header, body: string(text)}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") && method != http.MethodHead {
		p.elements = parse(b.t, text)
	}
	return p
}

// cookie is the value of a cookie this browser holds.
func (b *browser) cookie(name string) string {
	u, _ := url.Parse(b.base) // httptest's own
	for _, c := range b.client.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// snapshot is the browser's world as it is.
func (b *browser) snapshot() world.Snapshot {
	b.t.Helper()
	m, err := b.service.Snapshot(b.t.Context(), b.world)
	if err != nil {
		b.t.Fatal(err)
	}
	return m
}

func (b *browser) say(id string, pairs ...string) string { return b.snapshot().Say(id, pairs...) }

// registration is the one this browser holds.
func (b *browser) registration() registration.Registration {
	b.t.Helper()
	r, err := b.snapshot().Registration(b.cookie("netanswer_registration"))
	if err != nil {
		b.t.Fatalf("registration of the browser: %v", err)
	}
	return r
}

// advance moves the clock of the browser's world.
func (b *browser) advance(d time.Duration) {
	b.t.Helper()
	if _, err := b.service.Control().Arrange(b.t.Context(), b.world, world.Setup{Clock: world.ClockMove{Advance: d}}); err != nil {
		b.t.Fatal(err)
	}
}

// passcode is the newest one on the phone of that number.
func (b *browser) passcode(phone string) string {
	b.t.Helper()
	m := b.snapshot()
	sms, ok := m.SMS.Latest(phone, "", m.Now)
	if !ok || sms.Passcode == nil {
		b.t.Fatalf("no passcode on %s", phone)
	}
	return sms.Passcode.Code
}

// with is a form with some fields replaced; a value of "-" takes a field out.
func with(form url.Values, pairs ...string) url.Values {
	changed := url.Values{}
	for name, values := range form {
		changed[name] = values
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "-" {
			changed.Del(pairs[i])
		} else {
			changed.Set(pairs[i], pairs[i+1])
		}
	}
	return changed
}

// hanako is the form as 花子さん fills it in.
func hanako() url.Values {
	return url.Values{
		"card_number_first": {"4242"}, "card_number_second": {"4200"}, "card_number_third": {"0001"}, "card_number_fourth": {"0017"},
		"expiry_month": {"11"}, "expiry_year": {"35"}, "security_code": {"123"}, "net_answer_id": {"hanako2026"},
		"password": {"Secret-2026"}, "password_confirmation": {"Secret-2026"},
		"email_pc": {"hanako@example.jp"}, "email_mobile": {""}, "newsletter": {"yes"}, "terms_agreed": {"yes"},
	}
}

const hanakosPhone = "090-0000-1001"
