// Package smtp is the server of the fake mail server for those who send: the
// server's side of RFC 5321 with 8BITMIME, SMTPUTF8, PIPELINING, SIZE, CHUNKING,
// AUTH PLAIN, LOGIN and CRAM-MD5, DSN, and STARTTLS. It is go-smtp over a Server: it decodes,
// calls, and words the answers as mail servers do.
//
// Any password is taken. The user name says which world is spoken for; nobody
// need log in, and then, or as "netanswer", the recipient decides. Nothing is ever
// relayed: every address has its mailbox here, so a sender who asks to be notified
// (RFC 3461) is told of the success at once, by mail to its own mailbox here; a
// failure is told in the dialogue. A line may have 65,536 bytes; a longer one is
// answered 500 5.5.2. An address without angle brackets is taken, as Postfix does by
// default. It does not model queues, bounces or spam filters.
package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/mailbox"
)

// A Server is what this package speaks for. user is who logged in, "" for
// nobody. Errors are those of mailbox.Box.Accept.
type Server interface {
	// Enter tells whether a user name can be; an error means that it cannot.
	Enter(user string) error
	// Admit decides of a recipient before there is a mail, and tells what is
	// to happen to it then.
	Admit(user, to, from string) (fault.Fault, error)
	// Deliver takes a mail over for each recipient that was admitted, and
	// answers for each.
	Deliver(user string, to []Recipient, raw []byte) []error
	// Refused is told of each recipient that a mail was refused to, and how.
	Refused(user, to string, code int)
}

// A Recipient is one that was admitted.
type Recipient struct {
	Address string
	Fault   fault.Fault // what is to happen to its mail
	options smtp.RcptOptions
}

// A Config is what the listener is made of.
type Config struct {
	Server Server
	TLS    *tls.Config
	// Idle is how long a command, or a whole mail, may take to arrive.
	Idle time.Duration
	// Hold is how long a mail that a plan lets time out is left unanswered before
	// its connection is cut.
	Hold       time.Duration
	Mail       int64 // bytes of a mail
	Recipients int   // of a mail
	Machine    func() time.Time
	Log        *slog.Logger
}

// A Listener serves SMTP. Close it.
type Listener struct {
	config        Config
	clear, secure *smtp.Server // what is said in the clear, and beneath TLS
	begun         handed       // what has begun TLS
	counted, told []byte       // the bound of a mail, as the library says it and as it is
	ctx           context.Context
	end           context.CancelFunc
	once          sync.Once
}

// maxLine bounds a line: mail with lines longer than the 998 of RFC 5322 is
// common, and a server that means well takes it.
const maxLine = 64 << 10

// New returns a listener that does not listen yet.
func New(c Config) *Listener {
	l := &Listener{
		config:  c,
		begun:   handed{conns: make(chan net.Conn), closed: make(chan struct{})},
		counted: fmt.Appendf(nil, "SIZE %d\r\n", c.Mail+beyond),
		told:    fmt.Appendf(nil, "SIZE %d\r\n", c.Mail),
	}
	l.ctx, l.end = context.WithCancel(context.Background())
	l.clear, l.secure = l.library(c.TLS), l.library(nil)
	return l
}

// library is a server that offers TLS where it is given a configuration of it.
func (l *Listener) library(offered *tls.Config) *smtp.Server {
	c := l.config
	s := smtp.NewServer(smtp.BackendFunc(func(conn *smtp.Conn) (smtp.Session, error) {
		return &session{Config: c, conn: conn, ctx: l.ctx}, nil
	}))
	s.Domain, s.TLSConfig, s.AllowInsecureAuth, s.EnableSMTPUTF8, s.EnableDSN = domain, offered, true, true, true
	s.ReadTimeout, s.WriteTimeout, s.MaxMessageBytes, s.MaxRecipients = c.Idle, c.Idle, c.Mail+beyond, c.Recipients
	s.MaxLineLength, s.ErrorLog = maxLine, quiet{c.Log}
	return s
}

// beyond is what the library takes beyond the bound, as it refuses a mail that has
// just as many bytes as it may.
const beyond = 1

// Serve serves until Close; then its error is nil.
func (l *Listener) Serve(on net.Listener) error {
	secure := make(chan error, 1)
	go func() { secure <- l.secure.Serve(l.begun) }()
	err := l.clear.Serve(fronting{on, l})
	if closed := l.Close(); err == nil {
		err = closed
	}
	if ended := <-secure; !errors.Is(ended, net.ErrClosed) && err == nil {
		err = ended
	}
	return err
}

// Close cuts every connection.
func (l *Listener) Close() error {
	var err error
	l.once.Do(func() {
		l.end()
		close(l.begun.closed)
		err = errors.Join(l.clear.Close(), l.secure.Close())
	})
	if errors.Is(err, net.ErrClosed) {
		return nil // a listener is closed by more than one
	}
	return err
}

// A session is one connection, and on it one mail after another.
type session struct {
	Config
	conn  *smtp.Conn
	ctx   context.Context
	user  string
	begun bool // a mail has: one more MAIL is out of order (RFC 5321, 4.1.4)
	from  string
	to    []Recipient

	options smtp.MailOptions
}

// AuthMechanisms implements smtp.AuthSession.
func (s *session) AuthMechanisms() []string { return []string{sasl.Plain, sasl.Login, cramMD5} }

