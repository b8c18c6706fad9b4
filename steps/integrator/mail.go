package integrator

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/smtp"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"example.com/netanswer/client"
)

// sender is who the backend's mail is from.
const sender = "news@shop.example.com"

// Mails sends a mail to a person. A subject of "" is one that no other scenario
// sends.
func Mails(ctx context.Context, name, subject, body string) error {
	b, s, p, at, err := ready(ctx, name)
	if err != nil {
		return err
	}
	if subject == "" {
		subject = "お知らせ " + s.World.Name
	}
	b.text = text{to: p.Email, body: subject}
	user := s.World.Name
	if b.anonymous {
		user = ""
	}
	err = b.sendMail(ctx, at.SMTP, user, []string{p.Email}, compose(p.Email, subject, body))
	var said *textproto.Error
	switch b.refused = ""; {
	case errors.As(err, &said):
		b.refused = strconv.Itoa(said.Code)
	case wasCut(err):
		b.refused = unanswered
	case err != nil:
		return fmt.Errorf("send a mail: %w", err)
	}
	return nil
}

// MailsBoth sends one mail to two persons.
func MailsBoth(ctx context.Context, first, second, subject, body string) error {
	b, s, p, at, err := ready(ctx, first)
	if err != nil {
		return err
	}
	other, err := person(s, second)
	if err != nil {
		return err
	}
	b.text = text{to: p.Email, body: subject}
	if err := b.sendMail(ctx, at.SMTP, s.World.Name, []string{p.Email, other.Email}, compose(p.Email, subject, body)); err != nil {
		return fmt.Errorf("send a mail to two: %w", err)
	}
	return nil
}

// compose is a mail of a text, as RFC 5322 has it.
func compose(to, subject, body string) []byte {
	var m strings.Builder
	fmt.Fprintf(
		&m,
		"From: %s <%s>\r\nTo: <%s>\r\nSubject: %s\r\n",
		mime.BEncoding.Encode("utf-8", "見本の店"),
		sender,
		to,
		mime.BEncoding.Encode("utf-8", subject),
	)
	m.WriteString("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	for text := base64.StdEncoding.EncodeToString([]byte(body)); text != ""; {
		n := min(len(text), 76)
		m.WriteString(text[:n] + "\r\n")
		text = text[n:]
	}
	return []byte(m.String())
}

// sendMail sends a mail by SMTP, logged in unless the user is "".
func (b *Backend) sendMail(ctx context.Context, address, user string, to []string, raw []byte) (err error) {
	conn, err := (&net.Dialer{Timeout: timeout}).DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(b.deadline()); err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		return err
	}
	if user != "" {
		if !slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, host) {
			// Go's client tells a password to another machine over TLS only. The
			// sandbox's certificate is of its own making, and the password is none.
			if err := c.StartTLS(&tls.Config{ServerName: host, InsecureSkipVerify: true}); err != nil {
				return err
			}
		}
		if err := c.Auth(smtp.PlainAuth("", user, "any", host)); err != nil {
			return err
		}
	}
	if err := c.Mail(sender); err != nil {
		return err
	}
	for _, recipient := range to {
		if err := c.Rcpt(recipient); err != nil {
			return err
		}
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	if err := w.Close(); err != nil { // the answer to the mail itself
		return err
	}
	return c.Quit()
}

// MailLandsIn expects the mail sent last in one world, and not in another.
func MailLandsIn(ctx context.Context, where string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	return landsIn(s, where, func(world string) (bool, error) {
		found, err := b.Controls.Mails(ctx, world, b.text.to)
		for _, m := range found {
			if m.Subject == b.text.body {
				return true, err
			}
		}
		return false, err
	})
}

// RejectsMail makes the person's mail server refuse mail from a domain and say so.
func RejectsMail(ctx context.Context, name, domain string) error {
	b, s, p, err := about(ctx, name)
	if err != nil {
		return err
	}
	return b.Controls.RejectMail(ctx, s.World.Name, p.Email, domain)
}

// Searches looks for words in all the mail of the scene's world, by IMAP.
func Searches(ctx context.Context, words string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	return b.search(ctx, s.World.Name, &imap.SearchCriteria{Text: []string{words}})
}

// SearchesSince searches the mailboxes for what came on a day or later.
func SearchesSince(ctx context.Context, day string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	since, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return err
	}
	return b.search(ctx, s.World.Name, &imap.SearchCriteria{Since: since})
}

// SearchesBefore searches the mailboxes for what came before a day.
func SearchesBefore(ctx context.Context, day string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	before, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return err
	}
	return b.search(ctx, s.World.Name, &imap.SearchCriteria{Before: before})
}

// SearchesElsewhere looks for words in all the mail of another world.
func SearchesElsewhere(ctx context.Context, words string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	b.other = s.World.Name + "-other"
	if err := b.Controls.Arrange(ctx, b.other, client.Setup{}); err != nil {
		return err
	}
	return b.search(ctx, b.other, &imap.SearchCriteria{Text: []string{words}})
}

// reader is a connection to the mailboxes of a user, who has logged in.
func (b *Backend) reader(ctx context.Context, address, user string) (*imapclient.Client, error) {
	conn, err := (&net.Dialer{Timeout: timeout}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(b.deadline()); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	c := imapclient.New(conn, nil)
	if err := c.Login(user, "any").Wait(); err != nil {
		return nil, errors.Join(fmt.Errorf("log in as %s: %w", user, err), c.Close())
	}
	return c, nil
}

func (b *Backend) search(ctx context.Context, user string, criteria *imap.SearchCriteria) error {
	return b.inbox(ctx, user, nil, func(c *imapclient.Client, _ *imap.SelectData) error {
		found, err := c.Search(criteria, nil).Wait()
		if err != nil {
			return fmt.Errorf("search: %w", err)
		}
		b.found = nil
		if len(found.AllSeqNums()) == 0 {
			return nil
		}
		mails, err := c.Fetch(found.All, &imap.FetchOptions{Envelope: true}).Collect()
		for _, m := range mails {
			if m.Envelope == nil {
				return errors.Join(err, errors.New("a mail was fetched without its envelope"))
			}
			b.found = append(b.found, m.Envelope.Subject)
		}
		return err
	})
}

// Finds expects the mails that were found, by their subjects.
func Finds(ctx context.Context, subjects []string) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	return equal("見つかったメール", strings.Join(subjects, "」「"), strings.Join(b.found, "」「"))
}

// inbox opens the mailbox of a user and does something there.
func (b *Backend) inbox(
	ctx context.Context, user string, as *imap.SelectOptions, do func(*imapclient.Client, *imap.SelectData) error,
) (err error) {
	at, err := b.providers(ctx)
	if err != nil {
		return err
	}
	c, err := b.reader(ctx, at.IMAP, user)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	opened, err := c.Select("INBOX", as).Wait()
	if err != nil {
		return err
	}
	return do(c, opened)
}
