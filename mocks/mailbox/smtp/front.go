package smtp

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"regexp"
	"strconv"
)

// A front stands between a connection and the library, which says some things with
// codes of its own. It begins TLS, so that it sees what is said after it: what is
// within TLS is to the library a new connection.
//
// The library reads a command to its end and answers it before it reads on, so it is
// given no more than a line, but for what is no command: a mail, and what AUTH asks for.
type front struct {
	net.Conn
	of      *Listener
	in      *bufio.Reader
	secure  bool
	greeted bool
	handed  bool // the connection is within TLS now, and another front's

	asked  bool   // the last answer asks for something
	within bool   // a line whose beginning was read
	chunk  int64  // bytes that follow BDAT
	rest   []byte // of a line that the library has not taken yet
	late   error  // a line did not come in whole in time: nothing more is read
}

// Read implements net.Conn.
func (f *front) Read(p []byte) (int, error) {
	switch {
	case len(f.rest) > 0:
	case f.late != nil:
		return 0, f.late
	case f.asked:
		return f.in.Read(p)
	case f.chunk > 0:
		n, err := f.in.Read(p[:min(int64(len(p)), f.chunk)])
		f.chunk -= int64(n)
		return n, err
	}
	for len(f.rest) == 0 {
		part, err := f.in.ReadSlice('\n')
		if late := net.Error(nil); errors.As(err, &late) && late.Timeout() { // the library would take a piece for a command
			f.late = err
			return 0, err
		}
		if len(part) == 0 {
			return 0, err
		}
		begins := !f.within
		f.within = errors.Is(err, bufio.ErrBufferFull)
		if f.rest = part; begins {
			if f.rest, err = f.command(part); err != nil {
				return 0, err
			}
		}
	}
	n := copy(p, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

var (
	startTLS   = []byte("STARTTLS")
	piece      = regexp.MustCompile(`(?i)^BDAT +([0-9]+)(?: +LAST)? *\r?\n$`)
	postmaster = regexp.MustCompile(`(?i)^(RCPT TO: *<postmaster)>`)
	size       = regexp.MustCompile(`(?i)( SIZE=)[0-9]{10,20}([ \r\n])`)
)

// command is what the library is to read of a command; nothing where it is answered
// here.
func (f *front) command(line []byte) ([]byte, error) {
	switch line[0] {
	case 'S', 's':
		if !f.secure && f.of.config.TLS != nil && len(line) >= len(startTLS) && bytes.EqualFold(line[:len(startTLS)], startTLS) {
			if len(bytes.TrimRight(line[len(startTLS):], " \r\n")) > 0 {
				return nil, f.say("501 5.5.4 STARTTLS takes no parameters\r\n")
			}
			return nil, f.startTLS()
		}
	case 'B', 'b':
		if m := piece.FindSubmatch(line); m != nil {
			if n, err := strconv.ParseUint(string(m[1]), 10, 32); err == nil { // else the library takes it for none
				f.chunk = int64(n)
			}
		}
	case 'R', 'r': // RFC 5321, 4.5.1; the library wants a domain
		return postmaster.ReplaceAll(line, []byte("${1}@"+domain+">")), nil
	case 'M', 'm':
		if bytes.IndexByte(line, '=') > 0 { // the library counts to what 32 bits hold
			return size.ReplaceAll(line, []byte("${1}4294967295${2}")), nil
		}
	}
	return line, nil
}

// startTLS answers STARTTLS, and gives the connection over. What was sent behind it in
// the clear is not heard (RFC 3207, 6).
func (f *front) startTLS() error {
	if err := f.say("220 2.0.0 Ready to start TLS\r\n"); err != nil {
		return err
	}
	f.handed = true
	within := f.of.front(tls.Server(f.Conn, f.of.config.TLS), true)
	select {
	case f.of.begun.conns <- within:
	case <-f.of.begun.closed:
		return errors.Join(io.EOF, f.Conn.Close())
	}
	return io.EOF
}

func (f *front) say(line string) error {
	_, err := io.WriteString(f.Conn, line)
	return err
}

// Write implements net.Conn. What the library writes at once is a line.
func (f *front) Write(p []byte) (int, error) {
	if !f.greeted { // RFC 3207, 4.2: nobody is greeted anew
		f.greeted = true
		return len(p), f.handshake()
	}
	f.asked = len(p) > 0 && p[0] == '3'
	if _, err := f.Conn.Write(f.worded(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (f *front) handshake() error {
	if err := f.SetDeadline(f.of.config.Machine().Add(f.of.config.Idle)); err != nil {
		return err
	}
	err := f.Conn.(*tls.Conn).Handshake() // startTLS has put it there
	if err != nil {
		err = errors.Join(err, f.Close())
	}
	return err
}

// Close implements net.Conn.
func (f *front) Close() error {
	if f.handed {
		return nil
	}
	return f.Conn.Close()
}

// A fronting listener puts a front before each of its connections.
type fronting struct {
	net.Listener
	of *Listener
}

func (l fronting) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return l.of.front(c, false), nil
}

func (l *Listener) front(c net.Conn, secure bool) *front {
	return &front{Conn: c, of: l, in: bufio.NewReader(c), secure: secure, greeted: !secure}
}

// A handed listener accepts the connections that have begun TLS.
type handed struct {
	conns  chan net.Conn
	closed chan struct{} // by the Listener
}

func (h handed) Accept() (net.Conn, error) {
	select {
	case c := <-h.conns:
		return c, nil
	case <-h.closed:
		return nil, net.ErrClosed
	}
}

func (handed) Close() error   { return nil }
func (handed) Addr() net.Addr { return &net.TCPAddr{} }
