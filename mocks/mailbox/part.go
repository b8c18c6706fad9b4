package mailbox

import (
	"bytes"
	"fmt"
	"io"
	"mime/quotedprintable"
	"strings"
)

// A part is a mail, or one of the parts of it, where it stands in the raw
// message.
type part struct {
	fields  []Header // as they came, unfolded, not decoded
	body    []byte
	media   string // type and subtype, lower case
	params  map[string]string
	flaws   []string // what is wrong with its header
	cut     []span   // of the raw message, what is no part of a header although it stands in one
	missing int      // where a header that is not there would end; 0 where there is one
}

// A span is a range of bytes.
type span struct{ from, to int }

// get is the first field of a name.
func (p *part) get(name string) string {
	for _, f := range p.fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// open reads a header, from a place in the raw message on, and what follows it.
func (p *part) open(raw []byte, from, to int) {
	p.body = p.header(raw, from, to)
	p.read()
}

// header reads a header and returns what follows it. A line that is no field is
// left out of the header; where there is no field at all, or none to come, all is
// body. What goes on a field in further lines is put to it once, when it ends: a
// header may have as many lines as the mail.
func (p *part) header(raw []byte, from, to int) (body []byte) {
	var further []byte
	goOn := func() {
		if len(further) > 0 {
			p.fields[len(p.fields)-1].Value += string(further)
			further = further[:0]
		}
	}
	defer goOn()
	for at := from; at < to; {
		end := lineEnd(raw, at, to)
		line := bytes.TrimRight(raw[at:end], "\r\n")
		name, value, ok := field(line)
		switch {
		case len(line) == 0:
			return raw[end:to]
		case (line[0] == ' ' || line[0] == '\t') && len(p.fields) > 0:
			further = append(further, line...)
		case ok:
			goOn()
			p.fields = append(p.fields, Header{name, value})
		case at == from && bytes.HasPrefix(line, []byte("From ")): // as mbox begins a mail
			p.cut = append(p.cut, span{at, end})
		case !fieldAhead(raw, end, to):
			p.missing = at
			if len(p.fields) == 0 {
				p.flaws = append(p.flaws, "there is no header")
			} else {
				p.flaws = append(p.flaws, "no empty line ends the header")
			}
			return raw[at:to]
		default:
			p.cut = append(p.cut, span{at, end})
			p.flaws = append(p.flaws, fmt.Sprintf("a line of the header is no field: %.60q", line))
		}
		at = end
	}
	return raw[to:to]
}

// lineEnd is where the line ends that stands at a place.
func lineEnd(raw []byte, at, to int) int {
	if i := bytes.IndexByte(raw[at:to], '\n'); i >= 0 {
		return at + i + 1
	}
	return to
}

// field reads a line as a field (RFC 5322, 2.2; a space before the colon is
// obsolete, and common).
func field(line []byte) (name, value string, ok bool) {
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 {
		return "", "", false
	}
	n := bytes.TrimRight(line[:colon], " \t")
	for _, c := range n {
		if c <= ' ' || c >= 0x7F {
			return "", "", false
		}
	}
	return string(n), strings.TrimLeft(string(line[colon+1:]), " \t"), len(n) > 0
}

// ahead is how many lines are looked at for a field after one that is none.
const ahead = 20

// fieldAhead tells whether a field follows before an empty line.
func fieldAhead(raw []byte, at, to int) bool {
	for range ahead {
		if at >= to {
			return false
		}
		end := lineEnd(raw, at, to)
		line := bytes.TrimRight(raw[at:end], "\r\n")
		if len(line) == 0 {
			return false
		}
		if _, _, ok := field(line); ok && knownField(line) {
			return true
		}
		at = end
	}
	return false
}

// knownField tells whether a line names a field that mail has, so that a text
// with a colon in it is not taken for one.
func knownField(line []byte) bool {
	name, _, _ := bytes.Cut(bytes.ToLower(line), []byte(":"))
	name = bytes.TrimSpace(name)
	if bytes.HasPrefix(name, []byte("x-")) || bytes.HasPrefix(name, []byte("content-")) || bytes.HasPrefix(name, []byte("list-")) ||
		bytes.HasPrefix(name, []byte("resent-")) || bytes.HasPrefix(name, []byte("arc-")) {
		return true
	}
	switch string(name) {
	case "from",
		"to",
		"cc",
		"bcc",
		"date",
		"subject",
		"sender",
		"reply-to",
		"message-id",
		"mime-version",
		"in-reply-to",
		"references",
		"received",
		"return-path",
		"dkim-signature",
		"authentication-results",
		"received-spf",
		"comments",
		"keywords",
		"user-agent",
		"importance",
		"priority",
		"precedence",
		"auto-submitted",
		"organization",
		"delivered-to",
		"errors-to",
		"feedback-id",
		"thread-topic",
		"thread-index",
		"accept-language",
		"domainkey-signature",
		"sensitivity":
		return true
	}
	return false
}

// read reads what the header says of the body.
func (p *part) read() {
	text := p.get("Content-Type")
	if text == "" {
		p.media, p.params = "text/plain", nil
		return
	}
	var err error
	if p.media, p.params, err = parameters(text); err != nil || p.params == nil {
		media, _, _ := strings.Cut(text, ";")
		p.media = strings.ToLower(strings.TrimSpace(media))
		p.params = looseParams(text)
	}
	if kind, sub, ok := strings.Cut(p.media, "/"); !ok || kind == "" || sub == "" {
		if p.media == "text" {
			p.media = "text/plain"
		} else {
			p.flaws = append(p.flaws, fmt.Sprintf("Content-Type %.60q cannot be read", text))
			p.media = "application/octet-stream"
		}
	}
}

// looseParams reads the parameters of a field that is not written as it should
// be: quotes left out or not closed, names without values, semicolons too many.
func looseParams(text string) map[string]string {
	params := map[string]string{}
	_, rest, _ := strings.Cut(text, ";")
	for rest != "" {
		rest = strings.TrimLeft(rest, " \t;,")
		name, after, ok := strings.Cut(rest, "=")
		if !ok {
			break
		}
		if semi := strings.LastIndexByte(name, ';'); semi >= 0 {
			name = name[semi+1:]
		}
		after = strings.TrimLeft(after, " \t")
		value := ""
		if quoted, ok := strings.CutPrefix(after, `"`); ok {
			value, rest, _ = strings.Cut(quoted, `"`)
		} else {
			value, rest, _ = strings.Cut(after, ";")
			value = strings.TrimSpace(value)
		}
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" && params[name] == "" {
			params[name] = value
		}
	}
	return params
}

