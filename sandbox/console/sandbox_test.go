package console_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/console"
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

// sandbox is the console's pages over a service of its own.
type sandbox struct {
	*testing.T
	machine *machine
	service *world.Service
	base    string
}

func newSandbox(t *testing.T, change ...func(*world.Config)) sandbox {
	t.Helper()
	s := sandbox{T: t, machine: &machine{now: start}}
	c := world.Config{Machine: s.machine.Now, Bounds: world.DefaultBounds()}
	c.Store, c.Snapshots, c.Documents = store.NewMemory(c.Machine, c.Bounds), store.NewSnapshots(c.Bounds), store.Documents{}
	for _, do := range change {
		do(&c)
	}
	var err error
	if s.service, err = world.New(c); err != nil {
		t.Fatal(err)
	}
	return s.serve(c.Bounds)
}

// another is another console over the same service.
func (s sandbox) another() sandbox { return s.serve(world.DefaultBounds()) }

// serve puts a console's pages before the service.
func (s sandbox) serve(bounds world.Bounds) sandbox {
	s.Helper()
	pages := console.New(console.Config{Service: s.service, Log: slog.New(slog.DiscardHandler),
		MemberURL: func(name string) string { return "http://" + name + ".localhost:8080/" }})
	server := httptest.NewServer(middleware.BoundBy(pages, func(r *http.Request) int64 {
		if file, ok := console.Limit(bounds, r); ok {
			return file
		}
		return bounds.Body
	}))
	s.Cleanup(server.Close)
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
	url    string // where redirects led to
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
	return reply{resp.StatusCode, resp.Header, string(body), resp.Request.URL.RequestURI()}
}

func (s sandbox) request(method, path, body string) *http.Request {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), method, s.base+path, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	return r
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

// worlds is how many worlds there are.
func (s sandbox) worlds() int {
	s.Helper()
	all, err := s.service.Worlds(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	return len(all)
}
