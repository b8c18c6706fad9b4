package world

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Defects are those that worlds of this service may be given.
func (s Control) Defects() []Defect { return s.defects }

// infect gives a world the named defects instead of those it had.
func (s Control) infect(st *State, names []string, now time.Time) error {
	said := "なし"
	var found []string
	for _, d := range s.defects {
		if slices.Contains(names, d.Name) {
			found = append(found, d.Name)
		}
	}
	for _, name := range names {
		if !slices.Contains(found, name) {
			return fmt.Errorf("%w: there is no defect %q", ErrRequest, name)
		}
	}
	if len(found) > 0 {
		said = strings.Join(found, "、")
	}
	st.Defects = found
	st.Timeline.add(now, "defect", "わざと仕込んだ欠陥: "+said, "")
	return nil
}
