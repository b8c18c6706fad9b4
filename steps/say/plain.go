package say

import (
	"regexp"
	"strings"
	"unicode"
)

var escapes = regexp.MustCompile(`\x1b\[[0-9;?]*[ -/]*[@-~]`)

// Plain is a text of somebody's making without what would steer a terminal, turn the
// order of letters around or break XML: control characters other than tabs and line
// ends, and those of direction (Unicode UAX 9).
func Plain(text string) string {
	if !strings.ContainsFunc(text, steers) {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return -1
		case steers(r):
			return unicode.ReplacementChar
		}
		return r
	}, escapes.ReplaceAllString(text, ""))
}

func steers(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case unicode.IsControl(r), r == '\ufffe', r == '\uffff':
		return true
	}
	return unicode.Is(unicode.Bidi_Control, r)
}
