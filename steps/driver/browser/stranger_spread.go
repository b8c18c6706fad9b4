package browser

import (
	"context"
	"slices"
	"strings"
)

// spread writes parts into fields. Where there are as many fields as parts, each
// takes one; where there are more, each takes as many characters as it has room
// for; what is left over goes into the last.
func (s *session) spread(ctx context.Context, name string, things []thing, parts []string) error {
	if len(things) > len(parts) && len(things) > 2 && !slices.ContainsFunc(things, func(t thing) bool { return t.room() < 1000 }) {
		return s.spreadDigits(ctx, name, things, []rune(strings.Join(parts, "")))
	}
	if len(things) > len(parts) && !slices.ContainsFunc(things, func(t thing) bool { return t.room() > 1 && t.Tag == "INPUT" }) {
		text := []rune(strings.Join(parts, ""))
		parts = nil
		for _, t := range things {
			n := min(len(text), t.room())
			parts = append(parts, string(text[:n]))
			text = text[n:]
		}
		parts[len(parts)-1] += string(text)
	}
	if whole := []rune(strings.Join(parts, "")); len(parts) == 1 && len(things) > 1 && roomOf(things) == len(whole) {
		parts = nil
		for _, t := range things {
			parts = append(parts, string(whole[:t.Max]))
			whole = whole[t.Max:]
		}
	}
	if len(parts) > len(things) {
		parts = append(slices.Clone(parts[:len(things)-1]), strings.Join(parts[len(things)-1:], ""))
	}
	for i, t := range things {
		part := ""
		if i < len(parts) {
			part = parts[i]
		}
		if err := s.fillThing(ctx, name, t, part); err != nil {
			return err
		}
	}
	return nil
}

// spreadDigits writes a character into each of several boxes that tell of no bound, as
// those do into which a whole code may be pasted. Those behind the last character are
// emptied; what there is no box for is not typed.
func (s *session) spreadDigits(ctx context.Context, name string, things []thing, text []rune) error {
	for i, t := range things {
		if i >= len(text) {
			if held, err := s.upon(ctx, t, holding, nil); err == nil && held == "" {
				continue // to write nothing into it is news to the page
			}
		}
		if err := s.fillThing(ctx, name, t, string(text[min(i, len(text)):min(i+1, len(text))])); err != nil {
			return err
		}
	}
	if len(text) > len(things) {
		s.cut = append(s.cut, name)
	}
	return nil
}

// roomOf is how many characters go into boxes together, where each tells.
func roomOf(things []thing) (sum int) {
	for _, t := range things {
		if t.Max <= 0 {
			return 0
		}
		sum += t.Max
	}
	return sum
}

// room is how many characters go into a box; a choice stands for four digits.
func (t thing) room() int {
	switch {
	case t.Tag == "SELECT" || t.Role == "combobox":
		return 4
	case t.Max > 0:
		return t.Max
	}
	return 1000
}
