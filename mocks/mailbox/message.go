package mailbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"
)

// maxText bounds the text that is read out of a mail.
const maxText = 256 << 10

// A Draft is a plain text mail to be written.
type Draft struct {
	FromName, FromAddress string
	To                    string
	Subject               string
	Text                  string
	Date                  time.Time
	MessageID             string // without angle brackets
}

// Compose writes the draft as an RFC 5322 message in UTF-8.
func Compose(d Draft) ([]byte, error) {
	var h mail.Header
	h.SetDate(d.Date)
	h.SetAddressList("From", []*mail.Address{{Name: d.FromName, Address: d.FromAddress}})
	h.SetAddressList("To", []*mail.Address{{Address: d.To}})
	h.SetSubject(d.Subject)
	h.SetMessageID(d.MessageID)
	h.SetContentType("text/plain", map[string]string{"charset": "utf-8"})
	h.Set("Content-Transfer-Encoding", "base64")
	var out bytes.Buffer
	w, err := mail.CreateSingleInlineWriter(&out, h)
	if err != nil {
		return nil, fmt.Errorf("compose mail: %w", err)
	}
	if _, err := io.WriteString(w, d.Text); err != nil {
		return nil, fmt.Errorf("compose mail: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compose mail: %w", err)
	}
	return out.Bytes(), nil
}

// parse reads what a reader wants out of a raw message: sender, subject and the
// first plain text. An unknown character set leaves the text as it came.
func parse(raw []byte) (Mail, error) {
	r, err := mail.CreateReader(bytes.NewReader(raw))
	if err != nil && !message.IsUnknownCharset(err) {
		return Mail{}, fmt.Errorf("%w: %w", ErrMessage, err)
	}
	defer r.Close()
	m := Mail{Raw: string(raw)}
	if m.Subject, err = r.Header.Subject(); err != nil {
		m.Subject = r.Header.Get("Subject")
	}
	m.From = r.Header.Get("From")
	if from, err := r.Header.AddressList("From"); err == nil && len(from) > 0 {
		m.From = from[0].Address
		if from[0].Name != "" {
			m.From = from[0].Name + " <" + from[0].Address + ">"
		}
	}
	for {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return m, nil
		}
		if err != nil && !message.IsUnknownCharset(err) {
			return Mail{}, fmt.Errorf("%w: %w", ErrMessage, err)
		}
		header, inline := part.Header.(*mail.InlineHeader)
		if !inline {
			continue
		}
		if kind, _, err := header.ContentType(); err != nil || kind != "text/plain" {
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part.Body, maxText))
		if err != nil {
			return Mail{}, fmt.Errorf("%w: %w", ErrMessage, err)
		}
		m.Text = strings.ReplaceAll(string(text), "\r\n", "\n")
		return m, nil
	}
}
