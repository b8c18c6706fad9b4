package browser_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/provision"
)

// nowhere is a browser that cannot be started.
var nowhere = provision.Browser{DriverDir: "/nonexistent/driver", Executable: "/nonexistent/browser"}

func TestAConfigThatIsWrongIsRefused(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		config browser.Config
		want   string
	}{
		"no name": {browser.Config{Browser: nowhere}, `unknown driver ""`},
		"an unknown name": {
			browser.Config{Name: "tv", Browser: nowhere},
			`unknown driver "tv"; there are pc, sp, iphone and android`,
		},
		"a desktop with devices": {browser.Config{Name: "pc", Browser: nowhere, Devices: []string{"Pixel 7"}}, "pc emulates no device"},
		"no browser":             {browser.Config{Name: "pc"}, "run netanswer setup browser first"},
		"an engine that there is not": {
			browser.Config{Name: "pc", Browser: provision.Browser{DriverDir: "/", Executable: "/x", Engine: "opera"}},
			`unknown engine "opera"; there are chromium, firefox, webkit`,
		},
		"a phone of Firefox": {
			browser.Config{Name: "sp", Browser: provision.Browser{DriverDir: "/", Executable: "/x", Engine: provision.Firefox}},
			"firefox shows no phone, so not sp",
		},
		"a time-out of less than 0": {browser.Config{Name: "pc", Browser: nowhere, Timeout: -time.Second}, "a timeout of -1s"},
	}
	for name, test := range tests {
		if _, err := browser.New(test.config); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error is %v, want %q in it", name, err, test.want)
		}
	}
}

func TestADriverCostsNothingBeforeItsFirstSession(t *testing.T) {
	t.Parallel()
	d, err := browser.New(browser.Config{Name: "sp", Browser: nowhere})
	if err != nil || d.Name() != "sp" {
		t.Fatalf("driver is %v, %v", d, err)
	}
	here := driver.World{Name: "w", Base: "http://127.0.0.1:1"}
	for range 2 {
		if _, err := d.Open(t.Context(), here); err == nil || !strings.Contains(err.Error(), "start Playwright") {
			t.Errorf("error is %v, want that Playwright does not start", err)
		}
	}
	for range 2 {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := d.Open(t.Context(), here); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("error is %v, want that the driver is closed", err)
	}
}

func TestADeviceThatPlaywrightDoesNotKnowIsAnError(t *testing.T) {
	t.Parallel()
	d := newDriver(t, browser.Config{Name: "sp", Devices: []string{"Pixel 7", "iPhone 0"}})
	_, err := d.Open(t.Context(), driver.World{Name: "w", Base: "http://127.0.0.1:1"})
	if err == nil || !strings.Contains(err.Error(), `no device "iPhone 0"`) {
		t.Errorf("error is %v", err)
	}
}

// startedBy starts a browser by a shell script, in which BROWSER is the real one.
func startedBy(t *testing.T, script string) error {
	t.Helper()
	found := realBrowser(t)
	file := filepath.Join(t.TempDir(), "browser")
	if err := os.WriteFile(file, []byte("#!/bin/sh\nBROWSER="+found.Executable+"\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	found.Executable = file
	d, err := browser.New(browser.Config{Name: browser.Desktop, Browser: found})
	if err != nil {
		t.Fatal(err)
	}
	s, err := d.Open(t.Context(), driver.World{Name: "w", Base: "http://127.0.0.1:1"})
	if err == nil {
		err = s.Close()
	}
	return errors.Join(err, d.Close())
}

func TestABrowserThatDiesAtItsStartSaysHow(t *testing.T) {
	t.Parallel()
	if err := startedBy(t, "kill -SEGV $$"); err == nil || !strings.Contains(err.Error(), "signal=SIGSEGV") {
		t.Errorf("error is %v", err)
	}
}

// TestChromiumNeedNotChangeItsEnvironment keeps Chromium from adding a variable in
// one thread while another reads them, of which it dies now and then.
func TestChromiumNeedNotChangeItsEnvironment(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "environment")
	if err := startedBy(t, `env > `+file+`; exec "$BROWSER" "$@"`); err != nil {
		t.Fatal(err)
	}
	told, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"FC_FONTATIONS=1", "PATH=" + os.Getenv("PATH")} {
		if !slices.Contains(strings.Split(string(told), "\n"), want) {
			t.Errorf("it is started without %s", want)
		}
	}
}

func TestAWorldThatIsNotOnThisMachineIsRefused(t *testing.T) {
	t.Parallel()
	d, err := browser.New(browser.Config{Name: "pc", Browser: nowhere})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []driver.World{
		{Name: "w", Base: "http://example.com:8080"}, {Name: "w", Base: "https://127.0.0.1:8080"}, {Name: "w", Base: "127.0.0.1:8080"},
		{Name: "w", Base: "http://192.0.2.1"}, {Name: "w", Base: ""}, {Name: "w", Base: "http://%zz"}, {Base: "http://127.0.0.1:8080"},
	} {
		if _, err := d.Open(t.Context(), w); err == nil || strings.Contains(err.Error(), "start Playwright") {
			t.Errorf("%+v: error is %v, want that it is not on this machine", w, err)
		}
	}
}

func TestAWorldIsAlwaysVisitedWithTheSamePhone(t *testing.T) {
	t.Parallel()
	f := newForeign(t)
	seen := map[string]string{} // device by world
	for range 2 {
		d := ownDriver(t, browser.Config{Name: browser.Phone})
		for i := range 6 {
			w := driver.World{Name: fmt.Sprintf("phone-%d", i), Base: f.url}
			about, _, _ := strings.Cut(evidence(t, at(t, d, w))["browser.txt"], ",")
			if before, again := seen[w.Name]; again && before != about {
				t.Errorf("%s was visited with %s, then with %s", w.Name, before, about)
			}
			seen[w.Name] = about
		}
	}
	devices := map[string]int{}
	for _, about := range seen {
		devices[about]++
	}
	if len(devices) != 2 || devices["iPhone 14"] == 0 || devices["Pixel 7"] == 0 {
		t.Errorf("devices are %v, want an iPhone and an Android phone", devices)
	}
}

func TestClosingEndsWhatIsOpen(t *testing.T) {
	t.Parallel()
	f := newForeign(t)
	d := ownDriver(t, browser.Config{Name: browser.Desktop})
	first := at(t, d, driver.World{Name: "w", Base: f.url})
	see(t)(first.Start(t.Context()))
	tab, err := first.Tab(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	if got := see(t)(tab.Look(t.Context())); got.Title != "入力" {
		t.Errorf("the second tab shows 「%s」 after the first was closed", got.Title)
	}
	if _, err := first.Home(t.Context()); err == nil {
		t.Error("a closed session opens the home page")
	}
	if err := tab.Close(); err != nil {
		t.Error(err)
	}
	other := at(t, d, driver.World{Name: "w", Base: f.url})
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if _, err := other.Home(t.Context()); err == nil {
		t.Error("a session outlives its driver")
	}
	if err := other.Close(); err != nil {
		t.Errorf("closing a session after its driver: %v", err)
	}
}

func TestWhoWaitsForABrowserMayGiveUp(t *testing.T) {
	t.Parallel()
	d := ownDriver(t, browser.Config{Name: browser.Desktop})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := driver.World{Name: "w", Base: newForeign(t).url}
	if _, err := d.Open(ctx, w); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want that it was cancelled", err)
	}
	if got := see(t)(at(t, d, w).Home(t.Context())); got.Title != "ホームページ" {
		t.Errorf("for the next who asks the screen is 「%s」", got.Title)
	}
}
