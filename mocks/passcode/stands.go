package passcode

import (
	"strings"
	"unicode/utf8"
)

// headed is the word about proving who one is that a number stands right behind,
// with a colon between, like 認証: 482913.
func (r *reading) headed(n *number) string {
	for _, m := range r.marks {
		if m.means != about || m.to > n.from {
			continue
		}
		if gap := r.text[m.to:n.from]; strings.Contains(gap, ":") && strings.Trim(gap, ": ") == "" {
			return r.text[m.from:m.to]
		}
	}
	return ""
}

// alone tells whether nothing that means something stands beside a number on its
// line.
func (r *reading) alone(n *number) bool {
	from := strings.LastIndexByte(r.text[:n.from], '\n') + 1
	to := len(r.text)
	if end := strings.IndexByte(r.text[n.to:], '\n'); end >= 0 {
		to = n.to + end
	}
	if n.from-from > reach || to-n.to > reach {
		return false
	}
	before, _ := r.between(from, n.from)
	after, _ := r.between(n.to, to)
	return before == 0 && after == 0
}

// entered is the word of a number's sentence that says that it is to be typed.
func (r *reading) entered(n *number) string {
	for _, m := range r.marks {
		if m.means != enters || m.from > n.to+reach || n.from > m.to+reach {
			continue
		}
		var crossed int
		if m.to <= n.from {
			_, crossed = r.between(m.to, n.from)
		} else {
			_, crossed = r.between(n.to, m.from)
		}
		if crossed == 0 || crossed == 1 && m.to <= n.from && r.follows(n) {
			return r.text[m.from:m.to]
		}
	}
	return ""
}

// follows tells whether a number is all that stands on its line behind the end of
// a sentence, as in "次の数字をご入力ください。 482913".
func (r *reading) follows(n *number) bool {
	before := strings.TrimRightFunc(r.text[:n.from], connects)
	rest, _, _ := strings.Cut(r.text[n.to:], "\n")
	return (strings.HasSuffix(before, "。") || strings.HasSuffix(before, ".")) && strings.TrimFunc(rest, connects) == ""
}

func (r *reading) bracketed(n *number) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(r.text[:n.from], " "))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(r.text[n.to:], " "))
	return strings.ContainsRune("「『【〈《〔[<\"'“*", before) && strings.ContainsRune("」』】〉》〕]>\"'”*", after)
}

// shape is what the digits themselves say for a number, or against it.
func (r *reading) shape(n *number) int {
	score := 0
	switch len(n.digits) {
	case 6:
		score = 4
	case 4, 8:
		score = 2
	}
	if n.letters {
		score += 6
	}
	if r.bracketed(n) {
		score += 2
	}
	if r.alone(n) {
		score += 6
	}
	switch {
	case len(n.digits) == 4 && n.kind == plain && (strings.HasPrefix(n.digits, "19") || strings.HasPrefix(n.digits, "20")):
		score -= 10 // a year, more often
	case len(n.digits) == 4 && (n.digits == "0120" || n.digits == "0800" || n.digits == "0570"):
		score -= 20
	case len(n.digits) == 8 && n.kind == plain && strings.HasPrefix(n.digits, "20") && n.digits[4] <= '1' && n.digits[6] <= '3':
		score -= 12 // a day
	}
	return score
}
