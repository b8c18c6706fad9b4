package browser

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

// seekField finds the fields of a name: one, or as many as it has boxes.
func (s *session) seekField(ctx context.Context, name string) ([]thing, error) {
	things, err := s.seek(ctx, "field", append(s.config.calls(name), gists[name]...), false)
	return slices.DeleteFunc(things, func(t thing) bool { return t.ticked() }), err
}

func (t thing) ticked() bool {
	return slices.Contains([]string{"radio", "checkbox"}, t.Type) || slices.Contains([]string{"radio", "checkbox", "switch"}, t.Role)
}

// put writes a text into the fields of a name.
func (s *session) put(ctx context.Context, name, text string) error {
	var things []thing
	var err error
	s.cut = slices.DeleteFunc(s.cut, func(field string) bool { return field == name })
	if name == password || name == confirmation {
		things, err = s.seekSecret(ctx, name)
	} else {
		things, err = s.patiently(ctx, lookTimeout, func() ([]thing, error) { return s.seekField(ctx, name) })
	}
	if err != nil {
		return err
	}
	if len(things) == 0 && name == searchWords { // the one field of a page for searching
		if things, err = s.seek(ctx, "any", nil, false); err != nil {
			return err
		}
	}
	if len(things) == 0 {
		return fmt.Errorf("画面「%s」に欄「%s」がありません", s.title, name)
	}
	parts := []string{text}
	switch {
	case len(things) == 1:
	case name == expiry:
		first, second, _ := strings.Cut(text, "/")
		parts = []string{first, second}
	case name == cardNumber || name == appCardNumber:
		parts = split(text)
	}
	return s.spread(ctx, name, things, parts)
}

// writeStrange writes into a field, and waits for what the page has to say of it: at
// once, when the field is left, or a moment later.
func (s *session) writeStrange(ctx context.Context, field, text string) error {
	before, _ := s.evaluate(ctx, state, nil) // a page that cannot tell how it stands has changed, whatever comes
	if err := s.put(ctx, field, text); err != nil {
		return err
	}
	s.settle(ctx)
	s.leaveField(ctx)
	return s.answered(ctx, before, lookTimeout/2)
}

// seekSecret finds the field of a password or of its repetition: by its place
// among those whose text is not shown, else by its name.
func (s *session) seekSecret(ctx context.Context, name string) ([]thing, error) {
	return s.patiently(ctx, lookTimeout, func() ([]thing, error) {
		secret, err := s.seek(ctx, "secret", nil, false)
		if err != nil {
			return nil, err
		}
		n := 0
		if name == confirmation {
			n = 1
		}
		if len(secret) > 2 { // the security code is hidden as well
			n += len(secret) - 2
		}
		if n < len(secret) {
			return secret[n : n+1], nil
		}
		things, err := s.seek(ctx, "field", s.config.calls(name), false)
		return things[:min(1, len(things))], err
	})
}

// fillThing writes into one field. What does not fit is left out, as it is when
// it is typed; a choice that is not on offer is left unchosen, and what cannot be
// written in stays as it is.
func (s *session) fillThing(ctx context.Context, name string, t thing, text string) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if typed, err := s.typeAtOnce(ctx, name, t, text); typed || err != nil {
		return err
	}
	if able, err := t.locator.IsEditable(playwright.LocatorIsEditableOptions{Timeout: s.timeout()}); err == nil && !able &&
		t.Role != "combobox" {
		return nil
	}
	var err error
	switch {
	case t.Tag == "SELECT":
		_, err = t.locator.SelectOption(
			playwright.SelectOptionValues{Indexes: &[]int{t.option(text)}},
			playwright.LocatorSelectOptionOptions{Timeout: s.timeout()},
		)
	case t.Role == "combobox" && t.Tag != "INPUT":
		err = s.choose(ctx, t, text)
	default:
		err = t.locator.Fill(t.takes(name, text), playwright.LocatorFillOptions{Timeout: s.timeout()})
		if err == nil {
			var holds any
			holds, err = t.locator.Evaluate(keyUp, nil, playwright.LocatorEvaluateOptions{Timeout: s.timeout()})
			s.holds(name, text, holds)
		}
	}
	if err != nil {
		return fmt.Errorf("「%s」に書けません: %w", name, inJapanese(err))
	}
	return nil
}

// option is the place of a text among the options of a list, 0 if it has none such:
// what stands there when nothing was chosen.
func (t thing) option(text string) int { return max(slices.IndexFunc(t.Options, offers(text)), 0) }

