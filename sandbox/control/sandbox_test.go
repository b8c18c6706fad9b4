package control_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// start is what the machine of every test shows at first.
var start = time.Date(2026, 11, 1, 10, 0, 0, 0, clock.Japan)

// machine is the machine's clock, moved by hand.
type machine struct {
	mu  sync.Mutex
	now time.Time
}

func (m *machine) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *machine) pass(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
}

// sandbox is a control API over a service of its own.
type sandbox struct {
	*testing.T
	machine *machine
	service *world.Service
	base    string
}

func newSandbox(t *testing.T, change ...func(*world.Config, *control.Config)) sandbox {
	t.Helper()
	return newHasty(t, time.Minute, change...)
}

// newHasty has a limit on reading a request, as serve has one. On connections
// that wait for their next request there is none: one that ends just then would
// be an answer that never came.
func newHasty(t *testing.T, reading time.Duration, change ...func(*world.Config, *control.Config)) sandbox {
	t.Helper()
	s := sandbox{T: t, machine: &machine{now: start}}
	wc := world.Config{Machine: s.machine.Now, Bounds: world.DefaultBounds()}
	cc := control.Config{
		Log:       slog.New(slog.DiscardHandler),
		MemberURL: func(name string) string { return "http://" + name + ".localhost:8080/" },
	}
	for _, c := range change {
		c(&wc, &cc)
	}
	if wc.Store == nil {
		wc.Store = store.NewMemory(wc.Machine, wc.Bounds)
	}
	if wc.Snapshots == nil {
		wc.Snapshots = store.NewSnapshots(wc.Bounds)
	}
	wc.Documents = store.Documents{}
	var err error
	if s.service, err = world.New(wc); err != nil {
		t.Fatal(err)
	}
	cc.Service = s.service
	server := httptest.NewUnstartedServer(middleware.BoundBy(control.New(cc), control.Limit(wc.Bounds)))
	server.Config.ReadTimeout, server.Config.IdleTimeout = reading, time.Minute
	server.Start()
	t.Cleanup(server.Close)
	s.base = server.URL
	return s
}

// in is the sandbox for a test within a test.
func (s sandbox) in(t *testing.T) sandbox {
	s.T = t
	return s
}

// reply is a response with its body read.
type reply struct {
	status int
	header http.Header
	text   string
}

func (s sandbox) send(r *http.Request) reply {
	s.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, string(body)}
}

func (s sandbox) request(method, path, body string) *http.Request {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), method, s.base+path, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	return r
}

// call asks the control API, wants a status, and reads the answer into v.
func (s sandbox) call(method, path, body string, status int, v any) reply {
	s.Helper()
	r := s.request(method, path, body)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	got := s.send(r)
	if got.status != status {
		s.Fatalf("%s %s: status %d, want %d: %s", method, path, got.status, status, got.text)
	}
	if v != nil {
		d := json.NewDecoder(bytes.NewBufferString(got.text))
		if err := d.Decode(v); err != nil {
			s.Fatalf("%s %s: %v: %s", method, path, err, got.text)
		}
	}
	return got
}

// problem is what the tests look at of an error.
type problem struct {
	Type, Title, Code, Detail string
	Status                    int
	Errors                    []struct{ Field, Pointer, Code, Detail string }
}

// refused asks, and wants a problem of a status and code.
func (s sandbox) refused(method, path, body string, status int, code string) problem {
	s.Helper()
	var p problem
	got := s.call(method, path, body, status, &p)
	if ct := got.header.Get("Content-Type"); ct != "application/problem+json" {
		s.Errorf("%s %s: content type %q", method, path, ct)
	}
	if p.Code != code || p.Status != status || p.Detail == "" || p.Type != "urn:netanswer:problem:"+code {
		s.Errorf("%s %s: problem %+v, want code %s", method, path, p, code)
	}
	return p
}

// step makes sure that a step of a registration could be taken.
func (s sandbox) step(step world.Step, err error) world.Step {
	s.Helper()
	if err != nil || step.Refused != nil {
		s.Fatal(err, step.Refused)
	}
	return step
}

// hanako and misaki get their passcodes by SMS and by mail.
var (
	hanako = registration.Form{
		CardNumber:           "4242420000010017",
		ExpiryMonth:          "11",
		ExpiryYear:           "35",
		SecurityCode:         "123",
		NetAnswerID:          "hanako2026",
		Password:             "Secret-2026",
		PasswordConfirmation: "Secret-2026",
		EmailPC:              "hanako@example.jp",
		TermsAgreed:          true,
	}
	misaki = registration.Form{
		CardNumber:           "4242420000010108",
		ExpiryMonth:          "12",
		ExpiryYear:           "33",
		SecurityCode:         "901",
		NetAnswerID:          "misaki2026",
		Password:             "Secret-2026",
		PasswordConfirmation: "Secret-2026",
		EmailPC:              "misaki@example.jp",
		TermsAgreed:          true,
	}
)

// proceed brings a registration to where its passcode was sent, and returns
// its id and the passcode.
func (s sandbox) proceed(name string, f registration.Form) (id, passcode string) {
	s.Helper()
	id = s.step(s.service.Web().Start(s.Context(), name)).Registration.ID
	s.step(s.service.Web().Submit(s.Context(), name, id, f))
	step := s.step(s.service.Web().Proceed(s.Context(), name, id))
	return id, step.Registration.Passcode.Code
}

// complete brings a registration to its end.
func (s sandbox) complete(name string, f registration.Form) {
	s.Helper()
	id, passcode := s.proceed(name, f)
	s.step(s.service.Web().Enter(s.Context(), name, id, passcode))
}
