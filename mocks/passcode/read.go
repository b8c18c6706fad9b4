package passcode

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A reading is what was made of a text.
type reading struct {
	text   string // folded, the subject before it
	marks  []mark
	all    []number
	likely []Candidate
	not    []Dismissed
}

// The scores of what speaks for a number, before what lies between takes off.
const (
	byLine     = 100 // the line that browsers read
	named      = 60  // a word before it says what it is
	namedAfter = 56
	hinted     = 46
	hintedSoon = 42
	alone      = 34 // it stands alone on its line, in a text that speaks of a passcode
	typed      = 34 // its sentence says that it is to be typed
	bracketed  = 28
	enough     = 20 // less is no passcode
)

// A link is a word that calls a number something.
type link struct {
	number, mark int
	score        int
	near         bool // in the same sentence
}

func read(subject, text string) *reading {
	r := &reading{text: fold(text)}
	if subject != "" {
		r.text = fold(subject) + "\n" + r.text
	}
	if r.all = numbers(r.text, maxNumbers); len(r.all) == 0 {
		return r
	}
	r.marks = marked(r.text)
	for i := range r.all {
		if n := &r.all[i]; (n.kind == plain || n.kind == joined) && len(n.digits) >= 4 {
			if beside(r.text, n); n.kind != no && !n.web {
				n.taken, n.off = r.called(n)
			}
		}
	}
	links := r.links()
	for i := range r.all {
		if n := &r.all[i]; n.kind == plain || n.kind == joined {
			r.judge(i, links)
		} else if n.kind == no && len(n.digits) >= 4 {
			r.dismiss(n, n.reason)
		}
	}
	r.likely = settle(r.likely)
	return r
}

func (r *reading) dismiss(n *number, reason string) {
	r.not = append(r.not, Dismissed{r.text[n.from:n.to], reason})
}

// speaks tells whether the text speaks of a passcode, and whether it names one.
func (r *reading) speaks() (at, byName bool) {
	for _, m := range r.marks {
		switch m.means {
		case names, hints:
			at, byName = true, true
		case about:
			at = true
		}
	}
	return at, byName
}

// links are the words that call each number something; a word calls one number
// only, the one it fits best.
func (r *reading) links() [][]link {
	all := make([][]link, len(r.all))
	best := map[int]int{}
	for i := range r.all {
		n := &r.all[i]
		if n.kind != plain && n.kind != joined || len(n.digits) < 4 || len(n.digits) > 8 {
			continue
		}
		if n.taken != "" {
			continue
		}
		for _, l := range r.around(i) {
			if l.score > best[l.mark] {
				best[l.mark] = l.score
			}
			all[i] = append(all[i], l)
		}
	}
	for i := range all {
		for j := range all[i] {
			switch l := &all[i][j]; {
			case l.score == best[l.mark]:
			case r.also(i):
				l.score = best[l.mark]
			case l.near:
				l.score -= 10
			default:
				l.score -= 25
			}
		}
	}
	return all
}

// also tells whether a number is told as well as the one before it.
func (r *reading) also(i int) bool {
	if i == 0 {
		return false
	}
	gap := strings.Trim(r.text[r.all[i-1].to:r.all[i].from], " 「」『』【】\"'")
	switch gap {
	case "または", "又は", "もしくは", "か", "or", "/":
		return true
	}
	return false
}

// around are the links of a number to the nearest word on either side.
func (r *reading) around(i int) []link {
	n := &r.all[i]
	var found []link
	at := len(r.marks)
	for at > 0 && r.marks[at-1].from >= n.from {
		at--
	}
	for j := at - 1; j >= 0 && n.from-r.marks[j].to < reach; j-- {
		m := r.marks[j]
		if m.means != names && m.means != hints || m.to > n.from {
			continue
		}
		left, crossed := r.between(m.to, n.from)
		score := named
		if m.means == hints {
			score = hinted
		}
		found = append(found, link{i, j, score - left - 8*crossed, crossed == 0})
		break
	}
	for j := at; j < len(r.marks) && r.marks[j].from-n.to < reach; j++ {
		m := r.marks[j]
		if m.means != names && m.means != hints {
			continue
		}
		left, crossed := r.between(n.to, m.from)
		score := namedAfter
		if m.means == hints {
			score = hintedSoon
		}
		found = append(found, link{i, j, score - left - 10*crossed, crossed == 0})
		break
	}
	return found
}

// reach is how many bytes a word may be away from what it names.
const reach = 240

// between tells how many characters that mean something stand between two
// places, and how many sentences end there.
func (r *reading) between(from, to int) (left, crossed int) {
	if to <= from {
		return 0, 0
	}
	ended, depth := false, 0
	gap := r.text[from:to]
	for i, c := range gap {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth = max(0, depth-1)
		case c == '。' || c == '\n' || c == '!' || c == '?', c == '.' && (i+1 == len(gap) || gap[i+1] == ' ' || gap[i+1] == '\n'):
			if !ended {
				crossed++
			}
			ended = true
		case connects(c):
		default:
			ended = false
			if depth == 0 {
				left++
			}
		}
	}
	return left, crossed
}

