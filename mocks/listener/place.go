package listener

import (
	"net"
	"time"

	"example.com/netanswer/mocks/clock"
)

// place takes a place for a connection that was accepted; false where it is to be
// closed.
func (l *Listener) place(c *Conn) bool {
	for {
		now := clock.Machine()
		if l.take(c, now) {
			return true
		}
		later, made := l.makeRoom(now)
		switch {
		case made:
			continue
		case l.config.Refuse:
			return false
		}
		if !l.wait(later) {
			return false
		}
	}
}

// wait waits until a place may have become free, or for as long as it is told to,
// where it is; false where the listener was closed.
func (l *Listener) wait(d time.Duration) bool {
	var over <-chan time.Time
	if d > 0 {
		t := time.NewTimer(d)
		defer t.Stop()
		over = t.C
	}
	select {
	case <-l.free:
	case <-over:
	case <-l.closed:
		return false
	}
	return true
}

func (l *Listener) take(c *Conn, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waiting = l.held.Len() >= l.config.Most; l.waiting {
		return false
	}
	c.since, c.at = now, l.held.PushBack(c)
	return true
}

// makeRoom ends a connection, if there is one to be ended: its client connects
// anew when it has something to ask. If there is none, it tells after how long
// there will be one; 0 for never.
func (l *Listener) makeRoom(now time.Time) (later time.Duration, made bool) {
	c, later := l.dispensable(now)
	if c == nil {
		return later, false
	}
	_ = c.Close() // it may be closed already
	return 0, true
}

// dispensable is the connection that has been between two requests for longest.
// Where none is, it is the one held for longest, and for its share at least, by
// the machine that holds most: whoever behaves just well enough keeps nobody out.
func (l *Listener) dispensable(now time.Time) (*Conn, time.Duration) {
	if c := l.longestIdle(); c != nil {
		return c, 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	first := l.heaviest()
	if first == nil || l.config.Share == 0 {
		return nil, 0
	}
	if later := l.config.Share - now.Sub(first.since); later > 0 {
		return nil, later
	}
	return first, 0
}

// longestIdle is the connection that has been between two requests for longest;
// nil where none is.
func (l *Listener) longestIdle() *Conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	if first := l.idle.Front(); first != nil {
		return first.Value.(*Conn)
	}
	return nil
}

// heaviest is the connection held for longest by the machine that holds most; nil
// where there is none.
func (l *Listener) heaviest() (first *Conn) {
	holds := map[string]int{}
	most := 0
	for e := l.held.Front(); e != nil; e = e.Next() {
		from := e.Value.(*Conn).from
		holds[from]++
		most = max(most, holds[from])
	}
	for e := l.held.Front(); e != nil; e = e.Next() {
		if c := e.Value.(*Conn); holds[c.from] == most {
			return c
		}
	}
	return nil
}

// host is the address of the machine that a connection is from.
func host(c net.Conn) string {
	h, _, err := net.SplitHostPort(c.RemoteAddr().String())
	if err != nil {
		return "" // no such network has machines
	}
	return h
}
