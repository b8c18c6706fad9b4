// Package sandboxtest is for tests that try the whole program: it starts
// sandboxes that end with the test, runs commands, and finds the files of this
// repository and what setup has installed. Only tests import it.
package sandboxtest

import (
	"bytes"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/internal/cli"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/actor"
)

// Start starts a sandbox that ends with the test: all listeners on free ports
// of loopback, and what change changes.
func Start(t testing.TB, change ...func(*server.Config)) *server.Sandbox {
	t.Helper()
	c := server.EphemeralConfig()
	for _, f := range change {
		f(&c)
	}
	s, err := server.Start(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Controlled is Start, and the client of its control API.
func Controlled(t testing.TB, change ...func(*server.Config)) (*server.Sandbox, *client.Client) {
	t.Helper()
	s := Start(t, change...)
	return s, client.New(s.ConsoleURL)
}

// Everywhere is a sandbox that listens on every address, and its token.
func Everywhere(t testing.TB) (s *server.Sandbox, token string) {
	t.Helper()
	token = "a-token-of-the-tests"
	return Start(t, func(c *server.Config) {
		c.Token = token
		c.Member, c.Console, c.REST, c.SMTP, c.IMAP, c.SMPP = ":0", "0.0.0.0:0", "[::]:0", ":0", ":0", ":0"
	}), token
}

// Netanswer runs a command of the program in this process and returns what it
// writes to its standard output.
func Netanswer(t testing.TB, args ...string) (said string, err error) {
	t.Helper()
	var out bytes.Buffer
	err = cli.Run(t.Context(), cli.Process{Out: &out, Err: io.Discard, Environ: os.Environ()}, args)
	return out.String(), err
}

// Frozen is a clock that stands still.
func Frozen() *client.ClockMove {
	return &client.ClockMove{Now: &actor.Opening, Running: new(bool)}
}

// Free is an address of loopback that nobody listens on.
func Free(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

// Port is the port of an address.
func Port(t testing.TB, address string) string {
	t.Helper()
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// Eventually asks until something is so.
func Eventually(t testing.TB, within time.Duration, so func() bool) {
	t.Helper()
	end, again := time.NewTimer(within), time.NewTicker(20*time.Millisecond)
	defer end.Stop()
	defer again.Stop()
	for !so() {
		select {
		case <-again.C:
		case <-end.C:
			t.Fatalf("not so within %s", within)
		}
	}
}
