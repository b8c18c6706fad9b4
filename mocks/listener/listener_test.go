package listener_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/listener"
)

// broken is a listener whose first tries fail as those of a process without a
// descriptor left.
type broken struct {
	net.Listener
	mu    sync.Mutex
	fails int
}

func (b *broken) Accept() (net.Conn, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fails > 0 {
		b.fails--
		return nil, &net.OpError{Op: "accept", Err: syscall.EMFILE}
	}
	return b.Listener.Accept()
}

func open(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() }) // it may be closed already
	return l
}

func dial(t *testing.T, l net.Listener) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() }) // it may be closed already
	return c
}

func silent() *slog.Logger { return slog.New(slog.DiscardHandler) }

func accept(t *testing.T, l net.Listener) *listener.Conn {
	t.Helper()
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	return c.(*listener.Conn)
}

func TestATemporaryErrorOfAcceptIsToldAndOutlived(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	under := &broken{Listener: open(t), fails: 3}
	l := listener.New(under, listener.Config{Name: "smpp", Most: 2, Write: time.Second, Log: slog.New(slog.NewTextHandler(&log, nil))})
	dial(t, l)
	c := accept(t, l)
	if s := l.State(); s != (listener.State{Held: 1, Most: 2}) {
		t.Errorf("state %+v", s)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if got := log.String(); strings.Count(got, "takes no connections") != 1 || !strings.Contains(got, "takes connections again") ||
		!strings.Contains(got, "smpp") {
		t.Errorf("the log tells %s", got)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a closed listener: %v", err)
	}
}

func TestOneConnectionMoreIsRefusedWhereItIsTo(t *testing.T) {
	t.Parallel()
	l := listener.New(open(t), listener.Config{Most: 1, Refuse: true, Write: time.Second, Log: silent()})
	dial(t, l)
	first := accept(t, l)
	next := make(chan error, 1)
	go func() { _, err := l.Accept(); next <- err }()
	if _, err := io.ReadAll(dial(t, l)); err != nil { // closed
		t.Error(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	dial(t, l)
	if err := <-next; err != nil {
		t.Error(err)
	}
}

func TestTheConnectionIdleForLongestMakesRoom(t *testing.T) {
	t.Parallel()
	l := listener.New(open(t), listener.Config{Most: 2, Write: time.Second, Log: silent()})
	one, two := dial(t, l), dial(t, l)
	a, b := accept(t, l), accept(t, l)
	if a.RemoteAddr().String() != one.LocalAddr().String() {
		a, b = b, a
	}
	b.Idle(true)
	dial(t, l)
	c := accept(t, l) // b makes room
	if _, err := io.ReadAll(two); err != nil {
		t.Errorf("b was not closed: %v", err)
	}
	next := make(chan error, 1)
	dial(t, l)
	go func() { _, err := l.Accept(); next <- err }()
	a.Idle(true)
	a.Idle(false)
	c.Idle(true) // while one waits
	if err := <-next; err != nil {
		t.Error(err)
	}
	if s := l.State(); s.Held != 2 {
		t.Errorf("state %+v", s)
	}
}

func TestABrowserIsNotServedByAnotherProtocol(t *testing.T) {
	t.Parallel()
	l := listener.New(open(t), listener.Config{Most: 1, Write: time.Second, NoHTTP: true})
	for says, ends := range map[string]bool{"POST / HTTP/1.1\r\n": true, "GET http://x HTTP/1.1\r\n": true, "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\n": false, "a LOGIN x y\r\n": false} {
		client := dial(t, l)
		c := accept(t, l)
		if _, err := io.WriteString(client, says); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Read(make([]byte, 100)); (err != nil) != ends {
			t.Errorf("%q: %v", says, err)
		}
		_ = c.Close() // it may be closed already
	}
}

func TestAClientThatNeverReadsIsCutOff(t *testing.T) {
	t.Parallel()
	l := listener.New(open(t), listener.Config{Most: 1, Write: 50 * time.Millisecond, Log: silent()})
	dial(t, l)
	c := accept(t, l)
	if err := c.SetWriteDeadline(time.Time{}); err != nil { // what a protocol says does not make it longer
		t.Fatal(err)
	}
	var err error
	for err == nil {
		_, err = c.Write(make([]byte, 1<<20))
	}
	var late net.Error
	if !errors.As(err, &late) || !late.Timeout() {
		t.Error(err)
	}
}

func TestWhoeverHasHadItsShareMakesRoom(t *testing.T) {
	t.Parallel()
	for _, refuse := range []bool{false, true} {
		l := listener.New(open(t), listener.Config{Most: 2, Refuse: refuse, Share: 100 * time.Millisecond, Write: time.Second})
		one, two := dial(t, l), dial(t, l)
		accept(t, l)
		accept(t, l)
		if refuse { // before its share is over, one more would be refused
			<-time.NewTimer(150 * time.Millisecond).C
		}
		dial(t, l)
		accept(t, l) // though neither of the two is ever idle
		if _, err := io.ReadAll(one); err != nil {
			t.Errorf("the first was not closed: %v", err)
		}
		if err := two.SetReadDeadline(clock.Machine().Add(20 * time.Millisecond)); err != nil {
			t.Fatal(err)
		}
		var late net.Error
		if _, err := two.Read(make([]byte, 1)); !errors.As(err, &late) || !late.Timeout() {
			t.Errorf("the second, too: %v", err)
		}
	}
}

// from is a listener whose connections are from machines of their own.
type from struct {
	net.Listener
	machines []string
}

type placed struct {
	net.Conn
	at string
}

func (p placed) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.ParseIP(p.at), Port: 1} }

func (f *from) Accept() (net.Conn, error) {
	c, err := f.Listener.Accept()
	if err != nil {
		return nil, err
	}
	at := f.machines[0]
	f.machines = f.machines[1:]
	return placed{c, at}, nil
}

func TestTheMachineThatHoldsMostMakesRoom(t *testing.T) {
	t.Parallel()
	l := listener.New(&from{open(t), []string{"10.0.0.1", "10.0.0.2", "10.0.0.2", "10.0.0.3"}},
		listener.Config{Most: 3, Share: time.Millisecond, Write: time.Second})
	kept := dial(t, l)
	accept(t, l)
	ended := dial(t, l)
	accept(t, l)
	dial(t, l)
	accept(t, l)
	dial(t, l)
	accept(t, l)
	if _, err := io.ReadAll(ended); err != nil {
		t.Errorf("it was not closed: %v", err)
	}
	if err := kept.SetReadDeadline(clock.Machine().Add(20 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	var late net.Error
	if _, err := kept.Read(make([]byte, 1)); !errors.As(err, &late) || !late.Timeout() {
		t.Errorf("the machine that holds one lost it: %v", err)
	}
}

func TestAConnectionThatIsClosedIsNotIdle(t *testing.T) {
	t.Parallel()
	l := listener.New(open(t), listener.Config{Most: 1, Write: time.Second})
	dial(t, l)
	c := accept(t, l)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c.Idle(true) // net/http may tell so just then
	dial(t, l)
	next := accept(t, l)
	dial(t, l)
	free := make(chan error, 1)
	go func() { _, err := l.Accept(); free <- err }()
	next.Idle(true)
	if err := <-free; err != nil {
		t.Error(err)
	}
}
