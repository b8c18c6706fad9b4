package mailbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

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
	Key                   string // the idempotency key of the mail (KeyHeader), "" for none
}

// Compose writes the draft as an RFC 5322 message in UTF-8.
func Compose(d Draft) ([]byte, error) {
	var h mail.Header
	h.SetDate(d.Date)
	h.SetAddressList("From", []*mail.Address{{Name: d.FromName, Address: d.FromAddress}})
	h.SetAddressList("To", []*mail.Address{{Address: d.To}})
	h.SetSubject(d.Subject)
	h.SetMessageID(d.MessageID)
	if d.Key != "" {
		h.Set(KeyHeader, d.Key)
	}
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
// first plain text and the first HTML, and what else there is. What is not as it
// should be is read as well as can be, as mail programs do, and told as a flaw.
func parse(raw []byte) (Mail, error) {
	m := Mail{Raw: string(raw)}
	texts := map[string]*string{"text/plain": &m.Text, "text/html": &m.HTML}
	w, err := walk(raw, func(p *part, note func(...string)) bool {
		a := describe(p)
		data, flaw := p.data()
		if flaw != "" {
			note(flaw)
		}
		if into := texts[a.Type]; into != nil && a.Name == "" {
			delete(texts, a.Type) // the first is what is read
			label := p.params["charset"]
			if label == "" && a.Type == "text/html" {
				label = metaCharset(data)
			}
			text, flaw := decoded(data[:min(len(data), maxText)], label)
			if flaw != "" {
				note(flaw)
			}
			*into = strings.ReplaceAll(text, "\r\n", "\n")
			return true
		}
		a.Size = len(data)
		m.Attachments = append(m.Attachments, a)
		return true
	})
	if err != nil {
		return m, err
	}
	m.Subject, m.From, m.Flaws = decodeWords(w.top.get("Subject")), sender(w.top.get("From")), w.flaws
	m.key = strings.TrimSpace(w.top.get(KeyHeader))
	m.sign, m.looks = signed(&m, w.top.fields), &looks{}
	return m, nil
}

// head is the header of a mail.
func head(raw []byte) *part {
	var p part
	p.open(raw, 0, len(raw))
	return &p
}

// walk hands over each part of a mail, with what takes its flaws, until do
// answers false. The error is of parts that nest too deep. One with more mails
// inside of it than anybody forwards is refused: whoever looks at its structure
// looks for long.
func walk(raw []byte, do func(p *part, note func(...string)) bool) (*walker, error) {
	if bytes.Count(raw, []byte("essage/")) > maxParts {
		return nil, fmt.Errorf("%w: more than %d mails within it", ErrMessage, maxParts)
	}
	w := &walker{raw: raw, left: maxParts}
	w.do = func(p *part) bool { return do(p, w.note) }
	if w.walk(0, len(raw), 0); w.deep {
		return nil, fmt.Errorf("%w: its parts nest deeper than %d", ErrMessage, maxDepth)
	}
	return w, nil
}

var metaLabel = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([-a-z0-9_:.#]{1,40})`)
})

// metaCharset is the character set that HTML itself names near its beginning.
func metaCharset(html []byte) string {
	if found := metaLabel().FindSubmatch(html[:min(len(html), 2048)]); found != nil {
		return string(found[1])
	}
	return ""
}

// sender reads the first address of a From header: its name and it, or what
// stands there.
func sender(field string) string {
	first := firstAddress(field)
	open := strings.LastIndexByte(first, '<')
	if open < 0 {
		return strings.TrimSpace(decodeWords(first))
	}
	address, _, _ := strings.Cut(first[open+1:], ">")
	name := strings.TrimSpace(first[:open])
	if quoted, ok := strings.CutPrefix(name, `"`); ok {
		name = unescape.Replace(strings.TrimSuffix(quoted, `"`))
	}
	address = strings.TrimSpace(address)
	if name = strings.TrimSpace(decodeWords(name)); name == "" {
		return address
	}
	return name + " <" + address + ">"
}

// firstAddress is a list of addresses up to its first comma that is in no quotes.
func firstAddress(field string) string {
	quoted, address := false, false
	for i := 0; i < len(field); i++ {
		switch c := field[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == '@':
			address = true
		case c == ',' && !quoted && address:
			return field[:i]
		}
	}
	return field
}

// describe is the kind of a part.
func describe(p *part) (a Attachment) {
	disposition, params := "", map[string]string(nil)
	if text := p.get("Content-Disposition"); text != "" {
		var err error
		if disposition, params, err = parameters(text); err != nil {
			disposition, _, _ = strings.Cut(strings.ToLower(text), ";")
			params = looseParams(text)
		}
		a.Name = decodeWords(params["filename"]) // in encoded words, as many programs write it
	}
	a.Type = p.media
	if a.Name == "" {
		a.Name = decodeWords(p.params["name"])
	}
	if a.Name == "" && disposition == "attachment" {
		a.Name = "attachment"
	}
	a.ContentID = strings.Trim(p.get("Content-Id"), "<> ")
	return a
}

// ErrAttachment is the error of an attachment that a mail does not have.
var ErrAttachment = errors.New("the mail has no such attachment")

// Attachment reads the n-th attachment of the mail, from 0.
func (m Mail) Attachment(n int) (Attachment, []byte, error) {
	if n < 0 || n >= len(m.Attachments) {
		return Attachment{}, nil, ErrAttachment
	}
	seen := map[string]bool{}
	var found []byte
	at := 0
	_, err := walk([]byte(m.Raw), func(p *part, _ func(...string)) bool {
		a := describe(p)
		if text := a.Type == "text/plain" || a.Type == "text/html"; text && a.Name == "" && !seen[a.Type] {
			seen[a.Type] = true
			return true
		}
		if at++; at <= n {
			return true
		}
		found, _ = p.data() // as it came where it cannot be decoded
		return false
	})
	return m.Attachments[n], found, err
}

// Headers are the mail's header, field by field, decoded.
func (m Mail) Headers() []Header {
	all := head([]byte(m.Raw)).fields
	for i := range all {
		all[i].Value = decodeWords(all[i].Value)
	}
	return all
}

// Mended is the raw message with lines taken out of its headers that are no part
// of one, and the empty line put in that ends a header where it is missing: what
// a strict reader can read. Without flaws it is the raw message.
func (m Mail) Mended() string {
	if len(m.Flaws) == 0 {
		return m.Raw
	}
	w, err := walk([]byte(m.Raw), func(*part, func(...string)) bool { return true })
	if err != nil || len(w.cut) == 0 && len(w.gaps) == 0 {
		return m.Raw
	}
	slices.SortFunc(w.cut, func(a, b span) int { return a.from - b.from })
	slices.Sort(w.gaps)
	var out strings.Builder
	at := 0
	to := func(end int) {
		if end > at {
			out.WriteString(m.Raw[at:end])
			at = end
		}
	}
	for len(w.cut) > 0 || len(w.gaps) > 0 {
		if len(w.gaps) == 0 || len(w.cut) > 0 && w.cut[0].from < w.gaps[0] {
			to(w.cut[0].from)
			at = max(at, w.cut[0].to)
			w.cut = w.cut[1:]
			continue
		}
		to(w.gaps[0])
		out.WriteString("\r\n")
		w.gaps = w.gaps[1:]
	}
	to(len(m.Raw))
	return out.String()
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

// unescape reads the quoted characters of a quoted string.
var unescape = strings.NewReplacer(`\"`, `"`, `\\`, `\`)
