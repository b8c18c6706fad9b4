package mailbox

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // Japanese mail is not all UTF-8
	"github.com/emersion/go-message/mail"

	"example.com/netanswer/mocks/passcode"
)

// maxText bounds the text that is read out of a mail, maxParts its parts, and
// maxDepth how deep they nest: each level is read through all above it.
const (
	maxText  = 256 << 10
	maxParts = 200
	maxDepth = 50
)

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

// An Attachment is a part of a mail that is no text to be read at once.
type Attachment struct {
	Name      string `json:"name"`
	Type      string `json:"type" doc:"media type"`
	ContentID string `json:"content_id,omitempty" doc:"how the HTML names it"`
	Size      int    `json:"size" doc:"bytes, decoded"`
}

// A Header is one field of a mail's header, decoded.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// parse reads what a reader wants out of a raw message: sender, subject, the
// first plain text and the first HTML, and what else there is. An unknown
// character set leaves the text as it came; of a message that is broken inside,
// what comes before is read, as mail programs do.
func parse(raw []byte) (Mail, error) {
	e, err := open(raw)
	if err != nil {
		return Mail{}, err
	}
	h := mail.Header{Header: e.Header}
	m := Mail{Raw: string(raw)}
	if m.Subject, err = h.Subject(); err != nil {
		m.Subject = h.Get("Subject")
	}
	m.From = h.Get("From")
	if from, err := h.AddressList("From"); err == nil && len(from) > 0 {
		m.From = from[0].Address
		if from[0].Name != "" {
			m.From = from[0].Name + " <" + from[0].Address + ">"
		}
	}
	texts := map[string]*string{"text/plain": &m.Text, "text/html": &m.HTML}
	err = walk(e, func(a Attachment, body io.Reader) bool {
		if into := texts[a.Type]; into != nil && a.Name == "" {
			delete(texts, a.Type) // the first is what is read
			text, _ := io.ReadAll(io.LimitReader(body, maxText))
			*into = strings.ReplaceAll(string(text), "\r\n", "\n")
			return true
		}
		n, _ := io.Copy(io.Discard, body) // what can be decoded counts
		a.Size = int(n)
		m.Attachments = append(m.Attachments, a)
		return true
	})
	m.sign = signed(m, fields(e))
	return m, err
}

// open reads the header of a mail. One with more mails inside of it than
// anybody forwards is refused: whoever looks at its structure looks for long.
func open(raw []byte) (*message.Entity, error) {
	e, err := message.Read(bytes.NewReader(raw))
	if err != nil && !message.IsUnknownCharset(err) {
		return nil, fmt.Errorf("%w: %w", ErrMessage, err)
	}
	if bytes.Count(raw, []byte("essage/")) > maxParts {
		return nil, fmt.Errorf("%w: more than %d mails within it", ErrMessage, maxParts)
	}
	return e, nil
}

// walk hands over each part of a mail, with its kind, until do answers false.
// The error is of parts that nest too deep.
func walk(e *message.Entity, do func(a Attachment, body io.Reader) bool) error {
	w := walker{do: do, left: maxParts}
	w.walk(e, 0)
	if w.deep {
		return fmt.Errorf("%w: its parts nest deeper than %d", ErrMessage, maxDepth)
	}
	return nil
}

// A walker goes through the parts of a mail.
type walker struct {
	do   func(a Attachment, body io.Reader) bool
	left int // parts it goes on to
	deep bool
}

// walk tells false where it goes no further.
func (w *walker) walk(e *message.Entity, depth int) bool {
	parts := e.MultipartReader()
	if parts == nil {
		return w.do(describe(e.Header), e.Body)
	}
	if depth >= maxDepth {
		w.deep = true
		return false
	}
	for ; w.left > 0; w.left-- {
		part, err := parts.NextPart()
		if err != nil && !message.IsUnknownCharset(err) {
			return true // the end, or broken from here on
		}
		if !w.walk(part, depth+1) {
			return false
		}
	}
	return false
}

// describe is the kind of a part.
func describe(h message.Header) (a Attachment) {
	disposition, params, err := h.ContentDisposition()
	if err == nil {
		a.Name = params["filename"]
	}
	if a.Type, params, err = h.ContentType(); err != nil {
		a.Type = "application/octet-stream"
	}
	if a.Name == "" {
		a.Name = params["name"]
	}
	if a.Name == "" && disposition == "attachment" {
		a.Name = "attachment"
	}
	a.ContentID = strings.Trim(h.Get("Content-Id"), "<> ")
	return a
}

// ErrAttachment is the error of an attachment that a mail does not have.
var ErrAttachment = errors.New("the mail has no such attachment")

// Attachment reads the n-th attachment of the mail, from 0.
func (m Mail) Attachment(n int) (Attachment, []byte, error) {
	if n < 0 || n >= len(m.Attachments) {
		return Attachment{}, nil, ErrAttachment
	}
	e, err := open([]byte(m.Raw))
	if err != nil {
		return Attachment{}, nil, err
	}
	seen := map[string]bool{}
	var found []byte
	at := 0
	err = walk(e, func(a Attachment, body io.Reader) bool {
		if text := a.Type == "text/plain" || a.Type == "text/html"; text && a.Name == "" && !seen[a.Type] {
			seen[a.Type] = true
			return true
		}
		if at++; at <= n {
			return true
		}
		found, _ = io.ReadAll(body) // what can be decoded
		return false
	})
	return m.Attachments[n], found, err
}

// Headers are the mail's header, field by field, decoded.
func (m Mail) Headers() []Header {
	e, err := open([]byte(m.Raw))
	if err != nil {
		return nil // it was accepted, so it can be read
	}
	return fields(e)
}

// fields are the fields of a header, decoded.
func fields(e *message.Entity) []Header {
	var all []Header
	for f := e.Header.Fields(); f.Next(); {
		value, err := f.Text()
		if err != nil {
			value = f.Value()
		}
		all = append(all, Header{f.Key(), value})
	}
	return all
}

var (
	hidden = regexp.MustCompile(`(?is)<(script|style|head)\b.*?</(script|style|head)\s*>`)
	breaks = regexp.MustCompile(`(?i)<(br|/p|/div|/tr|/h[1-6]|/li)\b[^>]*>`)
	tags   = regexp.MustCompile(`(?s)<[^>]*>`)
)

// Words are what a person reads of the mail: its text, or its HTML without the
// tags.
func (m Mail) Words() string {
	if m.Text != "" || m.HTML == "" {
		return m.Text
	}
	text := breaks.ReplaceAllString(hidden.ReplaceAllString(m.HTML, ""), "\n")
	return html.UnescapeString(tags.ReplaceAllString(text, ""))
}

// passcode reads the passcode of a mail accepted at now: of its text, or else of
// its HTML, whose text may only say that there is one.
func (m Mail) passcode(now time.Time) *passcode.Passcode {
	if m.Text != "" {
		if p := passcode.FindIn(m.Subject, m.Text, now); p != nil || m.HTML == "" {
			return p
		}
		m.Text = ""
	}
	return passcode.FindIn(m.Subject, m.Words(), now)
}
