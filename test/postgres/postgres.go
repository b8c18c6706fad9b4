// Package postgres starts servers of PostgreSQL that belong to a test and end with
// it. Only tests import it.
package postgres

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"example.com/netanswer/test/provision"
)

// A Server is a server of a test's own, on a free port of loopback. Its user is
// netanswer, who has a password.
type Server struct {
	programs provision.Postgres
	dir      string
	port     string
	settings []string
	running  *exec.Cmd
	log      bytes.Buffer
	ended    chan error
	made     atomic.Int64 // databases
}

const (
	owner    = "netanswer"
	password = "Secret-of-the-tests"
)

// Start starts a server, with settings like fsync=off. PostgreSQL that is wanting
// is a failure in CI, else a reason to skip.
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	found, err := provision.FindPostgres(provision.Options{})
	if err != nil && os.Getenv("CI") == "" {
		t.Skipf("%v; make setup installs it", err)
	}
	if err != nil {
		t.Fatalf("%v; make setup installs it", err)
	}
	s := &Server{programs: found, settings: settings}
	if s.dir, err = os.MkdirTemp("", "postgres-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Stop(t)
		if err := os.RemoveAll(s.dir); err != nil {
			t.Error(err)
		}
	})
	s.initialize(t)
	s.port = free(t)
	s.Begin(t)
	return s
}

// initialize makes the folder of the server's data.
func (s *Server) initialize(t testing.TB) {
	t.Helper()
	secret := filepath.Join(s.dir, "password")
	if err := os.WriteFile(secret, []byte(password), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := own(s.dir, secret); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(s.programs.InitDB, "-D", filepath.Join(s.dir, "data"), "-U", owner, "--pwfile", secret, "-A", "scram-sha-256",
		"--no-sync", "--no-locale", "-E", "UTF8")
	c.Dir = s.dir
	unprivileged(c)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// Begin starts the server, which is not running, and returns when it answers.
func (s *Server) Begin(t testing.TB) {
	t.Helper()
	args := []string{"-D", filepath.Join(s.dir, "data"), "-p", s.port}
	for _, setting := range append([]string{"listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=32MB"},
		s.settings...) {
		args = append(args, "-c", setting)
	}
	s.running, s.ended = exec.Command(s.programs.Server, args...), make(chan error, 1)
	s.running.Dir, s.running.Stderr = s.dir, &s.log
	unprivileged(s.running)
	if err := launch(s.running, s.ended); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		c, err := pgx.Connect(ctx, s.URL("postgres"))
		if err == nil {
			err = c.Close(ctx)
		}
		if err == nil {
			return
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			t.Fatalf("it does not answer: %v", err)
		case ended := <-s.ended:
			t.Fatalf("it has ended: %v\n%s", ended, s.log.String())
		}
	}
}

// Stop ends the server as a crash would: nobody is told, and nothing is tidied up.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if s.running == nil || s.running.Process == nil {
		return
	}
	if err := s.running.Process.Signal(syscall.SIGQUIT); err != nil { // its immediate shutdown
		t.Error(err)
	}
	<-s.ended // that it was ended is no error
	s.running = nil
}

// URL is the address of a database.
func (s *Server) URL(database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(owner, password), Host: net.JoinHostPort("127.0.0.1", s.port),
		Path:     "/" + database,
		RawQuery: "sslmode=disable"}
	return u.String()
}

// Database makes an empty database and returns its address.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("test%d", s.made.Add(1))
	Execute(t, s.URL("postgres"), "CREATE DATABASE "+name)
	return s.URL(name)
}

// Execute carries out statements in a database.
func Execute(t testing.TB, address, statements string) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Exec(t.Context(), statements)
	if closed := c.Close(t.Context()); err != nil || closed != nil {
		t.Fatal(err, closed)
	}
}

// free is a port of loopback that nobody listens at.
func free(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return port
}

// Hold carries out a statement in a transaction that ends with the test.
func Hold(t testing.TB, address, statement string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	c, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	if _, err := c.Exec(ctx, "BEGIN; "+statement); err != nil {
		t.Fatal(err)
	}
}
