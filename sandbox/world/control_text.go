package world

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A TextError is a wording that a world cannot have.
type TextError struct {
	ID     string // of the sentence
	Reason string // in English, for programs and their logs
	Says   string // the same in Japanese, for pages
}

func (e *TextError) Error() string { return fmt.Sprintf("text %q %s", e.ID, e.Reason) }

// reword checks new wordings and puts them into the state; what is wrong with the
// first is a TextError. An empty wording takes the world back to the table's own.
func (w *words) reword(s *State, texts map[string]string) error {
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		text := texts[id]
		original, ok := w.byID[id]
		if !ok {
			return fmt.Errorf("%w: there is no text %q", ErrRequest, id)
		}
		if err := checkText(id, text, original); err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
		if text == "" {
			s.Texts.Delete(id)
		} else {
			s.Texts.Put(id, text)
		}
	}
	return nil
}

const maxTextBytes = 8 << 10

// filledPlace is where a value is put into a sentence, braced what looks like one.
var (
	filledPlace = regexp.MustCompile(`\{[a-z_]+\}`)
	braced      = regexp.MustCompile(`\{[^{}]*\}`)
)

// Places are where values are put into a sentence, each once and in its braces.
func Places(text string) []string {
	var places []string
	for _, p := range filledPlace.FindAllString(text, -1) {
		if !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	return places
}

// checkText refuses what would be read as it stands: a {place} that nothing fills.
func checkText(id, text, original string) error {
	if len(text) > maxTextBytes {
		return &TextError{ID: id, Reason: fmt.Sprintf("is longer than %d bytes", maxTextBytes),
			Says: fmt.Sprintf("長すぎます。%dバイト（全角でおよそ%d文字）までにしてください。", maxTextBytes, maxTextBytes/3)}
	}
	fills := Places(original)
	for _, given := range braced.FindAllString(text, -1) {
		if slices.Contains(fills, given) {
			continue
		}
		if len(fills) == 0 {
			return &TextError{ID: id, Reason: "has " + given + ", which nothing fills", Says: given + " に入る値がありません。この文に値は入りません。"}
		}
		return &TextError{ID: id, Reason: "has " + given + ", which nothing fills; it can have " + strings.Join(fills, ", "),
			Says: given + " に入る値がありません。この文で使えるのは " + strings.Join(fills, "、") + " です。"}
	}
	return nil
}

// AsTextError is the wording that an error is about.
func AsTextError(err error) (*TextError, bool) {
	var wrong *TextError
	return wrong, errors.As(err, &wrong)
}

// Wording returns a sentence as this world has it, with its {places}; "" where there is none.
func (m Snapshot) Wording(id string) string {
	if text, ok := m.Texts.Get(id); ok {
		return text
	}
	return m.words.byID[id]
}