// data is the body, its transfer encoding taken off. note tells where that is
// unknown, and the body as it came (RFC 2045, 6.4).
func (p *part) data() (data []byte, note string) {
	encoding, _, _ := strings.Cut(p.get("Content-Transfer-Encoding"), ";")
	if i := strings.IndexByte(encoding, '('); i >= 0 { // a comment
		encoding = encoding[:i]
	}
	encoding = strings.Trim(strings.ToLower(encoding), " \t\"'.")
	switch encoding {
	case "", "7bit", "8bit", "binary":
		return p.body, ""
	case "base64":
		return looseBase64(string(p.body)), ""
	case "quoted-printable":
		data, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(p.body)))
		if err != nil { // what is no code is left as it is
			data = looseQuoted(p.body)
		}
		return data, ""
	}
	return p.body, fmt.Sprintf("Content-Transfer-Encoding %.40q is unknown; shown as it came", encoding)
}

// looseQuoted decodes quoted-printable in which there are other things.
func looseQuoted(body []byte) []byte {
	out := make([]byte, 0, len(body))
	for i := 0; i < len(body); i++ {
		if body[i] != '=' {
			out = append(out, body[i])
			continue
		}
		switch rest := body[i+1:]; {
		case len(rest) >= 2 && hex(string(rest[:2])):
			out = append(out, byte(nibble(rest[0])<<4|nibble(rest[1])))
			i += 2
		case bytes.HasPrefix(rest, []byte("\r\n")):
			i += 2
		case bytes.HasPrefix(rest, []byte("\n")):
			i++
		default:
			out = append(out, '=')
		}
	}
	return out
}

// A walker goes through the parts of a mail.
type walker struct {
	raw   []byte
	do    func(p *part) bool // false ends it
	left  int                // parts it goes on to
	deep  bool
	flaws []string
	cut   []span
	gaps  []int // where an empty line is missing
	top   *part // the mail itself
}

// walk reads what stands between two places; false where it goes no further.
func (w *walker) walk(from, to, depth int) bool {
	var p part
	p.open(w.raw, from, to)
	if depth == 0 {
		w.top = &p
	}
	w.note(p.flaws...)
	if w.cut = append(w.cut, p.cut...); p.missing > 0 || len(p.flaws) > 0 && p.flaws[0] == "there is no header" {
		w.gaps = append(w.gaps, p.missing)
	}
	boundary := p.params["boundary"]
	if !strings.HasPrefix(p.media, "multipart/") {
		return w.do(&p)
	}
	start := to - len(p.body)
	spans := sections(w.raw, start, to, boundary, w.left)
	if boundary == "" || len(spans) == 0 {
		w.note("a multipart mail without its parts; shown as it came")
		p.media = "text/plain"
		return w.do(&p)
	}
	if depth >= maxDepth {
		w.deep = true
		return false
	}
	for _, s := range spans {
		if w.left--; w.left < 0 {
			return true
		}
		if !w.walk(s.from, s.to, depth+1) {
			return false
		}
	}
	return true
}

// note keeps what is wrong, once each.
func (w *walker) note(flaws ...string) {
	for _, f := range flaws {
		if len(w.flaws) < maxFlaws && (len(w.flaws) == 0 || w.flaws[len(w.flaws)-1] != f) {
			w.flaws = append(w.flaws, f)
		}
	}
}

const maxFlaws = 20

// sections are what stands between the lines of a boundary (RFC 2046, 5.1), at
// most so many. The last need not be closed.
func sections(raw []byte, from, to int, boundary string, most int) []span {
	mark := []byte("--" + boundary)
	var all []span
	begin := -1
	for at := from; at < to && len(all) < most; {
		var i int
		if i = bytes.Index(raw[at:to], mark); i < 0 {
			break
		}
		i += at
		end := lineEnd(raw, i, to)
		tail := bytes.TrimRight(raw[i+len(mark):end], " \t\r\n")
		if i > from && raw[i-1] != '\n' || len(tail) > 0 && string(tail) != "--" {
			at = i + len(mark)
			continue
		}
		if begin >= 0 {
			all = append(all, span{begin, trimmedEnd(raw, begin, i)})
		}
		if string(tail) == "--" {
			return all
		}
		begin, at = end, end
	}
	if begin >= 0 && len(all) < most {
		all = append(all, span{begin, to})
	}
	return all
}

// trimmedEnd is where a part ends before the line break that belongs to the
// boundary.
func trimmedEnd(raw []byte, begin, at int) int {
	if at > begin && raw[at-1] == '\n' {
		at--
	}
	if at > begin && raw[at-1] == '\r' {
		at--
	}
	return at
}
