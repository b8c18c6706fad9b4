package passcode

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mayCarry tells whether there is a digit in a text at all.
func mayCarry(text string) bool {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			return true
		case c == 0xEF && i+2 < len(text) && text[i+1] == 0xBC && text[i+2] >= 0x90 && text[i+2] <= 0x99: // full width
			return true
		case c >= 0xF0: // digits of other styles are beyond the BMP
			return true
		case c == 0xE2 && i+1 < len(text) && (text[i+1] == 0x91 || text[i+1] == 0x93): // in circles
			return true
		}
	}
	return false
}

// fold writes a text in one width, one case and one kind of hyphen, so that it
// can be looked through without regard to them.
func fold(text string) string {
	if len(text) > maxText {
		cut := maxText
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	upper, wide := false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= 0xEF || c == 0xCC || c == 0xCD, c == 0xE2, c == 0xC2: // widths, marks, hyphens and circles
			wide = true
		case c == 0xE3 && i+2 < len(text) && text[i+1] == 0x82 && (text[i+2] == 0x99 || text[i+2] == 0x9A): // voiced marks apart
			wide = true
		case 'A' <= c && c <= 'Z':
			upper = true
		}
	}
	if wide {
		text = norm.NFKC.String(text)
		text = hyphens.Replace(text)
		upper = true
	}
	if !upper {
		return text
	}
	return lower(text)
}

var hyphens = strings.NewReplacer(
	"‐",
	"-",
	"‑",
	"-",
	"‒",
	"-",
	"–",
	"-",
	"—",
	"-",
	"―",
	"-",
	"−",
	"-",
	"\u00ad",
	"",
	"\u200b",
	"",
	"\u2060",
	"",
	"\ufeff",
	"",
	"\u200e",
	"",
	"\u200f",
	"",
)

// lower writes ASCII in lower case and leaves the rest.
func lower(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