// connectors stand between a number and what it is called.
const connectors = " \t　:;=-–—~〜>→⇒|｜*_'\"`´“”‘’・,、はがを「」『』【】〈〉《》〔〕[]{}<>■□▼▽◆◇●○★☆※━─═＝#です/ー…"

var connecting = func() (set [1 << 10]uint64) {
	for _, c := range connectors {
		set[c>>6] |= 1 << (c & 63)
	}
	return set
}()

func connects(c rune) bool { return c < 1<<16 && connecting[c>>6]&(1<<(c&63)) != 0 }

// judge decides of a number.
func (r *reading) judge(i int, links [][]link) {
	n := &r.all[i]
	if len(n.digits) < 4 {
		return
	}
	if n.kind == no {
		r.dismiss(n, n.reason)
		return
	}
	if len(n.digits) > 8 {
		r.dismiss(n, "longer than a passcode is")
		return
	}
	if n.web {
		r.likely = append(r.likely, Candidate{n.digits, "the last line that browsers read has it", byLine})
		return
	}
	if n.taken != "" {
		r.dismiss(n, `it is called "`+n.taken+`"`)
		return
	}
	c := r.fits(i, links[i])
	c.score += r.shape(n) - n.off
	if c.Reason == "" || c.score < enough {
		r.dismiss(n, "no word near it calls it a passcode")
		return
	}
	for j := range r.likely {
		if r.likely[j].Code == c.Code {
			r.likely[j].score = max(r.likely[j].score, c.score) + 4 // told twice
			return
		}
	}
	r.likely = append(r.likely, c)
}

// called is the word of something else that stands right before a number, and
// how much less likely a passcode it is after one that may be of something else.
func (r *reading) called(n *number) (taken string, off int) {
	proves := false // a word about proving who one is stands nearer
	for j := len(r.marks) - 1; j >= 0; j-- {
		m := r.marks[j]
		if m.to > n.from || (m.means == other || m.means == perhaps) && r.sender(m, n) {
			continue
		}
		proves = proves || m.means == about
		if m.means == until || m.means == enters || m.means == about {
			continue
		}
		left, crossed := r.between(m.to, n.from)
		if crossed > 0 && (left > 0 || crossed > 1) || r.has(m, n) {
			return "", 0
		}
		switch {
		case m.means == other && left <= 6:
			return r.text[m.from:m.to], 0
		case m.means == perhaps && left <= 2 && !proves:
			return "", 22
		}
		return "", 0
	}
	return "", 0
}

// sender tells whether a word before a number is a part of what stands in brackets
// before it, as in "[XY CARD] 482913": who sent the text. A word that is all that
// stands there may be a heading, unless the number is called a passcode behind it.
func (r *reading) sender(m mark, n *number) bool {
	gap := r.text[m.to:n.from]
	if len(gap) > reach {
		return false
	}
	closed := strings.IndexAny(gap, "】])>")
	opened := strings.LastIndexAny(r.text[max(0, m.from-reach):m.from], "【[(<】])>\n")
	if closed < 0 || opened < 0 || strings.ContainsAny(gap[:closed], "【[(<\n") {
		return false
	}
	opened += max(0, m.from-reach)
	if c, _ := utf8.DecodeRuneInString(r.text[opened:]); !strings.ContainsRune("【[(<", c) {
		return false
	}
	_, width := utf8.DecodeRuneInString(r.text[opened:])
	if strings.TrimSpace(r.text[opened+width:m.from]+gap[:closed]) != "" {
		return true
	}
	for _, later := range r.marks {
		if later.from >= n.to && later.means == names {
			_, crossed := r.between(n.to, later.from)
			return crossed == 0 && !slices.ContainsFunc(r.all, func(o number) bool { return o.from >= n.to && o.to <= later.from })
		}
	}
	return false
}

// has tells whether a word before a number has one of its own, nearer to it, as
// in "card ending 1009 is 482913".
func (r *reading) has(m mark, n *number) bool {
	for i := range r.all {
		if o := &r.all[i]; o.from >= m.to && o.to <= n.from && len(o.digits) >= 3 {
			return true
		}
	}
	return false
}

// fits is the best that speaks for a number.
func (r *reading) fits(i int, links []link) Candidate {
	n := &r.all[i]
	best := Candidate{Code: n.digits}
	take := func(score int, reason string) {
		if score > best.score {
			best.score, best.Reason = score, reason
		}
	}
	for _, l := range links {
		m := r.marks[l.mark]
		take(l.score, `it is called "`+r.text[m.from:m.to]+`"`)
	}
	speaks, byName := r.speaks()
	if !speaks {
		return best
	}
	if w := r.headed(n); w != "" {
		take(alone, `it stands behind "`+w+`:"`)
	}
	off := 0
	if !byName {
		off = 10
	}
	if r.alone(n) {
		take(alone-off, "it stands alone on its line in a text that speaks of a passcode")
	}
	if w := r.entered(n); w != "" {
		take(typed-off, `its sentence says what to do with it: "`+w+`"`)
	}
	if r.bracketed(n) && byName {
		take(bracketed, "it stands in brackets in a text that speaks of a passcode")
	}
	return best
}
