// Package say chooses between the two languages in which the suite tells what it
// found: Japanese, and English. Both wordings stand side by side where something
// is told, so that neither is forgotten. The sentences of rules, scenarios and
// screens are not told but quoted; they stay as they are.
package say

import "fmt"

// A Language is that of one run. The zero Language is Japanese.
type Language string

// The languages there are.
const (
	Japanese Language = "ja"
	English  Language = "en"
)

// Of is the wording in this language, with args put in.
func (l Language) Of(ja, en string, args ...any) string {
	text := ja
	if l == English {
		text = en
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Tag is the language as HTML names it.
func (l Language) Tag() string {
	if l == English {
		return string(English)
	}
	return string(Japanese)
}
