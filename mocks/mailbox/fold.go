package mailbox

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold writes a text in one form for all that a person takes for the same: upper
// and lower case, full and half width, hiragana and katakana, a voiced mark of
// its own or in one character (NFC, NFD).
func fold(text string) string {
	changed := false
	for i := 0; i < len(text); {
		c, width := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, width = utf8.DecodeRuneInString(text[i:])
		}
		if composed(c) {
			return strings.Map(one, norm.NFKC.String(text))
		}
		changed = changed || one(c) != c
		i += width
	}
	if !changed {
		return text
	}
	return strings.Map(one, text)
}

// composed tells whether a character may have to be put together with the next,
// or be taken apart, before it can be compared.
func composed(c rune) bool {
	switch {
	case c < 0x0300:
		return false
	case c <= 0x036F, c >= 0x1100 && c <= 0x11FF: // marks; letters of Korean
		return true
	case c < 0x2460:
		return false
	case c <= 0x24FF, c == 0x3099 || c == 0x309A, c >= 0x3200 && c <= 0x33FF: // circled; voiced marks; squared
		return true
	}
	return c >= 0xFB00 && c <= 0xFB06 || c >= 0xFF61 && c <= 0xFFEE // ligatures; half width
}

// one is the one form of a character.
func one(c rune) rune {
	switch {
	case c < 0x80:
		if 'A' <= c && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	case c >= 0x30A1 && c <= 0x30F6, c == 0x30FD || c == 0x30FE: // katakana
		return c - 0x60
	case c >= 0x3040 && c < 0xA000 && c != 0x301C:
		return c
	case c >= 0xFF01 && c <= 0xFF5E:
		return one(c - 0xFEE0)
	case c == 0x3000 || c == 0xA0:
		return ' '
	case c == 0x301C: // wave dash, which some write as a full-width tilde
		return '~'
	case c == 0x2212 || c == 0x2010 || c == 0x2011:
		return '-'
	case c == 0x017F: // long s, and below the sign of Kelvin: letters of ASCII in a third case
		return 's'
	case c == 0x212A:
		return 'k'
	}
	least := c
	for other := unicode.SimpleFold(c); other != c; other = unicode.SimpleFold(other) {
		least = max(least, other)
	}
	return least
}
