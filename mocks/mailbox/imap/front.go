package imap

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.com/netanswer/mocks/clock"
)

// A front stands between a connection and the library. It answers ID (RFC 2971),
// which the library does not know, speaks CONDSTORE for it, answers lines that are no command, for which the
// library would hang up; it begins TLS, so that it sees what is said after it; and
// it tells a command that cannot be read from a server that is at fault.
//
// The library reads a command to its end and answers it before it reads on, so what
// is said here between two commands does not cut into what the library says.
type front struct {
	net.Conn
	in      *bufio.Reader
	tls     *tls.Config
	idle    time.Duration // that a line may take to arrive
	secure  bool
	over    bool
	bad     int    // lines in a row that were no command
	pending []byte // of a line that the library has not taken yet

	mutex   sync.Mutex // a program that idles is told of changes while it may speak
	open    *command   // that is not answered yet
	owes    owed       // by its answer
	aware   bool       // the program is told mod-sequences
	entered bool       // the program has logged in
	literal int64      // bytes that come before the next line
	unasked bool       // they come without being asked for
	skipped int64      // bytes, and the line behind, of a command that was refused before them
}

// A command as it begins.
type command struct {
	tag, name string
	uid       bool // it names messages by their UIDs
	asks      conditions
}

const (
	longestLine = 48 << 10 // below the library's own bound
	longestTag  = 128
	mostBad     = 20 // lines in a row that are no command
)

func newFront(c net.Conn, idle time.Duration, config *tls.Config) *front {
	return &front{Conn: c, in: bufio.NewReader(c), idle: idle, tls: config}
}

// Read implements net.Conn: no more than a line, or a piece of a literal.
func (f *front) Read(p []byte) (int, error) {
	if f.over {
		return 0, io.EOF
	}
	for len(f.pending) == 0 {
		if err := f.skip(); err != nil {
			return 0, err
		}
		if n := f.announced(); n > 0 {
			n, err := f.in.Read(p[:min(int64(len(p)), n)])
			f.mutex.Lock()
			f.literal = max(0, f.literal-int64(n))
			f.mutex.Unlock()
			return n, err
		}
		line, long, err := f.line()
		if err != nil {
			return 0, err
		}
		if f.pending, err = f.heard(line, long); err != nil {
			return 0, err
		}
	}
	n := copy(p, f.pending)
	f.pending = f.pending[n:]
	return n, nil
}

// skip reads over what came unasked behind a refusal.
func (f *front) skip() error {
	for {
		f.mutex.Lock()
		n := f.skipped
		f.skipped = 0
		f.mutex.Unlock()
		if n == 0 {
			return nil
		}
		if _, err := io.CopyN(io.Discard, f.in, n); err != nil {
			return err
		}
		line, _, err := f.line()
		if err != nil {
			return err
		}
		if n, unasked := literalOf(line); unasked {
			f.skipped = n
		}
	}
}

func (f *front) announced() int64 {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.literal
}

