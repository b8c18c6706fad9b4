package browser

import (
	"context"
	"encoding/json"
	"fmt"

	"example.com/netanswer/steps/driver"
)

// Dials implements driver.Details.
func (s *session) Dials(ctx context.Context) (dials map[string]string, err error) {
	err = s.detail(ctx, "see where links dial", `() => JSON.stringify(Object.fromEntries(
  [...document.querySelectorAll("a[href^='tel:']")].filter((a) => a.checkVisibility()).
    map((a) => [a.innerText.trim(), a.getAttribute("href").slice("tel:".length)])))`, nil, &dials)
	return dials, err
}

// Cursor implements driver.Details. A choice of several is named by the one that has it.
func (s *session) Cursor(ctx context.Context) (at string, err error) {
	if s.config.Foreign != nil {
		return "", fmt.Errorf("%w: カーソルのある欄をどう呼ぶかは、画面ごとに違います", driver.ErrInapplicable)
	}
	err = s.detail(ctx, "see where the cursor is", `() => {
  const el = document.activeElement, words = (e) => e.innerText.replace(/\s+/g, " ").trim();
  if (!el || el === document.body) return JSON.stringify("");
  return JSON.stringify(el.labels?.length ? words(el.labels[0]) : words(el));
}`, nil, &at)
	return at, err
}

// Takes implements driver.Details.
func (s *session) Takes(ctx context.Context, field string) (driver.Taking, error) {
	if s.config.Foreign != nil {
		return driver.Taking{}, fmt.Errorf("%w: 欄の作りは、画面ごとに違います", driver.ErrInapplicable)
	}
	var takes *driver.Taking
	err := s.detail(ctx, "see how a field takes what is written", `(name) => {
  const el = [...document.querySelectorAll("label")].find((l) => l.innerText.trim() === name)?.control;
  return JSON.stringify(el ? { Hidden: el.type === "password", Keys: el.inputMode, Fills: el.autocomplete } : null);
}`, s.config.word(field), &takes)
	if err == nil && takes == nil {
		err = cannotFind(field)
	}
	if err != nil {
		return driver.Taking{}, err
	}
	return *takes, nil
}

// ScrollTermsPart implements driver.Details.
func (s *session) ScrollTermsPart(ctx context.Context, part float64) error {
	if s.config.Foreign != nil {
		return fmt.Errorf("%w: 規約のどこまで読んだかは、画面ごとに違います", driver.ErrInapplicable)
	}
	_, err := s.do(ctx, "read a part of the terms", func(ctx context.Context) error {
		if err := s.reaches(ctx, "scroll", target{Name: terms, Roles: []string{"region"}, Focus: true}); err != nil {
			return err
		}
		_, err := s.evaluate(ctx, `async (part) => {
  const el = document.activeElement, frame = () => new Promise(requestAnimationFrame);
  el.scrollTop = (el.scrollHeight - el.clientHeight) * part;
  await frame();
  await frame();
}`, part)
		return err
	})
	return err
}

// cannotFind tells that a screen has no such field.
func cannotFind(field string) error { return fmt.Errorf("there is no field 「%s」", field) }

// detail asks the page for one thing, as JSON.
func (s *session) detail(ctx context.Context, verb, function string, argument, into any) error {
	_, err := s.do(ctx, verb, func(ctx context.Context) error {
		found, err := s.evaluate(ctx, function, argument)
		if err != nil {
			return err
		}
		text, ok := found.(string)
		if !ok {
			return fmt.Errorf("%s: the page returned %v", verb, found)
		}
		return json.Unmarshal([]byte(text), into)
	})
	return err
}