// typing types into a field of text that can be written in, or chooses in a list, and
// returns what it holds then; null for any other. It is one round trip, where Playwright
// needs twenty-five.
var typing = script("mark, text, option", `
const field = every(mark)[0];
if (field?.matches("select:enabled") && shown(field, false) && field.ariaDisabled !== "true") {
  field.focus();
  if (!field.options[option] || field.options[option].disabled) return null;
  field.selectedIndex = option;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true, composed: kind === "input" }));
  return field.value;
}
const texts = ["text", "password", "tel", "email", "search", "url", "textarea"];
if (!field?.matches("input, textarea") || !texts.includes(field.type) || field.matches(":disabled, [aria-disabled=true]") || field.readOnly ||
  !field.checkVisibility({ visibilityProperty: true }) || field.getBoundingClientRect().width === 0) return null;
field.focus();
if (field.getRootNode().activeElement !== field) return null;
field.select();
if (text !== "" || field.value !== "") document.execCommand(text === "" ? "delete" : "insertText", false, text);
field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, composed: true }));
return field.value;`)

// typeAtOnce writes into a thing, if it is a field of text that can be written in or a list.
func (s *session) typeAtOnce(ctx context.Context, name string, t thing, text string) (bool, error) {
	if t.Tag != "INPUT" && t.Tag != "TEXTAREA" && t.Tag != "SELECT" {
		return false, nil
	}
	holds, err := s.upon(ctx, t, typing, map[string]any{"text": t.takes(name, text), "option": t.option(text)})
	if err != nil {
		return false, fmt.Errorf("「%s」に書けません: %w", name, inJapanese(err))
	}
	if holds == nil {
		return false, nil
	}
	if t.Tag != "SELECT" {
		s.holds(name, text, holds)
	}
	return true, nil
}

// holds notes whether a field took the beginning of a text only.
func (s *session) holds(name, text string, value any) {
	if kept, _ := value.(string); kept != "" && kept != text && strings.HasPrefix(text, kept) {
		s.cut = append(s.cut, name)
	}
}

// keyUp tells a page that listens to keys that one was released. It returns what the
// field holds then.
const keyUp = `(el) => {
  el.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, composed: true }));
  return el.value ?? "";
}`

// takes is what a field takes of a text that is typed.
func (t thing) takes(name, text string) string {
	if t.Type == "number" {
		text = strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, text)
	}
	if t.Type == "month" {
		return ofMonth(text)
	}
	if name == expiry && t.Max == 4 { // the page writes the slash itself
		text = strings.Replace(text, "/", "", 1)
	}
	if runes := []rune(text); t.Max > 0 && len(runes) > t.Max {
		text = string(runes[:t.Max])
	}
	return text
}

// ofMonth is MM/YY as a field for a month takes it; "" for what is no month, which
// nobody can write there.
func ofMonth(text string) string {
	month, err := time.Parse("01/06", text)
	if err != nil {
		return ""
	}
	return month.Format("2006-01")
}

// offers tells of an option whether it is what is chosen, as of a month or a year.
func offers(text string) func(option string) bool {
	bare := func(s string) string { return strings.TrimLeft(strings.TrimRight(s, "年月"), "0") }
	return func(option string) bool {
		for _, english := range []string{"January", "Jan"} {
			if month, err := time.Parse(english, option); err == nil && text == month.Format("01") {
				return true
			}
		}
		return text != "" && (option == text || bare(option) == bare(text) || len(text) == 2 && bare(option) == "20"+text)
	}
}

// Offered implements driver.Lists.
func (s *session) Offered(ctx context.Context, field string) ([]string, error) {
	if s.config.Foreign == nil {
		return nil, nil // the sandbox's lists are those of the browser
	}
	things, err := s.seekField(ctx, field)
	var offered []string
	for _, t := range things {
		if t.Role != "combobox" || t.Tag == "SELECT" {
			continue
		}
		if err := s.click(ctx, t, false); err != nil {
			return nil, inJapanese(err)
		}
		s.settle(ctx)
		options, err := s.seek(ctx, "option", nil, false)
		if err != nil {
			return nil, err
		}
		for _, o := range options {
			offered = append(offered, o.Name)
		}
		if err := s.page.Keyboard().Press("Escape"); err != nil {
			return nil, inJapanese(err)
		}
	}
	return offered, err
}

// choose chooses in a list that a script draws: it is opened, and what is wanted
// is pressed, or it is closed.
func (s *session) choose(ctx context.Context, list thing, text string) error {
	if err := s.click(ctx, list, false); err != nil {
		return err
	}
	s.settle(ctx)
	options, err := s.seek(ctx, "option", nil, false)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(options, func(t thing) bool { return offers(text)(t.Name) })
	if at < 0 {
		return s.page.Keyboard().Press("Escape")
	}
	err = s.click(ctx, options[at], false)
	s.settle(ctx)
	return err
}

