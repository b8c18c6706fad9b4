package smtp

import (
	"bytes"
	"net"
)

// A worded connection says with the code of the standard what the library says with
// one of its own: parameters that are not known (RFC 5321, 4.1.1.11), and commands out
// of their order (4.1.4). Beneath TLS it sees nothing that it knows.
type worded struct{ net.Conn }

// codes are what the library says, by the code that it is said with.
var codes = map[string][]string{
	"555": {"500 5.5.4 Unknown MAIL FROM argument", "500 5.5.4 Unknown RCPT TO argument"},
	"503": {"502 5.5.1 Missing MAIL FROM command.", "502 5.5.1 Missing RCPT TO command.", "502 5.5.1 Please introduce yourself first."},
}

// Write implements net.Conn. What the library writes at once is a line.
func (w worded) Write(p []byte) (int, error) {
	for code, all := range codes {
		for _, said := range all {
			if !bytes.HasPrefix(p, []byte(said)) {
				continue
			}
			if _, err := w.Conn.Write(append([]byte(code), p[len(code):]...)); err != nil {
				return 0, err
			}
			return len(p), nil
		}
	}
	return w.Conn.Write(p)
}

// A wording listener words what is said on its connections.
type wording struct{ net.Listener }

func (l wording) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return worded{c}, nil
}
