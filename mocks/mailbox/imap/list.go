package imap

import (
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// A pattern is one of LIST (RFC 3501, 6.3.8): * is anything, % anything but the
// delimiter. The library's own takes a time that doubles with every wildcard;
// here all ways to match are followed at once, a bit for each place in the
// pattern, so that the time goes by the length of the name alone.
type pattern struct {
	places [256]places // where each byte stands in the pattern
	star   places
	part   places // of %
	last   uint
}

// maxPattern bounds a pattern: no name is as long.
const maxPattern = 255

// places are places in a pattern, and the end of it.
type places [(maxPattern + 64) / 64]uint64

func (p *places) set(i uint) { p[i>>6] |= 1 << (i & 63) }

func newPattern(text string) (*pattern, bool) {
	if len(text) > maxPattern {
		return nil, false
	}
	var p pattern
	n := uint(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		wild := c == '*' || c == '%'
		switch {
		case wild && n > 0 && p.star[(n-1)>>6]>>((n-1)&63)&1 == 1: // ** and *% are *
			continue
		case wild && n > 0 && p.part[(n-1)>>6]>>((n-1)&63)&1 == 1: // %% is %, %* is *
			if c == '*' {
				p.part[(n-1)>>6] &^= 1 << ((n - 1) & 63)
				p.star.set(n - 1)
			}
			continue
		case c == '*':
			p.star.set(n)
		case c == '%':
			p.part.set(n)
		default:
			p.places[c].set(n)
		}
		n++
	}
	p.last = n
	return &p, true
}

// matches tells whether all of a name fits.
func (p *pattern) matches(name string) bool {
	var at places
	at.set(0)
	p.skip(&at)
	for i := 0; i < len(name); i++ {
		c := name[i]
		var next places
		carry, any := uint64(0), uint64(0)
		for w := range at {
			moved := at[w] & p.places[c][w]
			next[w] = moved<<1 | carry | at[w]&p.star[w]
			if c != delimiter {
				next[w] |= at[w] & p.part[w]
			}
			carry = moved >> 63
			any |= next[w]
		}
		if any == 0 {
			return false
		}
		at = next
		p.skip(&at)
	}
	return at[p.last>>6]>>(p.last&63)&1 == 1
}

// skip goes on behind wildcards, which may stand for nothing.
func (p *pattern) skip(at *places) {
	carry := uint64(0)
	for w := range at {
		wild := at[w] & (p.star[w] | p.part[w])
		at[w] |= wild<<1 | carry
		carry = wild >> 63
	}
}

// listed tells which names LIST is about.
func listed(ref string, texts []string) (func(name string) bool, error) {
	var all []*pattern
	for _, text := range texts {
		if strings.HasPrefix(text, string(delimiter)) { // from the root
			text = text[1:]
		} else if ref != "" {
			text = strings.TrimSuffix(ref, string(delimiter)) + string(delimiter) + text
		}
		for _, text := range []string{text, strings.ToUpper(text)} {
			p, ok := newPattern(text)
			if !ok {
				return nil, &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeLimit, Text: "The pattern is too long"}
			}
			all = append(all, p)
		}
	}
	return func(name string) bool {
		for i, p := range all {
			if (i%2 == 0 || name == inbox) && p.matches(name) { // INBOX is written in any case
				return true
			}
		}
		return false
	}, nil
}

// List implements imapserver.Session.
func (s *session) List(w *imapserver.ListWriter, ref string, patterns []string, options *imap.ListOptions) error {
	addresses, err := s.boxes.Addresses()
	if err != nil {
		return err
	}
	if len(patterns) == 0 {
		return w.WriteList(&imap.ListData{Attrs: []imap.MailboxAttr{imap.MailboxAttrNoSelect}, Delim: delimiter})
	}
	wanted, err := listed(ref, patterns)
	if err != nil {
		return err
	}
	if options == nil {
		options = &imap.ListOptions{}
	}
	if options.SelectSpecialUse {
		return nil // there is none
	}
	for _, name := range slices.Concat([]string{inbox}, addresses) {
		if !wanted(name) {
			continue
		}
		data := &imap.ListData{Delim: delimiter, Mailbox: name, Attrs: []imap.MailboxAttr{imap.MailboxAttrHasNoChildren}}
		if options.ReturnSubscribed || options.SelectSubscribed { // every mailbox is
			data.Attrs = append(data.Attrs, imap.MailboxAttrSubscribed)
		}
		if options.ReturnStatus != nil {
			if data.Status, err = s.Status(name, options.ReturnStatus); err != nil {
				return err
			}
		}
		if err := w.WriteList(data); err != nil {
			return err
		}
	}
	return nil
}

// Namespace implements imapserver.SessionNamespace: there is one, without a name.
func (s *session) Namespace() (*imap.NamespaceData, error) {
	return &imap.NamespaceData{Personal: []imap.NamespaceDescriptor{{Delim: delimiter}}}, nil
}
