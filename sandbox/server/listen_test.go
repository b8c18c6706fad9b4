package server_test

import (
	"bufio"
	"net"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// firstLine is the first line of a server.
func firstLine(t *testing.T, address string) (net.Conn, <-chan string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // it may be closed already
	said := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(conn).ReadString('\n') // an empty one fails below
		said <- line
	}()
	return conn, said
}

func TestConnectionsBeyondTheBoundWaitForAPlace(t *testing.T) {
	t.Parallel()
	s, _ := sandboxtest.Controlled(t, func(c *server.Config) { c.Limits.Connections = 1 })
	first, said := firstLine(t, s.SMTP)
	if line := <-said; !strings.HasPrefix(line, "220") {
		t.Fatal(line)
	}
	_, waiting := firstLine(t, s.SMTP)
	// Another protocol is not disturbed.
	if _, other := firstLine(t, s.IMAP); !strings.HasPrefix(<-other, "* OK") {
		t.Error("IMAP does not answer")
	}
	select {
	case line := <-waiting:
		t.Errorf("the second was served: %q", line)
	default:
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if line := <-waiting; !strings.HasPrefix(line, "220") {
		t.Errorf("after the first has gone: %q", line)
	}
}
