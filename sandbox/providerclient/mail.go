package providerclient

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/mail"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"example.com/netanswer/mocks/outbound"
)

// Mail sends by SMTP.
type Mail struct{ target Target }

// NewMail returns a sender of an address like
// smtp://{world}:password@127.0.0.1:1025, where {world} stands for the name of the
// world that sends; without a user it does not log in. With smtp+starttls the
// connection is encrypted, whoever's the certificate.
func NewMail(address string, timeout time.Duration) (*Mail, error) {
	t, err := target(address, timeout, "smtp", "smtp+starttls")
	if err != nil {
		return nil, err
	}
	if t.address.Port() == "" {
		return nil, errors.New("address of the mail server: a port is needed")
	}
	return &Mail{t}, nil
}

// SendMail hands a message over for one recipient. An error means that it was
// not accepted.
func (m *Mail) SendMail(ctx context.Context, world, to string, raw []byte) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("send mail: %w", err)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, m.target.timeout)
	defer cancel()
	from, err := sender(raw)
	if err != nil {
		return err
	}
	conn, err := outbound.Owner{}.Dial(ctx, "tcp", m.target.address.Host)
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // what is under way then ends
	c := smtp.NewClient(conn)
	if m.target.address.Scheme == "smtp+starttls" {
		// A sandbox's certificate is its own, and what is sent is made up.
		if c, err = smtp.NewClientStartTLS(conn, &tls.Config{InsecureSkipVerify: true}); err != nil {
			return errors.Join(err, conn.Close())
		}
	}
	defer c.Close()
	c.CommandTimeout, c.SubmissionTimeout = m.target.timeout, m.target.timeout
	if user := m.target.speaker(world); user != "" {
		if err := c.Auth(sasl.NewPlainClient("", user, m.target.password)); err != nil {
			return err
		}
	}
	if err := c.SendMail(from, []string{to}, bytes.NewReader(raw)); err != nil {
		return err
	}
	return c.Quit()
}

// sender is the address that a message names as its sender.
func sender(raw []byte) (string, error) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return "", err
	}
	from, err := mail.ParseAddress(m.Header.Get("From"))
	if err != nil {
		return "", err
	}
	return from.Address, nil
}
