package passcode

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A meaning is what a word says of a number near it.
type meaning uint8

const (
	none    meaning = iota
	names           // it is a passcode
	hints           // it may be one: a code, a password
	about           // the text is about proving who one is
	enters          // it is to be typed
	until           // it tells how long
	other           // it is something else
	perhaps         // it may be something else
)

var meanings = map[string]meaning{
	"names":   names,
	"hints":   hints,
	"about":   about,
	"enters":  enters,
	"until":   until,
	"other":   other,
	"perhaps": perhaps,
}

//go:embed words.txt
var wordsText string

// A word is one that is looked for.
type word struct {
	text  string
	means meaning
}

// vocabulary are the words by their first character, in as many places as are
// needed to tell most characters from those that begin none; the longest first.
var vocabulary = func() (all [1 << 12][]word) {
	for line := range strings.Lines(wordsText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		kind, list, _ := strings.Cut(line, ": ")
		if meanings[kind] == none {
			panic(fmt.Sprintf("words.txt: %q means nothing", kind))
		}
		for text := range strings.SplitSeq(list, ", ") {
			c, _ := utf8.DecodeRuneInString(text)
			all[place(c)] = append(all[place(c)], word{text, meanings[kind]})
		}
	}
	for _, list := range all {
		slices.SortStableFunc(list, func(a, b word) int { return len(b.text) - len(a.text) })
	}
	return all
}()

func place(c rune) rune { return c & (1<<12 - 1) }

// A mark is a word where it stands in a text.
type mark struct {
	from, to int
	means    meaning
}

// marked finds the words of a folded text, the longest at each place, and none
// that is part of another. A word in Latin letters stands alone.
func marked(text string) []mark {
	marks := make([]mark, 0, 6)
	end, latin := 0, false // of the last mark; of the letter before
	for i, c := range text {
		before := latin
		latin = 'a' <= c && c <= 'z'
		if before && latin {
			continue
		}
		for _, w := range vocabulary[place(c)] {
			if !strings.HasPrefix(text[i:], w.text) {
				continue
			}
			to := i + len(w.text)
			if letter(w.text, len(w.text)-1) && letter(text, to) {
				continue // the beginning of a longer word
			}
			if to > end {
				marks = append(marks, mark{i, to, w.means})
				end = to
			}
			break
		}
	}
	return marks
}

// letter tells whether there is a Latin letter at a place of a folded text.
func letter(text string, at int) bool {
	return at >= 0 && at < len(text) && 'a' <= text[at] && text[at] <= 'z'
}

func digit(text string, at int) bool {
	return at >= 0 && at < len(text) && '0' <= text[at] && text[at] <= '9'
}
