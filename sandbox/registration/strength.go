package registration

import "strings"

// A Strength is what the safety meter shows of an ID or a password (p29-4). The
// guide names the highest level only; the others are a choice of the sandbox.
type Strength string

// The levels, from the lowest.
const (
	StrengthLow      Strength = "low"       // 低い
	StrengthFair     Strength = "fair"      // 普通
	StrengthHigh     Strength = "high"      // 高い
	StrengthVeryHigh Strength = "very_high" // 非常に高い
)

// Text is the id of the level's name in the text table.
func (s Strength) Text() string { return "strength." + string(s) }

// StrengthOf is the level of an ID or a password. It counts one point for each of
//
//   - eight characters that count,
//   - twelve characters that count,
//   - letters and digits,
//   - small and capital letters,
//   - something that is neither letter nor digit;
//
// a point or none is low, two are fair, three high, four and five very high.
//
// A character counts unless it is the one before it again, or its neighbour in
// the alphabet or among the digits, case aside: aaaa and 4321 have one each that
// counts. The level says nothing of whether the value may be used (Form.Check
// does), and knows no dictionary: a common word is not told from any other.
func StrengthOf(value string) Strength {
	var small, capital, digit, other bool
	counting := 0
	before := rune(-2)
	for _, c := range value {
		switch {
		case 'a' <= c && c <= 'z':
			small = true
		case 'A' <= c && c <= 'Z':
			capital = true
		case '0' <= c && c <= '9':
			digit = true
		default:
			other = true
		}
		if !follows(before, c) {
			counting++
		}
		before = c
	}
	points := 0
	for _, earned := range []bool{counting >= 8, counting >= 12, digit && (small || capital), small && capital, other} {
		if earned {
			points++
		}
	}
	switch points {
	case 0, 1:
		return StrengthLow
	case 2:
		return StrengthFair
	case 3:
		return StrengthHigh
	}
	return StrengthVeryHigh
}

// follows tells whether c is the character before it again, or a letter or
// digit next to it.
func follows(before, c rune) bool {
	before, c = smallLetter(before), smallLetter(c)
	if before == c {
		return true
	}
	const rows = "abcdefghijklmnopqrstuvwxyz\n0123456789" // what stands between them cannot be written
	return strings.Contains(rows, string([]rune{before, c})) || strings.Contains(rows, string([]rune{c, before}))
}

// smallLetter is an ASCII letter as a small one, and anything else as it is.
func smallLetter(c rune) rune {
	if 'A' <= c && c <= 'Z' {
		return c - 'A' + 'a'
	}
	return c
}
