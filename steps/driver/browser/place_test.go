package browser_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/app"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/provision"
)

// ownDriver is a driver that ends with the test. Where there is no browser, the
// test is skipped, but not in CI.
func ownDriver(tb testing.TB, c browser.Config) driver.Driver {
	tb.Helper()
	c.Browser = realBrowser(tb)
	d, err := browser.New(c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := d.Close(); err != nil {
			tb.Error(err)
		}
	})
	return d
}

// realBrowser is the one that setup left. In CI there must be one.
func realBrowser(tb testing.TB) provision.Browser {
	tb.Helper()
	found, err := provision.Find("")
	if err != nil {
		if os.Getenv("CI") != "" {
			tb.Fatalf("there must be a browser in CI: %v", err)
		}
		tb.Skipf("there is no browser: %v", err)
	}
	return found
}

// at opens a session that ends with the test.
func at(tb testing.TB, d driver.Driver, w driver.World) driver.Session {
	tb.Helper()
	s, err := d.Open(tb.Context(), w)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// see takes the answer of a verb that must succeed.
func see(tb testing.TB) func(driver.Screen, error) driver.Screen {
	return func(screen driver.Screen, err error) driver.Screen {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
		return screen
	}
}

// A sandbox is the reference implementation's pages.
type sandbox struct {
	*world.Service
	url string
}

func newSandbox(tb testing.TB) sandbox {
	tb.Helper()
	service, err := world.New(
		world.Config{Machine: clock.Machine, Bounds: world.DefaultBounds(), Store: store.NewMemory(clock.Machine, world.DefaultBounds())},
	)
	if err != nil {
		tb.Fatal(err)
	}
	mux, portal := http.NewServeMux(), app.New(service, slog.Default())
	mux.Handle(app.Prefix, portal)
	mux.Handle(app.Prefix+"/", portal)
	mux.Handle("/", web.New(service, slog.Default()))
	server := httptest.NewServer(middleware.Hosts(mux))
	tb.Cleanup(server.Close)
	return sandbox{service, server.URL}
}

// passcode is the newest that arrived at a number.
func (s sandbox) passcode(tb testing.TB, name, phone string) string {
	tb.Helper()
	m, err := s.Snapshot(tb.Context(), name)
	if err != nil {
		tb.Fatal(err)
	}
	got, ok := m.SMS.Latest(phone, "", m.Now)
	if !ok || got.Passcode == nil {
		tb.Fatalf("no passcode arrived at %s", phone)
	}
	return got.Passcode.Code
}

func (s sandbox) advance(tb testing.TB, name string, d time.Duration) {
	tb.Helper()
	if _, err := s.Control().Arrange(tb.Context(), name, world.Setup{Clock: world.ClockMove{Advance: d}}); err != nil {
		tb.Fatal(err)
	}
}

// hanako is a form that the sandbox accepts.
func hanako() driver.Form {
	return driver.Form{CardNumber: "4242420000010017", ExpiryMonth: "11", ExpiryYear: "35", SecurityCode: "123", NetAnswerID: "hanako2026",
		Password: "Secret-2026", PasswordConfirmation: "Secret-2026", EmailPC: "hanako@example.jp"}
}

const hanakosPhone = "090-0000-1001"
