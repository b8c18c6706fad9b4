package say

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Translate is a text in this language, line by line, as far as its sentences are
// in the phrase book; what is not stays as it is. What stands for a value in a
// sentence is translated likewise, for a sentence may hold another.
//
// What a scenario perceives is told where it is perceived, in Japanese, and what is
// wrong with a command in English: both are in the book, and so come out in one
// language.
func (l Language) Translate(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		bare := strings.TrimLeft(line, " ")
		lines[i] = line[:len(line)-len(bare)] + l.sentence(bare, 0)
	}
	return strings.Join(lines, "\n")
}

// deepest is how many sentences may stand in one another.
const deepest = 6

func (l Language) sentence(text string, depth int) string {
	if text == "" || depth > deepest {
		return text
	}
	for _, p := range book() {
		from, to := p.english, p.toJapanese
		if l == English {
			from, to = p.japanese, p.toEnglish
		}
		m := from.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		return l.filled(to, m, depth)
	}
	return l.reason(text, depth)
}

// filled is a sentence of these parts with its values, which are sentences or not.
func (l Language) filled(to []part, values []string, depth int) string {
	out := ""
	for _, part := range to {
		switch {
		case part.value == 0:
			out += part.text
		case part.name:
			out += values[part.value]
		default:
			out += l.sentence(values[part.value], depth+1)
		}
	}
	return out
}

// reason translates what a sentence of this language gives as its reason, after its
// last colon, or what an unknown one says after its first: the one who tells that something fails and what fails may speak
// different languages.
func (l Language) reason(text string, depth int) string {
	for _, p := range book() {
		own, to := p.japanese, p.toJapanese
		if l == English {
			own, to = p.english, p.toEnglish
		}
		if !endsInReason(to) {
			continue
		}
		if m := own.FindStringSubmatch(text); m != nil {
			return l.filled(to, m, depth)
		}
	}
	if where, rest, found := strings.Cut(text, ": "); found && !strings.Contains(text, "\n") { // the name of a file or a flag stands before
		return where + ": " + l.sentence(rest, depth+1)
	}
	return text
}

// endsInReason tells whether a sentence ends in a colon and a value; the last part is
// what stands after that value.
func endsInReason(sentence []part) bool {
	value := len(sentence) - 2
	return value > 0 && sentence[value+1].text == "" && strings.HasSuffix(sentence[value-1].text, ": ")
}

// A phrase is a pair of sentences, ready to be found.
type phrase struct {
	japanese, english     *regexp.Regexp
	toJapanese, toEnglish []part
	letters               int // that are no value
}

// A part of a sentence is a text, or the number of a value.
type part struct {
	text   string
	value  int
	digits bool // the value is a number
	name   bool // the value is the name of a file, and no sentence (%p)
}

// Failure is the text of a failure in this language. What it quotes may have several
// lines, so it is looked up as a whole, and then by its lines.
func (l Language) Failure(text string) string {
	return l.Translate(l.sentence(text, 0))
}

var verb = regexp.MustCompile(`%(?:[a-z]|\.[0-9]f)`)

func parts(sentence string) []part {
	var all []part
	last, n := 0, 0
	for _, at := range verb.FindAllStringIndex(sentence, -1) {
		n++
		kind := sentence[at[1]-1]
		all = append(all, part{text: plain(sentence[last:at[0]])}, part{value: n, digits: kind == 'd', name: kind == 'p'})
		last = at[1]
	}
	return append(all, part{text: plain(sentence[last:])})
}

func plain(text string) string { return strings.ReplaceAll(text, "%%", "%") }

func pattern(all []part) *regexp.Regexp {
	var b strings.Builder
	b.WriteString("(?s)^")
	for _, p := range all {
		switch {
		case p.digits:
			b.WriteString("(-?[0-9]+)")
		case p.value > 0:
			b.WriteString("(.*?)")
		default:
			b.WriteString(regexp.QuoteMeta(p.text))
		}
	}
	return regexp.MustCompile(b.String() + "$")
}

// book is the phrase book, the sentences with the most words of their own first:
// one that is nearly all values would match what it does not mean.
var book = sync.OnceValue(func() []phrase {
	var found []phrase
	for _, pair := range pairs() {
		ja, en := parts(pair[0]), parts(pair[1])
		p := phrase{japanese: pattern(ja), english: pattern(en), toJapanese: ja, toEnglish: en}
		for _, piece := range ja {
			p.letters += len([]rune(piece.text))
		}
		found = append(found, p)
	}
	slices.SortStableFunc(found, func(a, b phrase) int { return b.letters - a.letters })
	return found
})

// pairs are the sentences of all subjects.
func pairs() [][2]string {
	return slices.Concat(phrases, suites, commands, targets, defects, places, acts)
}

// Knows tells whether a sentence, as a format, is in the book.
func Knows(format string) bool {
	return slices.ContainsFunc(pairs(), func(pair [2]string) bool {
		return pair[0] == format || pair[1] == format
	})
}
