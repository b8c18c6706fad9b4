package world

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A digit is one decimal digit of a text, in whatever script or form.
type digit struct {
	at, end int // bytes
	value   byte
	begins  bool // a group: something that is no digit stands before it
}

// apart is how many characters that are neither letters nor digits may stand between
// two digits of one number.
const apart = 2

// maskWritten masks the numbers of cards however they are written: in groups by dots,
// slashes or spaces that nobody sees, in digits of other scripts or in circles. Times
// and telephones stand side by side as well, so that only what a brand can have is
// taken for a card's.
func maskWritten(text string) string {
	var out strings.Builder
	done := 0
	for _, run := range digitRuns(text) {
		from, to := brandedIn(run)
		if from == to {
			continue
		}
		out.WriteString(text[done:run[from].at])
		for _, d := range run[from : from+6] {
			out.WriteByte(d.value)
		}
		out.WriteString(strings.Repeat("*", to-from-9))
		for _, d := range run[to-3 : to] {
			out.WriteByte(d.value)
		}
		done = run[to-1].end
	}
	if done == 0 {
		return text
	}
	out.WriteString(text[done:])
	return out.String()
}

// digitRuns are the runs of digits of a text that may have a card's number in them.
func digitRuns(text string) (runs [][]digit) {
	var run []digit
	between := 0
	end := func() {
		if len(run) >= 15 {
			runs = append(runs, run)
		}
		run = nil
	}
	for at, c := range text {
		switch value, is := decimal(c); {
		case is:
			run = append(run, digit{at: at, end: at + utf8.RuneLen(c), value: value, begins: between > 0 || len(run) == 0})
			between = 0
		case isLetter(c):
			end()
		default:
			if between++; between > apart {
				end()
			}
		}
	}
	end()
	return runs
}

// brandedIn finds the number of a card in a run: some groups of it, else a part of a
// group that is longer. An empty span is none.
func brandedIn(run []digit) (from, to int) {
	values := make([]byte, len(run))
	begins := []int{}
	for i, d := range run {
		values[i] = d.value
		if d.begins {
			begins = append(begins, i)
		}
	}
	return spanOfCard(string(values), append(begins, len(run)))
}

// decimal is the value of a digit, as a character. False: it is none.
func decimal(c rune) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return byte(c), true
	case c < 0xb2 || isKanaOrKanji(c):
		return 0, false
	case unicode.Is(unicode.Nd, c):
		for _, r := range unicode.Nd.R16 {
			if rune(r.Lo) <= c && c <= rune(r.Hi) {
				return byte('0' + (c-rune(r.Lo))%10), true
			}
		}
		for _, r := range unicode.Nd.R32 {
			if rune(r.Lo) <= c && c <= rune(r.Hi) {
				return byte('0' + (c-rune(r.Lo))%10), true
			}
		}
	case unicode.Is(unicode.No, c): // in circles, raised, lowered
		if plain := norm.NFKC.String(string(c)); len(plain) == 1 && '0' <= plain[0] && plain[0] <= '9' {
			return plain[0], true
		}
		switch {
		case '❶' <= c && c <= '❾':
			return byte('1' + c - '❶'), true
		case c == '⓿':
			return '0', true
		}
	}
	return 0, false
}

func isLetter(c rune) bool {
	if c < utf8.RuneSelf {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	return isKanaOrKanji(c) || unicode.IsLetter(c)
}

// isKanaOrKanji tells of most letters of Japanese, without a look at tables.
func isKanaOrKanji(c rune) bool {
	return 'ぁ' <= c && c <= 'ヿ' && c != '・' || '一' <= c && c <= '鿿'
}
