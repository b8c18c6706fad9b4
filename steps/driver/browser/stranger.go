package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

// What a person does at pages that nobody has told them about: an
// implementation that is not the sandbox.

var (
	//go:embed sight.js
	sight string
	//go:embed perceive.js
	perceive string
	//go:embed find.js
	find string
)

// script is a function over what a person makes of a page.
func script(parameters, body string) string {
	return "({ " + parameters + " }) => {\n" + sight + body + "}"
}

var (
	perceiving = script("words, joined, before, tried, passwordWord, confirmationWord", perceive)
	finding    = script("names, kind, roles, loose, turn", find)
)

// others are the words that the guide prints besides, in its prose.
var others = map[string][]string{agree: {"規約に同意して確認画面へ"}, closeTerms: {"閉じる", "×"}, openTerms: {terms}}

// gist are parts of the names of what the guide has no name for.
var gists = map[string][]string{choosePIN: {"暗証番号"}, chooseSMS: {"SMS", "ショートメール"}, restart: {"最初から", "はじめから", "やり直"},
	login: {
		"ログイン",
	}, backInApp: {"戻る"}, reissue: {"再発行", "再送"}, confirmation: {"確認"}, searchWords: {"検索"}, searchButton: {"検索"}, portalBanner: {"セゾンPortal"}, "セゾンカード ホームページ": {"セゾンカード"}}

// calls are what something is called here, the likeliest first.
func (c Config) calls(name string) []string {
	if own := c.word(name); own != name {
		return []string{own}
	}
	return append([]string{name}, others[name]...)
}

// A thing is something on a page that was found by its name.
type thing struct {
	Tag, Type, Name string
	Max             int
	Idle, ReadOnly  bool
	Options         []string
	locator         playwright.Locator
}

// seek finds things of a kind: field, action, secret, terms.
func (s *session) seek(ctx context.Context, kind string, names []string, loose bool, roles ...string) ([]thing, error) {
	s.turn++
	told, err := s.evaluate(
		ctx,
		finding,
		map[string]any{
			"names": append([]string{}, names...),
			"kind":  kind,
			"roles": append([]string{}, roles...),
			"loose": loose,
			"turn":  s.turn,
		},
	)
	if err != nil {
		return nil, err
	}
	var things []thing
	text, _ := told.(string) // what is no text is no JSON either
	if err := json.Unmarshal([]byte(text), &things); err != nil {
		return nil, err
	}
	for i := range things {
		things[i].locator = s.page.Locator(fmt.Sprintf(`[data-netanswer-%d="%d"]`, s.turn, i))
	}
	return things, nil
}

// action finds what is pressed, by its name or what the name is about. It waits
// for it, as a person does.
func (s *session) action(ctx context.Context, name string) (thing, error) {
	timeout := lookTimeout
	if name == openApp {
		timeout = installing
	}
	looking, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	for {
		for _, try := range []struct {
			names []string
			loose bool
		}{{s.config.calls(name), false}, {gists[name], true}} {
			found, err := s.seek(ctx, "action", try.names, try.loose)
			if err == nil && len(found) > 0 {
				return found[0], nil
			}
		}
		if looking.Err() != nil {
			return thing{}, fmt.Errorf("画面「%s」に「%s」というボタンまたはリンクがありません。%s", s.title, name, s.offered(ctx))
		}
		s.settle(ctx)
	}
}

// lookTimeout is how long a person looks for something on a page that has
// come to rest.
const lookTimeout = 1500 * time.Millisecond

// offered tells what there is instead.
func (s *session) offered(ctx context.Context) string {
	screen, err := s.perceived(ctx)
	if err != nil {
		return ""
	}
	return "あるのは「" + strings.Join(append(screen.Actions, screen.Blocked...), "」「") + "」です"
}

// presses presses what is called so. What cannot be pressed is left: that is a
// refusal, and the screen tells it.
func (s *session) pressStrange(ctx context.Context, name string) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	found, err := s.action(ctx, name)
	if err != nil {
		return err
	}
	s.note(ctx)
	if found.Idle {
		return nil
	}
	if err := found.locator.Click(playwright.LocatorClickOptions{Timeout: s.timeout()}); err != nil {
		return fmt.Errorf("「%s」を押せません: %w", name, gist(err))
	}
	s.tried = true
	return s.rest(ctx)
}

