package imap

import (
	"bytes"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"example.com/netanswer/mocks/mailbox"
)

// body is a section of a mail; the whole of it is what came, to the byte.
func body(m mailbox.Mail, raw string, section *imap.FetchItemBodySection) []byte {
	switch {
	case len(section.HeaderFields) > 0:
		whole := *section
		whole.HeaderFields, whole.Partial = nil, nil
		header := imapserver.ExtractBodySection(strings.NewReader(raw), &whole)
		return piece(only(header, section.HeaderFields), section.Partial)
	case len(section.Part) > 0 || section.Specifier != imap.PartSpecifierNone:
		return imapserver.ExtractBodySection(strings.NewReader(raw), section)
	}
	return []byte(piece(m.Raw, section.Partial)) // and no copy of the rest
}

// piece is what of the data is asked for; all of it where no piece is.
func piece[T string | []byte](data T, p *imap.SectionPartial) T {
	if p == nil {
		return data
	}
	from := min(max(0, p.Offset), int64(len(data)))
	return data[from:min(from+max(0, p.Size), int64(len(data)))]
}

// only is a header with the fields of some names only, and the empty line that ends
// it. The library takes the others out one by one, each time from the whole of
// those of the same name.
func only(header []byte, names []string) []byte {
	wanted := map[string]bool{}
	for _, n := range names {
		wanted[strings.ToLower(n)] = true
	}
	var kept []byte
	keep := false
	for line := range bytes.Lines(header) {
		if blank := len(bytes.TrimRight(line, "\r\n")) == 0; blank {
			return append(kept, line...)
		}
		if line[0] != ' ' && line[0] != '\t' {
			name, _, _ := bytes.Cut(line, []byte(":"))
			keep = wanted[strings.ToLower(string(bytes.TrimSpace(name)))]
		}
		if keep {
			kept = append(kept, line...)
		}
	}
	return kept
}
