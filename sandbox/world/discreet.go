package world

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"
)

var (
	// cardLike is what may be the number of a card: 13 to 19 digits, half or full
	// width, maybe in groups.
	cardLike = regexp.MustCompile(`[0-9０-９](?:[ 　‐－-]?[0-9０-９]){12,18}`)
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
	return cardLike.ReplaceAllStringFunc(queries.ReplaceAllString(text, "$1?…"), func(number string) string {
		digits := strings.Map(func(c rune) rune {
			if '0' <= c && c <= '9' {
				return c
			}
			return -1
		}, width.Narrow.String(number))
		if !luhn(digits) {
			return number
		}
		return digits[:6] + strings.Repeat("*", len(digits)-9) + digits[len(digits)-3:]
	})
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