// has tells whether something can be pressed just now.
func (s *session) has(ctx context.Context, name string) bool {
	found, err := s.seek(ctx, "action", s.config.calls(name), false)
	return err == nil && len(found) > 0
}

// note keeps the lines of the screen as they are before something is done.
func (s *session) note(ctx context.Context) {
	told, err := s.evaluate(ctx, `() => document.body.innerText`, nil)
	if err != nil {
		return // then all that comes is new
	}
	text, _ := told.(string)
	s.lines, s.linesOf = nil, s.title
	for _, line := range strings.Split(text, "\n") {
		s.lines = append(s.lines, strings.Join(strings.Fields(line), " "))
	}
}

// quiet waits until a page that is made by script has come to rest.
const quiet = `() => new Promise((done) => {
  const end = () => { watch.disconnect(); done(true); };
  let timer = setTimeout(end, 120);
  const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, 120); });
  watch.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
  setTimeout(end, 1500);
})`

// rest waits for the page that was led to, and for what scripts ask for.
func (s *session) rest(ctx context.Context) error {
	waiting, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	for {
		if err := s.arrive(ctx); err != nil {
			return err
		}
		before := s.watch.waiting()
		s.settle(ctx) // what has come is shown after it has come
		if before == 0 && s.watch.waiting() == 0 || waiting.Err() != nil {
			return s.arrive(ctx)
		}
	}
}

// settle waits a moment. A page that is left meanwhile is waited for by rest.
func (s *session) settle(ctx context.Context) {
	_, _ = s.evaluate(ctx, quiet, nil)
}

// enterStrange types a passcode. Where none is asked for any more, the person
// asks for the page again and is left there.
func (s *session) enterStrange(ctx context.Context, passcode string) error {
	things, err := s.seek(ctx, "field", s.config.calls(passcodeBox), false)
	if err != nil {
		return err
	}
	if len(things) == 0 {
		if things, err = s.onlyField(ctx); err != nil {
			return err
		}
	}
	if len(things) == 0 {
		if s.here == "" {
			return nil
		}
		return s.visit(s.here)
	}
	button := verify
	if s.inApp() {
		button = authenticate
	}
	s.note(ctx)
	if len(things) >= 6 {
		err = s.each(ctx, passcodeBox, things, strings.Split(passcode, ""))
	} else {
		err = s.fillThing(ctx, passcodeBox, things[0], passcode)
	}
	if err != nil {
		return err
	}
	s.settle(ctx)
	if _, err := s.perceived(ctx); err == nil && !s.has(ctx, button) {
		return s.rest(ctx) // it has gone on by itself
	}
	return s.pressStrange(ctx, button)
}

// onlyField is the field of a screen that has but one.
func (s *session) onlyField(ctx context.Context) ([]thing, error) {
	all, err := s.seek(ctx, "field", []string{"パスコード", "認証コード"}, false)
	return all, err
}

// reissueStrange asks for another passcode. Where nothing is there to be pressed
// any more, that is a refusal.
func (s *session) reissueStrange(ctx context.Context) (driver.Screen, error) {
	gone := false
	screen, err := s.do(ctx, "ask for another passcode", func(ctx context.Context) error {
		found, err := s.seek(ctx, "action", append(s.config.calls(reissue), gists[reissue]...), true)
		if gone = err == nil && len(found) == 0; gone || err != nil {
			return err
		}
		return s.pressStrange(ctx, reissue)
	})
	if gone {
		screen.Blocked = append(screen.Blocked, reissue)
	}
	return screen, err
}

// sentStrange is the form that was sent last; what scripts send nobody can send again.
func (s *session) sentStrange() (*submission, error) {
	if sent := s.watch.last(); sent != nil {
		return sent, nil
	}
	return nil, fmt.Errorf("%w: 画面が form を送らないので、同じ送信をもう一度送る手段がありません", driver.ErrInapplicable)
}
