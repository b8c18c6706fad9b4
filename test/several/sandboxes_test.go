// Package several_test tries several sandboxes over one database, behind proxies
// that take them in turns. Each is a process of its own, which can be killed.
package several_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/sandbox/server"
)

// over names, to a process that is to be a sandbox, its database.
const over = "SANDBOX_OVER"

func TestMain(m *testing.M) {
	if address := os.Getenv(over); address != "" {
		if err := serve(address); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// wired are, to such a process, the providers over the wire, as JSON.
const wired = "SANDBOX_WIRED"

// A wire is where they are.
type wire struct{ SMS, Mail, Issuer string }

// in has a sandbox hand over to them, and wait no longer than a test does.
func (w wire) in(c *server.Config) {
	c.SMSGateway, c.MailServer, c.Issuer = w.SMS, w.Mail, w.Issuer
	c.ProviderTimeout = time.Second
	c.IssuerRetry.Try, c.IssuerRetry.Total, c.IssuerRetry.Retries = time.Second, time.Second, 0
}

// serve is a sandbox that tells where it listens, and ends when nobody holds its
// standard input any more.
func serve(address string) error {
	c := server.EphemeralConfig()
	c.Store = address
	if text := os.Getenv(wired); text != "" {
		var w wire
		if err := json.Unmarshal([]byte(text), &w); err != nil {
			return err
		}
		w.in(&c)
	}
	s, err := server.Start(c, nil)
	if err != nil {
		return err
	}
	at := map[string]string{}
	for _, l := range s.Listeners() {
		at[l.Name] = l.Address
	}
	if err := json.NewEncoder(os.Stdout).Encode(at); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return s.Stop()
}

// A sandbox is such a process.
type sandbox struct {
	at      map[string]string // its listeners
	process *exec.Cmd
	kill    func()
}

// begin starts a sandbox that ends with the test.
func begin(t testing.TB, database string, settings ...string) *sandbox {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env, c.Stderr = append(append(os.Environ(), over+"="+database), settings...), os.Stderr
	held, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	told, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	s := &sandbox{process: c}
	s.kill = sync.OnceFunc(func() {
		_ = c.Process.Kill()
		_ = c.Wait() // that it was killed is no error
	})
	t.Cleanup(func() { _ = held.Close(); s.kill() })
	line, err := bufio.NewReader(told).ReadBytes('\n')
	if err != nil {
		t.Fatalf("the sandbox told nothing: %v", err)
	}
	if err := json.Unmarshal(line, &s.at); err != nil {
		t.Fatal(err)
	}
	return s
}

// A balancer hands each request to the next sandbox.
type balancer struct {
	mu        sync.Mutex
	sandboxes []*sandbox
	turn      int
	// member and console are its URLs.
	member, console string
}

// balance starts a balancer over some sandboxes, that ends with the test.
func balance(t testing.TB, sandboxes ...*sandbox) *balancer {
	t.Helper()
	b := &balancer{sandboxes: sandboxes}
	for listener, at := range map[string]*string{"member": &b.member, "console": &b.console} {
		front := httptest.NewServer(wholly(&httputil.ReverseProxy{
			Rewrite:       func(r *httputil.ProxyRequest) { r.Out.URL.Scheme, r.Out.URL.Host = "http", b.next(listener) },
			FlushInterval: -1,
			ErrorLog:      log.New(io.Discard, "", 0), // of a sandbox that was killed
		}))
		t.Cleanup(front.Close)
		*at = front.URL
	}
	return b
}

// wholly hands a request on once its body is there. A ReverseProxy that still looks
// for more of it when the answer begins finds it closed, and then cuts the answer.
func wholly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// next is the host of the sandbox whose turn it is.
func (b *balancer) next(listener string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn++
	u, _ := url.Parse(b.sandboxes[b.turn%len(b.sandboxes)].at[listener]) // a listener's URL is one
	return u.Host
}

// instead puts one sandbox in another's place.
func (b *balancer) instead(of, s *sandbox) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sandboxes[slices.Index(b.sandboxes, of)] = s
}

// ask makes a request in a world; a status of 500 or more is an error.
func ask(method, address, world, body string, out any) (status int, err error) {
	q, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	q.Header.Set("Netanswer-World", world)
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= http.StatusInternalServerError {
		err = fmt.Errorf("%s %s: %d %.200s", method, address, answer.StatusCode, data)
	}
	if err == nil && out != nil && answer.StatusCode < http.StatusMultipleChoices {
		err = json.Unmarshal(data, out)
	}
	return answer.StatusCode, err
}
