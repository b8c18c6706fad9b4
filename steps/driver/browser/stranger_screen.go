package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

// words are the names that the fields of the guide's screens have.
var fieldWords = []string{
	cardNumber,
	expiry,
	securityCode,
	netAnswerID,
	password,
	confirmation,
	emailPC,
	emailMobile,
	newsletter,
	passcodeBox,
	appCardNumber,
	pinBox,
	appEmail,
}

// perceived is the screen as a person makes it out.
func (s *session) perceived(ctx context.Context) (driver.Screen, error) {
	words := make([]string, len(fieldWords))
	guide := map[string]string{}
	for i, w := range fieldWords {
		words[i] = s.config.word(w)
		guide[words[i]] = w
	}
	told, err := s.evaluate(
		ctx,
		perceiving,
		map[string]any{
			"words": words, "alike": s.config.alike(), "joined": s.joined(),
			"before": append([]string{}, s.lines...), "tried": s.tried,
			"passwordWord": s.config.word(password), "confirmationWord": s.config.word(confirmation),
		},
	)
	if err != nil {
		return driver.Screen{}, fmt.Errorf("read the screen: %w", err)
	}
	var r strange
	text, _ := told.(string)
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return driver.Screen{}, fmt.Errorf("read the screen: %w", err)
	}
	f := s.config.Foreign
	whole := f.translated(r.reading)
	r.Screen = whole.Screen
	r.Text += s.inFrames(ctx)
	r.Edge = f.named(r.Edge)
	r.Behind.Actions, r.Behind.Fields = f.named(r.Behind.Actions), f.named(r.Behind.Fields)
	r.Whole = whole.Whole
	title, known := f.recognise(r, s.inApp(), s.config.Name, s.window.home)
	if !known && s.inApp() && f.Addresses[guidePage] != "" {
		if at, err := s.address(guidePage); err == nil && beginning(at) == beginning(r.Address) {
			title, known = guidePage, true // the guide prints nothing that stands on it
		}
	}
	r.Title, r.Unknown, r.Cut = title, !known, slices.Clone(s.cut)
	r.Messages = append(r.Messages, s.watch.dialogs()...)
	if s.linesOf == r.Title {
		r.Said = added(s.lines, r.Lines)
	}
	s.title = r.Title
	if s.watch.asked() {
		s.here = r.Address
		s.kept[r.Title] = page(r.Address)
	}
	return r.Screen, nil
}

// inFrames is what can be read in pages within the page.
func (s *session) inFrames(ctx context.Context) (text string) {
	for _, frame := range s.inner() {
		told, err := within(ctx, s.config.Timeout, func() (any, error) { return frame.Evaluate(innerText) })
		if words, _ := told.(string); err == nil && words != "" {
			text += " " + words
		}
	}
	return text
}

// innerText is the text of a page within a page that is shown.
const innerText = `() => {
  if (frameElement && !frameElement.checkVisibility({ visibilityProperty: true })) return ""; // null: the page of another host
  return (document.body?.innerText ?? "").replace(/\s+/g, " ").trim();
}`

// strange is a screen with what it is recognised by.
type strange struct {
	reading
	Lines  []string
	Secret bool // it has a field whose text is not shown
	Radios []string
	Edge   []string                           // what can be pressed at the edge of the page only, in its header, navigation or footer
	Behind struct{ Actions, Fields []string } // what is there and cannot be used before a dialog is answered
}

// added are the lines that were not there before. Those that differ in numbers
// only, as of a clock, are not new, nor is what is said of a password's safety.
func added(before, now []string) (lines []string) {
	known := map[string]bool{}
	for _, line := range before {
		known[numberless(line)] = true
	}
	for _, line := range now {
		if line != "" && !known[numberless(line)] && !strings.HasPrefix(line, "安全性") {
			lines = append(lines, line)
		}
	}
	return lines
}

func numberless(line string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, line)
}