// fillStrange fills in the whole form.
func (s *session) fillStrange(ctx context.Context, f driver.Form) error {
	s.hide(f.CardNumber, strings.Join(split(f.CardNumber), ""), f.Password, f.PasswordConfirmation)
	dates := f.ExpiryMonth + "/" + f.ExpiryYear
	if dates == "/" {
		dates = ""
	}
	for _, field := range [][2]string{{cardNumber, f.CardNumber}, {expiry, dates}, {securityCode, f.SecurityCode},
		{netAnswerID, f.NetAnswerID},
		{password, f.Password}, {confirmation, f.PasswordConfirmation}, {emailPC, f.EmailPC}, {emailMobile, f.EmailMobile}} {
		if err := s.put(ctx, field[0], field[1]); err != nil {
			return err
		}
	}
	if f.Newsletter == nil {
		return nil
	}
	return s.wantLetters(ctx, *f.Newsletter)
}

// wantLetters chooses whether the newsletter is wanted: by a box, or by one of two
// radio buttons.
func (s *session) wantLetters(ctx context.Context, wanted bool) error {
	boxes, err := s.seek(ctx, "field", []string{s.config.word(newsletter), "メールマガジン"}, false)
	if err != nil {
		return err
	}
	if len(boxes) == 1 && boxes[0].Tag == "SELECT" {
		return s.chooseLetters(ctx, boxes[0], wanted)
	}
	boxes = slices.DeleteFunc(boxes, func(t thing) bool { return !t.ticked() })
	if len(boxes) == 0 {
		return fmt.Errorf("画面「%s」に「%s」の欄がありません", s.title, newsletter)
	}
	if (boxes[0].Type == "radio" || boxes[0].Role == "radio") && len(boxes) == 2 {
		yes := slices.IndexFunc(boxes, func(t thing) bool { return !refusesLetters.MatchString(t.Own) })
		if !wanted {
			yes = slices.IndexFunc(boxes, func(t thing) bool { return refusesLetters.MatchString(t.Own) })
		}
		return s.tick(ctx, boxes[max(yes, 0)], true)
	}
	return s.tick(ctx, boxes[0], wanted)
}

// chooseLetters chooses in a list: the one option that refuses them, or one that does not.
func (s *session) chooseLetters(ctx context.Context, list thing, wanted bool) error {
	at := slices.IndexFunc(list.Options, func(option string) bool { return refusesLetters.MatchString(option) != wanted })
	if at < 0 {
		return fmt.Errorf("「%s」の選択肢「%s」に、選ぶものがありません", newsletter, strings.Join(list.Options, "」「"))
	}
	return s.fillThing(ctx, newsletter, list, list.Options[at])
}

var refusesLetters = regexp.MustCompile(`ない|しない|不要|いいえ`)

// submitStrange fills in the form, reads the terms and agrees.
func (s *session) submitStrange(ctx context.Context, f driver.Form, read bool) error {
	if err := s.fillStrange(ctx, f); err != nil {
		return err
	}
	if f.TermsDeclined {
		return s.sendStrange(ctx, agree)
	}
	if read {
		if err := s.readTermsStrange(ctx, agree, openTerms); err != nil {
			return err
		}
	}
	return s.pressStrange(ctx, agree)
}

// agreed tells how a form says that its sender has agreed: by the button's own value, by
// a box to tick; "" where nothing tells it from one that was sent without the button.
const agreed = `(button) => {
  if (!button.form || button.form.method !== "post") return "none";
  if (button.name) return "button";
  const says = (box) => box.required || /規約|同意/.test([...box.labels ?? []].map((l) => l.innerText).join(" ") + (box.ariaLabel ?? ""));
  return [...button.form.elements].some((e) => e.type === "checkbox" && says(e)) ? "box" : "";
}`

// sendStrange sends a form without the button that agrees, where it is a form and
// tells the one from the other.
func (s *session) sendStrange(ctx context.Context, name string) error {
	button, err := s.action(ctx, name)
	if err != nil {
		return err
	}
	s.note(ctx)
	how, err := button.locator.Evaluate(agreed, nil, playwright.LocatorEvaluateOptions{Timeout: s.timeout()})
	if err == nil && how == "" {
		return fmt.Errorf("%w: 「%s」を押すことのほかに同意を表すものがなく、押さずに送っても同じ送信になります", driver.ErrInapplicable, name)
	}
	if err != nil || how == "none" {
		return fmt.Errorf("%w: 「%s」は送信する form のボタンでなく、押さずに送る手段がありません", driver.ErrInapplicable, name)
	}
	return s.sends(ctx, func() error {
		_, err := button.locator.Evaluate(
			`(button) => HTMLFormElement.prototype.submit.call(button.form)`,
			nil,
			playwright.LocatorEvaluateOptions{Timeout: s.timeout()},
		)
		return err
	})
}
