package world

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"
)

var (
	// cardLike is what may have the number of a card in it: 13 digits or more, half
	// or full width, maybe in groups.
	cardLike = regexp.MustCompile(`[0-9０-９](?:[ 　‐－-]?[0-9０-９]){12,}`)
	// queries are those of addresses, where tokens stand.
	queries = regexp.MustCompile(`(https?://[^\s"?]+)\?[^\s"]*`)
)

// longest is how many bytes an entry of the timeline has at most: what it is about
// stands elsewhere in full.
const longest = 4 << 10

// discreet masks, in what is told to people who test, every number that a card may
// have, and the queries of addresses.
func discreet(text string) string {
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	if strings.IndexByte(text, '?') >= 0 {
		text = queries.ReplaceAllString(text, "$1?…")
	}
	return withoutCards(text)
}

// withoutCards masks the numbers that a card may have.
func withoutCards(text string) string {
	if manyDigits(text) {
		text = maskWritten(cardLike.ReplaceAllStringFunc(text, masked))
	}
	return text
}

// manyDigits tells whether there are digits enough for a card's number, with little
// between them: it is asked of every entry, and of most in vain.
func manyDigits(text string) bool {
	digits, between := 0, 0
	for _, c := range text {
		if _, is := decimal(c); is {
			if digits, between = digits+1, 0; digits >= 13 {
				return true
			}
			continue
		}
		if between++; between > apart || isLetter(c) {
			digits = 0
		}
	}
	return false
}

// masked masks a run of digits, maybe in groups, if a card's number is it or stands
// in it.
func masked(run string) string {
	var digits strings.Builder
	begins := []int{0} // of groups, and the end of the last
	for _, c := range width.Narrow.String(run) {
		if '0' <= c && c <= '9' {
			digits.WriteRune(c)
		} else if n := digits.Len(); n > begins[len(begins)-1] {
			begins = append(begins, n)
		}
	}
	all := digits.String()
	from, to := cardIn(all, append(begins, len(all)))
	if from == to {
		return run
	}
	return all[:from+6] + strings.Repeat("*", to-from-9) + all[to-3:]
}

// cardIn finds the number of a card in groups of digits: all of them, else some
// groups, else a part of a group that is longer than a card's number. An empty span
// is none.
func cardIn(digits string, begins []int) (from, to int) {
	if len(digits) <= 19 && luhn(digits) {
		return 0, len(digits)
	}
	return spanOfCard(digits, begins)
}

// spanOfCard is cardIn for what only a brand's own length and beginning make a card's.
func spanOfCard(digits string, begins []int) (from, to int) {
	for i, from := range begins {
		for _, to := range begins[i+1:] {
			if branded(digits[from:to]) {
				return from, to
			}
		}
	}
	for i, begin := range begins[:len(begins)-1] {
		for from := begin; from+15 <= begins[i+1]; from++ {
			for to := from + 15; to <= min(from+16, begins[i+1]); to++ {
				if branded(digits[from:to]) {
					return from, to
				}
			}
		}
	}
	return 0, 0
}

// branded tells whether a number is one that a card of the four brands can have:
// 15 digits of AMEX, 16 of the others.
func branded(number string) bool {
	switch {
	case len(number) == 15:
		return (strings.HasPrefix(number, "34") || strings.HasPrefix(number, "37")) && luhn(number)
	case len(number) == 16:
		begins := number[:4]
		return (number[0] == '4' || number[0] == '5' || begins[:2] == "35" || "2221" <= begins && begins <= "2720") && luhn(number)
	}
	return false
}

// namesCard tells whether a run of digits in a text is the number of a card, no
// more and no less: other long numbers, like times, are fine.
func namesCard(text string) bool {
	for _, run := range cardLike.FindAllString(text, -1) {
		if branded(strings.ReplaceAll(run, "-", "")) {
			return true
		}
	}
	return false
}

// luhn tells whether the last digit checks the others, as those of every card do
// (ISO/IEC 7812-1).
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
