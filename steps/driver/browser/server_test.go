package browser_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/provision"
)

// TestABrowserThatRunsElsewhereIsDriven drives one by its DevTools and one by a
// Playwright server, which the test starts. Each reaches the pages of this machine and
// nothing else.
func TestABrowserThatRunsElsewhereIsDriven(t *testing.T) {
	t.Parallel()
	found := realBrowser(t)
	for name, begin := range map[string]func(*testing.T, provision.Browser) string{
		"devtools": devtools, "devtools by their path": devtoolsPath, "playwright": playwrightServer,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := browser.Config{Name: browser.Phone, Server: begin(t, found), Browser: provision.Browser{DriverDir: found.DriverDir}}
			sb, d := newSandbox(t), elsewhere(t, c)
			var both sync.WaitGroup
			for i := range 2 {
				both.Go(func() {
					if err := registers(t, sb, d, fmt.Sprintf("elsewhere-%d", i)); err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
			c.Foreign = &browser.Foreign{}
			staysHere(t, elsewhere(t, c))
		})
	}
}

func elsewhere(t *testing.T, c browser.Config) driver.Driver {
	t.Helper()
	d, err := browser.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// staysHere opens a page with a picture of this machine's loopback, and one of an address
// by which others reach the machine.
func staysHere(t *testing.T, d driver.Driver) {
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String()) // it is one
	var mu sync.Mutex
	asked := map[string]int{}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		mu.Unlock()
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<!doctype html><title>x</title><h1>x</h1><img alt="" src="/here"><img alt="" src="http://%s/there">`,
				net.JoinHostPort(outside(t), port))
		}
	})}
	go func() { _ = server.Serve(l) }() // it ends with the test
	t.Cleanup(func() { _ = server.Close() })
	s := at(t, d, driver.World{Name: "a", Base: "http://127.0.0.1:" + port})
	if _, err := s.Home(t.Context()); err != nil {
		t.Log(err) // of the picture that is missing
	}
	mu.Lock()
	defer mu.Unlock()
	if asked["/"] == 0 || asked["/here"] == 0 || asked["/there"] != 0 {
		t.Errorf("asked for %v", asked)
	}
}

// outside is an address of this machine that is no loopback.
func outside(t *testing.T) string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Error(err)
	}
	for _, a := range all {
		if n, is := a.(*net.IPNet); is && n.IP.IsGlobalUnicast() && n.IP.To4() != nil {
			return n.IP.String()
		}
	}
	t.Log("this machine has no address but loopback: that nothing else is reached is not seen here")
	return "192.0.2.1"
}

// devtools is the address of a Chromium's DevTools.
func devtools(t *testing.T, found provision.Browser) string {
	at, err := url.Parse(devtoolsPath(t, found))
	if err != nil {
		t.Fatal(err)
	}
	return "http://" + at.Host
}

// devtoolsPath is what it tells by itself.
func devtoolsPath(t *testing.T, found provision.Browser) string {
	c := exec.Command(found.Executable, "--no-sandbox", "--remote-debugging-port=0", "--user-data-dir="+t.TempDir())
	return started(t, "DevTools listening on ", c, true)
}

// playwrightServer is one of the installed driver, that starts the browser of this
// machine.
func playwrightServer(t *testing.T, found provision.Browser) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String()) // it is one
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(found.NodePath, filepath.Join(found.DriverDir, "package", "cli.js"), "run-server", "--unsafe",
		"--host", "127.0.0.1", "--port", port)
	address := started(t, "Listening on ", c, false)
	return strings.TrimSuffix(address, "/") + "/?" + url.Values{"browser": {"chromium"},
		"launch-options": {fmt.Sprintf(`{"executablePath":%q,"args":["--no-sandbox"]}`, found.Executable)}}.Encode()
}

// started is what a program tells behind some words. It ends with the test.
func started(t *testing.T, words string, c *exec.Cmd, byError bool) string {
	t.Helper()
	pipe := c.StdoutPipe
	if byError {
		pipe = c.StderrPipe
	}
	told, err := pipe()
	if err != nil {
		t.Fatal(err)
	}
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) // what was started may be a script that has started the browser
		_ = c.Wait()                                      // that it was killed is no error
	})
	lines := bufio.NewScanner(told)
	for lines.Scan() {
		if _, address, is := strings.Cut(lines.Text(), words); is {
			return strings.TrimSpace(address)
		}
	}
	t.Fatalf("%s told nothing: %v", c.Path, lines.Err())
	return ""
}

func TestAddressesThatAreNoBrowsers(t *testing.T) {
	for _, address := range []string{"", "127.0.0.1:9222", "ftp://127.0.0.1", "wss:///path", "ws://%zz"} {
		if err := browser.CheckServer(address); err == nil || address != "" && strings.Contains(err.Error(), address) {
			t.Errorf("%q: %v", address, err)
		}
	}
	for _, address := range []string{"ws://127.0.0.1:3000/", "wss://grid.example/?token=x", "http://127.0.0.1:9222"} {
		if err := browser.CheckServer(address); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestABrowserServerThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	found := realBrowser(t)
	for _, address := range []string{"ws://127.0.0.1:1/?token=hush", "http://127.0.0.1:1/?token=hush"} {
		c := browser.Config{Name: browser.Desktop, Server: address, Browser: provision.Browser{DriverDir: found.DriverDir}}
		d, err := browser.New(c)
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Open(t.Context(), driver.World{Name: "a", Base: "http://127.0.0.1:1"})
		if err == nil || strings.Contains(err.Error(), "hush") || !strings.Contains(err.Error(), "browser server 127.0.0.1:1") {
			t.Errorf("%v", err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}
