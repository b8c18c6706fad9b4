package mailbox

import (
	"html"
	"regexp"
	"strings"
)

// Visible is what a person sees of the mail's HTML: its text, without tags,
// comments, styles and what is not shown.
func (m Mail) Visible() string { return visible(m.HTML) }

// Words are what a person reads of the mail: its text, or its HTML where it has
// none.
func (m Mail) Words() string {
	if m.Text != "" || m.HTML == "" {
		return m.Text
	}
	return m.Visible()
}

// breaking end a line where they begin and where they end; unseen are not shown
// at all; void have no end.
var (
	breaking = set(
		"address article aside blockquote br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody thead tfoot tr ul",
	)
	unseen = set("head script style template title noframes object iframe select textarea svg math")
	void   = set("area base br col embed hr img input link meta source track wbr")
	hiding = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)
)

func set(names string) map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		all[name] = true
	}
	return all
}

// visible reads HTML as far as that is needed to tell what is seen. It goes
// through it once.
func visible(text string) string {
	if text == "" {
		return ""
	}
	var out strings.Builder
	hidden, depth := "", 0 // the element that is not shown, and how deep it is in its like
	each(text, func(t tag) {
		switch {
		case hidden != "":
			if t.name == hidden && !t.single {
				if t.closes {
					depth--
				} else {
					depth++
				}
				if depth == 0 {
					hidden = ""
				}
			}
			return
		case t.name == "":
			out.WriteString(html.UnescapeString(t.text))
			return
		}
		if !t.closes && !void[t.name] && !t.single &&
			(unseen[t.name] || strings.ContainsAny(t.text, ":") && hiding.MatchString(t.text) || hiddenAttribute(t.text)) {
			hidden, depth = t.name, 1
			return
		}
		switch {
		case breaking[t.name]:
			out.WriteByte('\n')
		case t.name == "td" || t.name == "th":
			out.WriteByte(' ')
		}
	})
	return out.String()
}

// hiddenAttribute tells whether a tag has the attribute hidden.
func hiddenAttribute(tag string) bool {
	for f := range strings.FieldsSeq(tag) {
		if f == "hidden" || f == "hidden=\"\"" {
			return true
		}
	}
	return false
}

// A tag is one of HTML, or the text between two.
type tag struct {
	name   string // lower case; "" of text
	closes bool
	single bool   // <like this/>
	text   string // of a tag, what stands in it after the name
}

// each goes through HTML once. Where a tag, comment or script does not end, the
// rest belongs to it.
func each(text string, do func(tag)) {
	for text != "" {
		open := strings.IndexByte(text, '<')
		if open < 0 {
			do(tag{text: text})
			return
		}
		if open > 0 {
			do(tag{text: text[:open]})
			text = text[open:]
		}
		switch {
		case strings.HasPrefix(text, "<!--"):
			_, text, _ = strings.Cut(text[4:], "-->")
			continue
		case strings.HasPrefix(text, "<!") || strings.HasPrefix(text, "<?"):
			_, text, _ = strings.Cut(text, ">")
			continue
		case len(text) < 2 || !letterOrSlash(text[1]):
			do(tag{text: "<"})
			text = text[1:]
			continue
		}
		end := tagEnd(text)
		t := read1(text[1:end])
		text = text[min(end+1, len(text)):]
		do(t)
		if raw := t.name == "script" || t.name == "style"; raw && !t.closes && !t.single {
			at := indexFold(text, "</"+t.name)
			if at < 0 {
				return
			}
			text = text[at:]
		}
	}
}

func letterOrSlash(c byte) bool {
	return c == '/' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// tagEnd is where the > of a tag is: none in quotes counts.
func tagEnd(text string) int {
	quote := byte(0)
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && text[i-1] == '=':
			quote = c
		case c == '>':
			return i
		}
	}
	return len(text)
}

// read1 reads what stands in a tag.
func read1(text string) (t tag) {
	text, t.closes = strings.CutPrefix(text, "/")
	end := strings.IndexFunc(text, func(c rune) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/' || c == '>' })
	if end < 0 {
		end = len(text)
	}
	t.name, t.text = strings.ToLower(text[:end]), text[end:]
	t.single = strings.HasSuffix(t.text, "/")
	return t
}

// indexFold is where a word of ASCII is, in whatever case.
func indexFold(text, word string) int {
	for at := 0; ; {
		i := strings.IndexByte(text[at:], word[0])
		if i < 0 || len(text)-at-i < len(word) {
			return -1
		}
		if at += i; strings.EqualFold(text[at:at+len(word)], word) {
			return at
		}
		at++
	}
}
