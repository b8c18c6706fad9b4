package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
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
	//go:embed dismiss.js
	dismiss string
)

// signs are what tells that something has come of what was done.
const signs = `JSON.stringify([read(), location.href, every("[aria-invalid=true]").length, modals().length])`

// changes waits for them to be others.
const changes = `const end = Date.now() + most;
return new Promise((done) => {
  const look = () => (` + signs + ` !== first || Date.now() > end ? done(true) : setTimeout(look, 50));
  look();
});`

// script is a function over what a person makes of a page.
func script(parameters, body string) string {
	return "({ " + parameters + " } = {}) => {\n" + sight + body + "}"
}

var (
	perceiving   = script("words, alike, joined, before, tried, passwordWord, confirmationWord", perceive)
	finding      = script("wanted, kind, roles, loose, turn", find)
	allText      = script("", "return read();")
	changing     = script("first, most", changes)
	state        = script("", "return "+signs+";")
	dismissing   = script("", dismiss)
	standsBefore = script("", "return !!stage.modal;")
)

// others are the words that the guide prints besides, in its prose.
var others = map[string][]string{
	agree:        {"規約に同意して確認画面へ"},
	closeTerms:   {"閉じる", "×"},
	openTerms:    {terms},
	loginFromPC:  {"Netアンサー"},
	login:        {"ログイン"},
	authenticate: {verify},
	verify:       {authenticate},
}

// Besides is the name by which something is looked for that the guide calls otherwise as well.
func Besides(word string) (name string, found bool) {
	if slices.Contains(Words(), word) {
		return "", false
	}
	for name, words := range others {
		if slices.Contains(words, word) {
			return name, true
		}
	}
	return "", false
}

// gists are parts of the names of what the guide has no name for, or of what
// others call it.
var gists = map[string][]string{
	choosePIN:    {"暗証番号"},
	chooseSMS:    {"SMS", "ショートメール"},
	restart:      {"最初から", "はじめから", "やり直"},
	login:        {"ログイン"},
	loginFromPC:  {"Netアンサーログイン", "ログイン"},
	register:     {"新規登録"},
	backInApp:    {"戻る"},
	reissue:      {"再発行", "再送"},
	confirmation: {"確認", "再入力", "もう一度", "再度"},
	searchWords:  {"検索"},
	searchButton: {"検索"},
	portalBanner: {"セゾンPortal"},
	toAppStore:   {"App Store"},
	toGooglePlay: {"Google Play"},
	foundHome:    {"セゾンカード"},
	passcodeBox:  {"パスコード", "認証コード", "認証番号", "確認コード"},
	netAnswerID:  {"ログインID", "アンサーID", "ID"},
	pinBox:       {"暗証番号"},
	appEmail:     {"Eメール", "電子メール", "メール"},
	openAppTerms: {"規約を"},
	cardNumber:   {"カード番号"},
	securityCode: {"セキュリティ"},
}

// alike are names of fields that others give them, with the guide's.
func (c Config) alike() map[string]any {
	all := map[string]any{}
	for _, guide := range []string{passcodeBox, netAnswerID, pinBox, appEmail, securityCode} {
		for _, gist := range gists[guide] {
			all[gist] = c.word(guide)
		}
	}
	return all
}

// calls are what something is called here, the likeliest first.
func (c Config) calls(name string) []string {
	if own := c.word(name); own != name {
		return []string{own}
	}
	return append([]string{name}, others[name]...)
}

// A thing is something on a page that was found by its name.
type thing struct {
	Tag, Type, Role, Name, Own string
	Max                        int
	Idle, ReadOnly             bool
	Ticked, Covered            bool // a box: it is ticked; it is drawn by something else
	Link                       bool // it opens another window
	Options                    []string
	mark                       string // the selector of nothing else
	locator                    playwright.Locator
}