// Auth implements smtp.AuthSession.
func (s *session) Auth(mech string) (sasl.Server, error) {
	enter := func(user string) error {
		if s.Server.Enter(user) != nil {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}
	switch mech {
	case sasl.Plain:
		return failing{sasl.NewPlainServer(func(_, user, _ string) error { return enter(user) })}, nil
	case sasl.Login:
		return &login{enter: enter}, nil
	case cramMD5:
		return failing{cram{enter}}, nil
	}
	return nil, smtp.ErrAuthUnknownMechanism
}

// failing says of what cannot be read that it logs nobody in (RFC 4954, 6): the
// library would say that it may be tried again.
type failing struct{ sasl.Server }

// Next implements sasl.Server.
func (f failing) Next(response []byte) (challenge []byte, done bool, err error) {
	if challenge, done, err = f.Server.Next(response); err != nil {
		err = smtp.ErrAuthFailed
	}
	return challenge, done, err
}

// Mail implements smtp.Session.
func (s *session) Mail(from string, o *smtp.MailOptions) error {
	if s.begun {
		return &smtp.SMTPError{Code: 503, EnhancedCode: smtp.EnhancedCode{5, 5, 1}, Message: "Nested MAIL command"}
	}
	if o != nil && o.Size > s.Config.Mail {
		return smtp.ErrDataTooLarge
	}
	s.begun = true
	if s.from, s.options = from, (smtp.MailOptions{}); o != nil {
		s.options = *o
	}
	return nil
}

// Rcpt implements smtp.Session.
func (s *session) Rcpt(to string, o *smtp.RcptOptions) error {
	f, err := s.Server.Admit(s.user, to, s.from)
	if errors.Is(err, fault.ErrTimeOut) {
		fault.Hold(s.ctx, s.Hold)
		_ = s.conn.Close() // without an answer; nothing was taken over for anybody
		return err
	}
	if err != nil {
		return s.reply(to, err)
	}
	r := Recipient{Address: to, Fault: f}
	if o != nil {
		r.options = *o
	}
	s.to = append(s.to, r)
	return nil
}

// Data implements smtp.Session.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if errors.Is(err, smtp.ErrTooLongLine) {
		return &smtp.SMTPError{
			Code:         500,
			EnhancedCode: smtp.EnhancedCode{5, 5, 2},
			Message:      fmt.Sprintf("Line too long: at most %d bytes", maxLine),
		}
	}
	if err == nil && int64(len(raw)) > s.Config.Mail {
		err = smtp.ErrDataTooLarge
	}
	if err != nil {
		return err
	}
	errs := s.Server.Deliver(s.user, s.to, raw)
	taken := 0
	var answer error
	for i, err := range errs {
		if err == nil {
			taken++
			continue
		}
		if said := s.reply(s.to[i].Address, err); answer == nil {
			answer = said
		}
	}
	if err := s.notify(notified(s.to, errs), raw); err != nil {
		s.Log.Error("a sender was not notified", "error", err)
	}
	if taken > 0 { // there is one answer for all: what can be known before the mail was answered to RCPT
		return nil
	}
	return answer
}

// notify puts a report about those who have the mail into the sender's mailbox. A
// mail without a sender is not reported about.
func (s *session) notify(to []Recipient, raw []byte) error {
	if len(to) == 0 || s.from == "" {
		return nil
	}
	told, err := report(s.from, s.options, to, raw, s.Machine())
	if err != nil {
		return err
	}
	return errors.Join(s.Server.Deliver(s.user, []Recipient{{Address: s.from}}, told)...)
}

// Reset implements smtp.Session.
func (s *session) Reset() { s.begun, s.from, s.to, s.options = false, "", nil, smtp.MailOptions{} }

// Logout implements smtp.Session.
func (s *session) Logout() error { return nil }

// reply words an error, of a mail to a recipient, as mail servers do.
func (s *session) reply(to string, err error) error {
	say := func(code int, enhanced smtp.EnhancedCode, text string) error {
		if !errors.Is(err, fault.ErrFault) { // that stands in the timeline as what it is
			s.Server.Refused(s.user, to, code)
		}
		return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
	}
	switch {
	case errors.Is(err, mailbox.ErrRefused):
		return say(550, smtp.EnhancedCode{5, 7, 1}, "Recipient does not accept mail from this domain")
	case errors.Is(err, mailbox.ErrRecipient):
		return say(550, smtp.EnhancedCode{5, 1, 1}, "No such mailbox: "+err.Error())
	case errors.Is(err, mailbox.ErrMessage):
		return say(554, smtp.EnhancedCode{5, 6, 0}, "Message cannot be read")
	case errors.Is(err, mailbox.ErrFull):
		return say(452, smtp.EnhancedCode{4, 2, 2}, "Mailbox full: "+err.Error())
	case errors.Is(err, mailbox.ErrStorage):
		s.Log.Error("a mail was not taken over", "error", err)
		return say(452, smtp.EnhancedCode{4, 3, 1}, "Insufficient system storage: try again later")
	case errors.Is(err, fault.ErrFault):
		return say(451, smtp.EnhancedCode{4, 3, 0}, "Try again later")
	}
	s.Log.Error("a mail was not taken over", "error", err)
	return say(451, smtp.EnhancedCode{4, 3, 0}, "Local error")
}

// login is the server's side of AUTH LOGIN.
type login struct {
	enter func(user string) error
	user  *string
}

// Next implements sasl.Server.
func (l *login) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case response == nil:
		return []byte("Username:"), false, nil
	case l.user == nil:
		user := string(response)
		l.user = &user
		return []byte("Password:"), false, nil
	}
	return nil, true, l.enter(*l.user)
}

// quiet is the log of a library that logs what clients do: that is no concern
// of whoever runs the sandbox, but for debugging.
type quiet struct{ log *slog.Logger }

func (q quiet) Printf(format string, v ...any) { q.log.Debug("smtp", "format", format) }
func (q quiet) Println(v ...any)               { q.log.Debug("smtp") }