// line reads a line with its end; of one that is too long only the beginning stays.
// The library's deadline is that of the first byte, which may be long in coming; the
// rest has no more time than anything that is arriving.
func (f *front) line() (line []byte, long bool, err error) {
	if _, err := f.in.Peek(1); err != nil {
		return nil, false, err
	}
	if held, _ := f.in.Peek(f.in.Buffered()); bytes.IndexByte(held, '\n') < 0 { // what is held can be looked at
		if err := f.SetReadDeadline(clock.Machine().Add(f.idle)); err != nil {
			return nil, false, err
		}
	}
	for {
		part, err := f.in.ReadSlice('\n')
		if len(line)+len(part) > longestLine {
			long = true
		}
		if !long {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

// heard is what the library is to read of a line, nothing where it is answered here.
func (f *front) heard(line []byte, long bool) ([]byte, error) {
	f.mutex.Lock()
	open := f.open
	f.mutex.Unlock()
	if open != nil { // the line goes on with a command
		if long || !closed(line) && open.name != "AUTHENTICATE" && open.name != "IDLE" {
			return nil, f.hangUp("The command cannot be read")
		}
		return f.passed(line), nil
	}
	c, rest, is := begun(line)
	switch {
	case long:
		return nil, f.refuse(c.tag, "The line is too long")
	case !is:
		return nil, f.refuse(c.tag, "This is no command")
	case !closed(line):
		return nil, f.refuse(c.tag, "A string in quotes ends with its line")
	case c.name == "STARTTLS" && f.secure:
		return nil, f.refuse(c.tag, "TLS has begun already")
	}
	f.bad = 0
	switch {
	case c.name == "ID" && !literalEnd.MatchString(rest):
		return nil, f.introduce(c.tag, rest)
	case c.name == "STARTTLS" && f.tls != nil && !f.secure && !f.inside() && rest == "":
		return nil, f.startTLS(c.tag)
	}
	if without := c.conditioned(rest); without != rest {
		end := line[len(bytes.TrimRight(line, "\r\n")):]
		line = append([]byte(strings.TrimSuffix(strings.TrimRight(string(line), "\r\n"), rest)+without), end...)
	}
	f.begin(&c)
	return f.passed(line), nil
}

func (f *front) inside() bool {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.entered
}

var literalEnd = regexp.MustCompile(`\{([0-9]{1,18})(\+?)\}\r?\n?$`)

// literalOf is the length of the literal that a line ends with, 0 for none.
func literalOf(line []byte) (n int64, unasked bool) {
	m := literalEnd.FindSubmatch(line)
	if m == nil {
		return 0, false
	}
	n, _ = strconv.ParseInt(string(m[1]), 10, 64) // 18 digits are one
	return n, len(m[2]) > 0
}

// closed tells whether every string in quotes ends with the line: the library would
// wait for the end of it.
func closed(line []byte) bool {
	inside := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			inside = !inside
		case c == '\\' && inside:
			i++
		}
	}
	return !inside
}

// passed notes whether a literal follows a line that the library reads.
func (f *front) passed(line []byte) []byte {
	n, unasked := literalOf(line)
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.literal, f.unasked = n, unasked
	return line
}

// atom is what the library takes for one.
const atom = `([^\x00-\x20\x7f(){%*"\\\]]+)`

var (
	beginning = regexp.MustCompile(`^` + atom + `(?: (?i:uid ` + atom + `|` + atom + `)(.*))?$`)
	tagOnly   = regexp.MustCompile(`^` + atom + `(?: |$)`)
)

// begun is the command that a line begins, and what stands behind its name.
func begun(line []byte) (c command, rest string, is bool) {
	text := strings.TrimRight(string(line), "\r\n")
	if m := tagOnly.FindStringSubmatch(text); m != nil && m[1] != "+" && len(m[1]) <= longestTag {
		c.tag = m[1]
	}
	m := beginning.FindStringSubmatch(text)
	if m == nil || c.tag == "" || m[2]+m[3] == "" || strings.EqualFold(m[3], "UID") {
		return c, "", false
	}
	c.name, c.uid = strings.ToUpper(m[2]+m[3]), m[2] != ""
	return c, m[4], true
}

// refuse answers a line that is no command, and hangs up where only such come.
func (f *front) refuse(tag, why string) error {
	if f.bad++; f.bad > mostBad {
		return f.hangUp("Too many lines that are no command")
	}
	if tag == "" {
		tag = "*"
	}
	return f.say("%s BAD %s\r\n", tag, why)
}

// hangUp ends the connection: whoever reads it finds its end.
func (f *front) hangUp(why string) error {
	_ = f.say("* BYE %s\r\n", why) // who does not hear it is cut off all the same
	f.over = true
	return io.EOF
}

func (f *front) say(format string, args ...any) error {
	_, err := fmt.Fprintf(f.Conn, format, args...)
	return err
}

// quoted is a string of what a program says of itself.
const quoted = `"(?:[^"\\\x00\r\n]|\\["\\])*"`

var introduction = regexp.MustCompile(`^ (?i:nil|\( *(?:` + quoted + ` +(?:nil|` + quoted + `)(?: +` + quoted + ` +(?:nil|` + quoted + `)){0,29})? *\)) *$`)

// introduce answers ID. What a program says of itself is not kept.
func (f *front) introduce(tag, about string) error {
	if !introduction.MatchString(about) {
		return f.refuse(tag, "ID takes NIL, or up to 30 pairs of strings in parentheses")
	}
	return f.say("* ID (\"name\" \"netanswer\")\r\n%s OK ID completed\r\n", tag)
}

// startTLS answers STARTTLS. What was sent behind it in the clear is not heard (RFC
// 8314, RFC 9051 6.2.1).
func (f *front) startTLS(tag string) error {
	if f.in.Buffered() > 0 {
		return f.hangUp("Nothing may follow STARTTLS before its answer")
	}
	if err := f.say("%s OK Begin TLS negotiation now\r\n", tag); err != nil {
		return err
	}
	f.Conn, f.secure = tls.Server(f.Conn, f.tls), true
	f.in.Reset(f.Conn)
	return nil
}

// Write implements net.Conn. What the library writes at once is a line, or a piece of
// a literal.
func (f *front) Write(p []byte) (int, error) {
	f.mutex.Lock()
	open := f.open
	said := f.paid(p)
	if open == nil || open.name == "CAPABILITY" || open.name == "LOGIN" || open.name == "AUTHENTICATE" {
		said = bytes.Replace(said, []byte("CAPABILITY IMAP4rev1 "), []byte("CAPABILITY IMAP4rev1 ID CONDSTORE "), 1)
		if f.secure {
			said = bytes.Replace(said, []byte(" STARTTLS"), nil, 1)
		}
	}
	if open != nil && bytes.HasPrefix(p, []byte(open.tag+" ")) {
		ok := bytes.HasPrefix(p[len(open.tag):], []byte(" OK "))
		f.entered = f.entered || ok && (open.name == "LOGIN" || open.name == "AUTHENTICATE")
		if bytes.HasPrefix(p[len(open.tag):], []byte(" NO [SERVERBUG] ")) { // our own errors have a code of theirs
			said = []byte(open.tag + " BAD [CLIENTBUG] This cannot be read as " + open.name + "\r\n")
		}
		if ok {
			said = slices.Concat([]byte(f.owes.before+open.tag+" OK "+f.owes.code), said[len(open.tag)+len(" OK "):])
		}
		if f.unasked {
			f.skipped = f.literal
		}
		f.open, f.literal, f.owes = nil, 0, owed{}
	}
	f.mutex.Unlock()
	if _, err := f.Conn.Write(said); err != nil {
		return 0, err
	}
	return len(p), nil
}
