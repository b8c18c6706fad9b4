// Package listener is what stands before every protocol that is spoken over TCP:
// it bounds how many connections are held at once, and for how long while others
// wait for a place, gives every write a deadline,
// and goes on after a temporary error of Accept, such as a process that has no
// descriptor left. It knows no protocol.
package listener

import (
	"container/list"
	"errors"
	"log/slog"
	"net"
	"regexp"
	"sync"
	"time"

	"example.com/netanswer/mocks/clock"
)

// A Config is what a Listener is made of.
type Config struct {
	Name   string        // in the log
	Most   int           // connections at once
	Refuse bool          // closes one more; else it waits for a place
	NoHTTP bool          // a connection that begins as one of HTTP is ended: it is a browser's, on behalf of some page
	Share  time.Duration // how long a connection may hold its place where another wants one; 0 for as long as it likes
	Write  time.Duration // how long what is written at once may take to be read
	Log    *slog.Logger  // nil for none
}

// A State is how a listener is.
type State struct {
	Held    int    // connections
	Most    int    // that it holds at once
	Waiting bool   // a connection waits for a place
	Trouble string // why no connection could be taken at the last try; "" where one could
}

// A Listener takes connections within bounds. Its Accept is called by one at a time.
type Listener struct {
	net.Listener
	config Config
	closed chan struct{}
	once   sync.Once
	free   chan struct{} // has one where a place may have become free

	mu      sync.Mutex
	held    *list.List // all connections, the one held for longest first
	idle    *list.List // those between two requests, the longest first
	waiting bool
	trouble string
}

// New bounds a listener.
func New(l net.Listener, c Config) *Listener {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Listener{Listener: l, config: c, closed: make(chan struct{}), free: make(chan struct{}, 1), held: list.New(), idle: list.New()}
}

// Accept implements net.Listener. It returns an error only when the listener is
// closed.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		conn, err := l.accept()
		if err != nil {
			return nil, err
		}
		c := &Conn{Conn: conn, of: l, from: host(conn)}
		c.release = sync.OnceFunc(c.leave)
		if l.place(c) {
			return c, nil
		}
		_ = conn.Close() // the client sees it closed
	}
}

// accept takes the next connection, however long that is not possible.
func (l *Listener) accept() (net.Conn, error) {
	again := Backoff{}
	for {
		conn, err := l.Listener.Accept()
		if err == nil {
			l.tell("")
			return conn, nil
		}
		if errors.Is(err, net.ErrClosed) {
			return nil, err
		}
		l.tell(err.Error())
		if c := l.longestIdle(); c != nil {
			_ = c.Close() // gives its descriptor back; it may be closed already
		}
		if !again.Wait(l.closed) {
			return nil, net.ErrClosed
		}
	}
}

// tell notes whether connections can be taken, and logs where that has changed.
func (l *Listener) tell(trouble string) {
	l.mu.Lock()
	before := l.trouble
	l.trouble = trouble
	l.mu.Unlock()
	switch {
	case before == "" && trouble != "":
		l.config.Log.Warn("a listener takes no connections for the moment", "listener", l.config.Name, "error", trouble)
	case before != "" && trouble == "":
		l.config.Log.Info("a listener takes connections again", "listener", l.config.Name)
	}
}

// State is how the listener is now.
func (l *Listener) State() State {
	l.mu.Lock()
	defer l.mu.Unlock()
	return State{Held: l.held.Len(), Most: l.config.Most, Waiting: l.waiting, Trouble: l.trouble}
}

// Close implements net.Listener.
func (l *Listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

// A Backoff is how long it takes until something is tried again that could not be
// done: a little at first, at most a second. Its zero value has tried nothing.
type Backoff struct{ last time.Duration }

// Wait waits before the next try; false where closed was closed meanwhile.
func (b *Backoff) Wait(closed <-chan struct{}) bool {
	b.last = min(max(5*time.Millisecond, 2*b.last), time.Second)
	t := time.NewTimer(b.last)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-closed:
		return false
	}
}

// A Conn is a connection that holds a place until it is closed.
type Conn struct {
	net.Conn
	of      *Listener
	release func()
	from    string        // the address of the client's machine
	since   time.Time     // when it took its place
	at      *list.Element // in of.held. Guarded by of.mu, like the next
	between *list.Element // in of.idle; nil where it is not between two requests

	begun bool // something was read; by who reads only

	mu    sync.Mutex
	until time.Time // the deadline of writes that whoever speaks the protocol has set
}

// Idle tells that the connection is between two requests from now on, or not any
// more. One that is may be closed to make room.
func (c *Conn) Idle(is bool) {
	c.of.mu.Lock()
	if c.between != nil {
		c.of.idle.Remove(c.between)
		c.between = nil
	}
	if is && c.at != nil {
		c.between = c.of.idle.PushBack(c)
	}
	wanted := is && c.of.waiting
	c.of.mu.Unlock()
	if wanted {
		c.of.wake()
	}
}

func (l *Listener) wake() {
	select {
	case l.free <- struct{}{}:
	default: // it is told already
	}
}

func (c *Conn) leave() {
	c.Idle(false)
	c.of.mu.Lock()
	if c.at != nil {
		c.of.held.Remove(c.at)
		c.at = nil
	}
	c.of.mu.Unlock()
	c.of.wake()
}

// Read implements net.Conn.
func (c *Conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if c.begun || n == 0 {
		return n, err
	}
	c.begun = true
	if c.of.config.NoHTTP && http.Match(p[:n]) {
		return 0, errors.Join(errHTTP, c.Close())
	}
	return n, err
}

var errHTTP = errors.New("listener: a connection begins as one of HTTP")

// http is how a request of HTTP begins.
var http = regexp.MustCompile(`^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (/|http)`)

// Write implements net.Conn. A client that does not read in time gets an error.
func (c *Conn) Write(p []byte) (int, error) {
	if err := c.Conn.SetWriteDeadline(c.deadline()); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

// deadline is the earlier of that of whoever speaks the protocol and ours.
func (c *Conn) deadline() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	ours := clock.Machine().Add(c.of.config.Write)
	if !c.until.IsZero() && c.until.Before(ours) {
		return c.until
	}
	return ours
}

// SetWriteDeadline implements net.Conn.
func (c *Conn) SetWriteDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.until = t
	return c.Conn.SetWriteDeadline(t)
}

// SetDeadline implements net.Conn.
func (c *Conn) SetDeadline(t time.Time) error {
	return errors.Join(c.SetWriteDeadline(t), c.SetReadDeadline(t))
}

// CloseWrite tells the client that nothing follows.
func (c *Conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Close implements net.Conn.
func (c *Conn) Close() error {
	c.release()
	return c.Conn.Close()
}