// seek finds things of a kind: field, action, secret, box, terms.
func (s *session) seek(ctx context.Context, kind string, names []string, loose bool, roles ...string) ([]thing, error) {
	s.turn++
	told, err := s.evaluate(
		ctx,
		finding,
		map[string]any{
			"wanted": append([]string{}, names...),
			"kind":   kind,
			"roles":  append([]string{}, roles...),
			"loose":  loose,
			"turn":   s.turn,
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
		things[i].mark = fmt.Sprintf(`[data-netanswer-%d="%d"]`, s.turn, i)
		things[i].locator = s.page.Locator(things[i].mark)
	}
	return things, nil
}

// patiently seeks until something is found, as long as a person waits for it. What
// asks for an answer before it, and does not hold it, is closed.
func (s *session) patiently(ctx context.Context, timeout time.Duration, seek func() ([]thing, error)) ([]thing, error) {
	looking, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	for {
		found, err := seek()
		if len(found) > 0 || err != nil && looking.Err() != nil {
			return found, err
		}
		if closed, _ := s.evaluate(ctx, dismissing, nil); closed == true {
			s.settle(ctx)
			_, _ = s.perceived(ctx) // it is another screen now; what cannot be read is told at the end
			continue
		}
		if looking.Err() != nil {
			return nil, nil
		}
		s.settle(ctx)
	}
}

// action finds what is pressed, by its name or what the name is about. It waits
// for it, as a person does.
func (s *session) action(ctx context.Context, name string) (thing, error) {
	timeout := lookTimeout
	if name == openApp {
		timeout = installing
	}
	found, _ := s.patiently(ctx, timeout, func() ([]thing, error) {
		found, err := s.seek(ctx, "action", s.config.calls(name), false)
		if err != nil || len(found) > 0 {
			return found, err
		}
		return s.seek(ctx, "action", gists[name], true)
	})
	if len(found) == 0 {
		if name == portalBanner {
			if err := s.outside(ctx); err != nil {
				return thing{}, err
			}
		}
		return thing{}, fmt.Errorf("画面「%s」に「%s」というボタンまたはリンクがありません。%s", s.title, name, s.offered(ctx))
	}
	return found[0], nil
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

// has tells whether something can be pressed just now.
func (s *session) has(ctx context.Context, name string) bool {
	found, err := s.seek(ctx, "action", s.config.calls(name), false)
	return err == nil && len(found) > 0
}

// note keeps the lines of the screen as they are before something is done.
func (s *session) note(ctx context.Context) {
	told, err := s.evaluate(ctx, allText, nil)
	if err != nil {
		return // then all that comes is new
	}
	text, _ := told.(string)
	s.lines, s.linesOf = nil, s.title
	for _, line := range strings.Split(text, "\n") {
		s.lines = append(s.lines, strings.Join(strings.Fields(line), " "))
	}
}

//go:embed quiet.js
var quiet string

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
	_, _ = s.evaluate(ctx, quiet, map[string]any{"still": 120, "most": int(s.config.Timeout.Milliseconds()) * 3 / 4})
}

// enterStrange types a passcode. Where none is asked for any more, the person
// asks for the page again and is left there.
func (s *session) enterStrange(ctx context.Context, passcode string) error {
	things, err := s.patiently(ctx, 0, func() ([]thing, error) { return s.seekField(ctx, passcodeBox) })
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
	before, _ := s.evaluate(ctx, state, nil) // likewise
	if err := s.typeCode(ctx, things, passcode); err != nil {
		return err
	}
	s.settle(ctx)
	if _, err := s.perceived(ctx); err == nil && !s.has(ctx, button) { // it goes on by itself
		if err := s.answered(ctx, before, lookTimeout); err != nil {
			return err
		}
		return s.rest(ctx)
	}
	return s.pressStrange(ctx, button)
}

// typeCode writes a passcode into its field, or its boxes; into one that cannot be
// written in, by the keys that the page draws.
func (s *session) typeCode(ctx context.Context, things []thing, passcode string) error {
	keys, err := s.seek(ctx, "action", []string{"1"}, false)
	if !things[0].ReadOnly || err != nil || len(keys) == 0 {
		return s.spread(ctx, passcodeBox, things, []string{passcode})
	}
	for _, digit := range strings.Split(passcode, "") {
		found, err := s.seek(ctx, "action", []string{digit}, false)
		if err != nil || len(found) == 0 {
			return err // a key that is not there cannot be pressed
		}
		if err := s.click(ctx, found[0], true); err != nil {
			return cannotPress(digit, err)
		}
	}
	return nil
}

// onlyField is the field, or the row of boxes of one character, of a screen where
// nothing else can be written and that is about a passcode.
func (s *session) onlyField(ctx context.Context) ([]thing, error) {
	if !s.has(ctx, verify) && !s.has(ctx, authenticate) {
		return nil, nil
	}
	all, err := s.seek(ctx, "any", nil, false)
	if len(all) == 1 || len(all) > 3 && !slices.ContainsFunc(all, func(t thing) bool { return t.Max != 1 }) {
		return all, err
	}
	return nil, err
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
