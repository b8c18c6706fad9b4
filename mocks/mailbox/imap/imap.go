// Package imap is the server of the fake mailboxes for those who read them by
// mail program: the server's side of IMAP4rev1 with IDLE, UIDPLUS, ESEARCH,
// UNSELECT, NAMESPACE, MOVE, STATUS=SIZE, LIST-EXTENDED, LIST-STATUS, CHILDREN,
// BINARY, LITERAL+, APPENDLIMIT, CONDSTORE, ENABLE, ID and STARTTLS. It is go-imap over a Server: it
// decodes, looks at mailboxes as plain data, encodes.
//
// Any password is taken. The user name is a world's, and INBOX then is all its
// mail, with a mailbox for each address besides; or it is a mail address, and
// INBOX is its mail. Marks a program sets are kept in the world, searching reads
// Japanese in any character set it is written in, and what arrives is told to a
// program that idles.
//
// A message can be put into the mailbox of an address, where none has to be made
// first, and moved and copied between them. It does not model making or renaming
// mailboxes, QRESYNC, which the library does not know, nor what a
// world's clock that is moved back makes of the order of UIDs. A connection that is silent is cut off after 30 seconds before it
// has logged in, or 35 minutes after; a command takes no longer than Idle.
package imap

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"example.com/netanswer/mocks/mailbox"
)

// A Server is what this package speaks for.
type Server interface {
	// Enter returns the mailboxes of a user; an error means that there
	// can be no such user, or is ErrAway.
	Enter(user string) (Boxes, error)
}

// Boxes are the mailboxes of a user. "" is the address of INBOX.
type Boxes interface {
	// Owner is the address that INBOX is narrowed to, "" where it is all mail.
	Owner() string
	// Put puts messages into the mailbox of an address and returns their UIDs.
	Put(address string, all []Letter) (uids []int, validity uint32, err error)
	// Addresses are those that have a mailbox of their own besides.
	Addresses() ([]string, error)
	// View is what is in a mailbox now.
	View(address string) (View, error)
	// Await waits until done with a mailbox as it then is, or ctx ends.
	Await(ctx context.Context, address string, done func(View) bool) error
	// Change changes the mailboxes: marks, and what is removed.
	Change(change func(*mailbox.Box) error) error
}

// A View is a mailbox at one moment.
type View struct {
	Mails    []mailbox.Mail // in the order of their UIDs
	Box      mailbox.Box
	Validity uint32 // of the UIDs
}

// Same is true only where nothing has changed since another view.
func (v View) Same(o View) bool {
	return v.Validity == o.Validity && mailbox.SameMails(v.Mails, o.Mails) && v.Box.Same(o.Box)
}

// A Listener serves IMAP. Close it.
type Listener struct {
	server *imapserver.Server
	idle   time.Duration
	tls    *tls.Config
	once   sync.Once
}

// A Config is what a listener is made of.
type Config struct {
	Server Server
	TLS    *tls.Config
	Idle   time.Duration // how long a command may take to arrive
	Mail   int64         // bytes of a mail that is put here
	Log    *slog.Logger
}

// New returns a listener that does not listen yet.
func New(c Config) *Listener {
	return &Listener{idle: c.Idle, tls: c.TLS, server: imapserver.New(&imapserver.Options{
		NewSession: func(conn *imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &session{server: c.Server, limit: c.Mail, front: conn.NetConn().(*front)}, nil, nil // Serve has put it there
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1:    {},
			imap.CapUIDPlus:      {},
			imap.CapESearch:      {},
			imap.CapNamespace:    {},
			imap.CapMove:         {},
			imap.CapStatusSize:   {},
			imap.CapListExtended: {},
			imap.CapListStatus:   {},
			imap.CapChildren:     {},
			imap.CapBinary:       {},
			imap.CapLiteralPlus:  {},
		},
		TLSConfig:    c.TLS,
		InsecureAuth: true,
		Logger:       quiet{c.Log},
	})}
}

// Serve serves until Close; then its error is nil.
func (l *Listener) Serve(on net.Listener) error { return l.server.Serve(hurrying{on, l.idle, l.tls}) }

// Close cuts every connection.
func (l *Listener) Close() error {
	var err error
	l.once.Do(func() { err = l.server.Close() })
	if errors.Is(err, net.ErrClosed) {
		return nil // a listener is closed by more than one
	}
	return err
}

// cannot is the refusal of what mailboxes here do not do.
func cannot(what string) error {
	return &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeCannot, Text: what}
}

// ErrAway means that mailboxes cannot be reached now.
var ErrAway = errors.New("the mailboxes cannot be reached")

// away is the answer to that: NO with a code, for what has none is taken for a command
// that cannot be read.
func away(err error) error {
	var told *imap.Error
	if err == nil || errors.As(err, &told) {
		return err
	}
	return &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeUnavailable, Text: "The mailboxes cannot be reached now"}
}

// reached are mailboxes whose errors are answers.
type reached struct{ Boxes }

// Addresses implements Boxes.
func (r reached) Addresses() ([]string, error) {
	all, err := r.Boxes.Addresses()
	return all, away(err)
}

// View implements Boxes.
func (r reached) View(address string) (View, error) {
	v, err := r.Boxes.View(address)
	return v, away(err)
}

// Await implements Boxes.
func (r reached) Await(ctx context.Context, address string, done func(View) bool) error {
	return away(r.Boxes.Await(ctx, address, done))
}

// Change implements Boxes.
func (r reached) Change(change func(*mailbox.Box) error) error { return away(r.Boxes.Change(change)) }

var errNoMailbox = &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeNonExistent, Text: "No such mailbox"}

// quiet is the log of a library that logs what clients do.
type quiet struct{ log *slog.Logger }

func (q quiet) Printf(format string, args ...any) { q.log.Debug("imap", "format", format) }
