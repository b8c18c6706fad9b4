package world

import (
	"strconv"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/registration"
)

// words is the text table of every fresh world. It is never changed.
type words struct {
	byID  map[string]string
	order []fixtures.Text
	terms string
}

func loadWords() (*words, error) {
	texts, err := fixtures.Texts()
	if err != nil {
		return nil, err
	}
	terms, err := fixtures.Terms()
	if err != nil {
		return nil, err
	}
	w := &words{byID: make(map[string]string, len(texts)), order: texts, terms: terms}
	for _, t := range texts {
		w.byID[t.ID] = t.Text
	}
	return w, nil
}

func (w *words) text(id string) string {
	text, ok := w.byID[id]
	if !ok {
		panic("world: unknown text " + id)
	}
	return text
}

// fill puts values into the {places} of a sentence.
func fill(text string, pairs []string) string {
	if len(pairs) == 0 || !strings.Contains(text, "{") {
		return text
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i]+"}", pairs[i+1])
	}
	return text
}

// Terms are the terms of use, one paragraph a line.
func (m Snapshot) Terms() string { return m.words.terms }

// Sentences returns every sentence of a screen in this world's wording, in
// the order of the text table. Places that the policy fills are filled; what is
// different from member to member is not.
func (m Snapshot) Sentences(screen string) []fixtures.Text {
	var found []fixtures.Text
	for _, t := range m.words.order {
		if strings.HasPrefix(t.ID, screen+".") || screen == "" {
			lifetime := m.Policy.PasscodeLifetime
			if screen == string(registration.AwaitCall) {
				lifetime = m.Policy.CallWindow
			}
			t.Text = m.Say(t.ID, "minutes", minutes(lifetime), "pin_digits", strconv.Itoa(m.Policy.PINDigits))
			found = append(found, t)
		}
	}
	return found
}
