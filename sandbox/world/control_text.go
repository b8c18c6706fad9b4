package world

import (
	"fmt"
)

// reword checks new wordings and puts them into the state. An empty wording
// takes the world back to the table's own.
func (w *words) reword(s *State, texts map[string]string) error {
	for id, text := range texts {
		if _, ok := w.byID[id]; !ok {
			return fmt.Errorf("%w: there is no text %q", ErrRequest, id)
		}
		if len(text) > maxTextBytes {
			return fmt.Errorf("%w: text %q is longer than %d bytes", ErrRequest, id, maxTextBytes)
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
