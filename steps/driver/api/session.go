package api

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

// A session is one person with one registration.
type session struct {
	client *http.Client
	world  driver.World
	id     string                                       // of the registration, once started
	token  string                                       // of the log-in
	state  string                                       // of the registration, as it was told last
	last   func(context.Context) (driver.Screen, error) // what was sent last, once more; nil for nothing yet

	app     bool   // the registration is one in the app
	company string // the card company chosen in the app
	at      screen // before the person, as the API said
	wanted  string // what was asked for last of what a member has: after trouble, it is asked for anew
	seen    driver.Screen
	kept    []pressable // what could be pressed on this or an earlier screen, as on a page that a browser has kept
}

// registration is what the API tells of one.
type registration struct {
	ID     string `json:"id"`
	State  string `json:"state"`
	Screen screen `json:"screen"`
}

// shows is any answer that says which screen is then before the person.
type shows struct {
	Token  string `json:"token"`
	Screen screen `json:"screen"`
}

// see keeps what the API said of a screen, and returns it as a person reads it.
func (s *session) see(told screen) (driver.Screen, error) {
	if told.Name == "" { // it is promised with every answer: this is a fault, and no reason to judge nothing
		return driver.Screen{}, errors.New("the API answers without the screen that is then before the member")
	}
	s.at, s.seen = told, told.perceived()
	s.kept = append(slices.Clip(s.kept), told.actions()...)
	return s.seen, nil
}

// unsaid is for a refusal that says nothing of a screen: whether the member would be
// told on one, nobody can judge by it.
func unsaid() (driver.Screen, error) {
	return driver.Screen{}, fmt.Errorf("%w: the API says nothing of the screen that is then before the member", driver.ErrInapplicable)
}

// described returns a screen that needs no registration.
func (s *session) described(ctx context.Context, path string) (driver.Screen, error) {
	var told shows
	p, err := s.do(ctx, request{method: http.MethodGet, path: path}, &told)
	switch {
	case err != nil:
		return driver.Screen{}, err
	case p != nil && p.Screen == nil:
		return driver.Screen{}, fmt.Errorf("%w: %s: %s", driver.ErrInapplicable, path, p.Detail)
	case p != nil:
		return s.see(*p.Screen)
	}
	return s.see(told.Screen)
}

// can tells whether the screen has something to press, by the form it is part of
// and its name, or whether an earlier one had it. A person cannot press what was
// never there.
func (s *session) can(form string, names ...string) error {
	for _, a := range s.kept {
		if a.form == form && slices.Contains(names, a.Name) {
			return nil
		}
	}
	return fmt.Errorf("画面「%s」に、そのためのボタンがありません。あるのは「%s」です", s.seen.Title, strings.Join(s.seen.Actions, "」「"))
}

// Search implements driver.Session.
func (s *session) Search(ctx context.Context, words string) (driver.Screen, error) {
	return s.described(ctx, "/api/described/search?words="+url.QueryEscape(words))
}

// Home implements driver.Session.
func (s *session) Home(ctx context.Context) (driver.Screen, error) {
	return s.described(ctx, "/api/described/home")
}

// Entrance implements driver.Session.
func (s *session) Entrance(ctx context.Context) (driver.Screen, error) {
	if _, err := s.Home(ctx); err != nil {
		return driver.Screen{}, err
	}
	if err := s.can("", "login"); err != nil {
		return driver.Screen{}, err
	}
	return s.described(ctx, "/api/described/entrance")
}

// Start implements driver.Session.
func (s *session) Start(ctx context.Context) (driver.Screen, error) {
	s.id, s.app = "", false
	return s.send(ctx, request{method: http.MethodPost, path: "/api/registrations"})
}

// Submit implements driver.Session.
func (s *session) Submit(ctx context.Context, f driver.Form) (driver.Screen, error) {
	form := map[string]any{
		"card_number": strings.NewReplacer("-", "", " ", "").
			Replace(f.CardNumber),
		"expiry_month": f.ExpiryMonth, "expiry_year": f.ExpiryYear,
		"security_code": f.SecurityCode, "net_answer_id": f.NetAnswerID, "password": f.Password,
		"password_confirmation": f.PasswordConfirmation, "email_pc": f.EmailPC, "email_mobile": f.EmailMobile,
		"terms_agreed": !f.TermsDeclined,
	}
	if offered, there := s.at.ticked("newsletter"); there {
		form["newsletter"] = offered
	}
	if f.Newsletter != nil {
		form["newsletter"] = *f.Newsletter
	}
	if err := s.can("input", "submit"); err != nil {
		return driver.Screen{}, err
	}
	return s.send(ctx, request{method: http.MethodPut, path: s.path("/form"), body: form})
}

// Revise implements driver.Session.
func (s *session) Revise(ctx context.Context) (driver.Screen, error) {
	if err := s.can("confirm", "revise"); err != nil {
		return driver.Screen{}, err
	}
	return s.send(ctx, request{method: http.MethodPost, path: s.path("/revision")})
}

// Proceed implements driver.Session.
func (s *session) Proceed(ctx context.Context) (driver.Screen, error) {
	if err := s.can("confirm", "proceed"); err != nil {
		return driver.Screen{}, err
	}
	return s.proceed(ctx)
}

func (s *session) proceed(ctx context.Context) (driver.Screen, error) {
	return s.send(ctx, request{method: http.MethodPost, path: s.path("/identity-check")})
}

// EnterPasscode implements driver.Session.
func (s *session) EnterPasscode(ctx context.Context, passcode string) (driver.Screen, error) {
	if err := s.can("passcode", "submit"); err != nil {
		return driver.Screen{}, err
	}
	return s.passcode(ctx, passcode)
}

func (s *session) passcode(ctx context.Context, passcode string) (driver.Screen, error) {
	body := map[string]any{"passcode": passcode}
	if s.app {
		return s.step(ctx, http.MethodPost, "/passcode", body)
	}
	return s.send(ctx, request{method: http.MethodPost, path: s.path("/passcode"), body: body})
}

// Reissue implements driver.Session.
func (s *session) Reissue(ctx context.Context) (driver.Screen, error) {
	if err := s.can("reissue", "reissue"); err != nil {
		return driver.Screen{}, err
	}
	if s.app {
		return s.step(ctx, http.MethodPost, "/passcode/reissue", nil)
	}
	return s.send(ctx, request{method: http.MethodPost, path: s.path("/passcode/reissue")})
}

// FinishCall implements driver.Session.
func (s *session) FinishCall(ctx context.Context) (driver.Screen, error) {
	if err := s.can("call", "submit"); err != nil {
		return driver.Screen{}, err
	}
	return s.finishCall(ctx)
}

func (s *session) finishCall(ctx context.Context) (driver.Screen, error) {
	return s.send(ctx, request{method: http.MethodPost, path: s.path("/call/completion")})
}

// Restart implements driver.Session.
func (s *session) Restart(ctx context.Context) (driver.Screen, error) {
	if err := s.can("", "restart"); err != nil {
		return driver.Screen{}, err
	}
	if s.app {
		s.id, s.app = "", false
		return s.described(ctx, "/api/described/app_company")
	}
	return s.Start(ctx)
}

// OpenStep implements driver.Session: it makes the request that belongs to a
// later step, without having been asked for it.
func (s *session) OpenStep(ctx context.Context, title string) (driver.Screen, error) {
	switch title {
	case "ワンタイムパスコード認証":
		return s.proceed(ctx)
	case "完了": // either of the two requests that complete
		if screen, err := s.finishCall(ctx); err != nil || len(screen.Messages) == 0 {
			return screen, err
		}
		return s.passcode(ctx, "000000")
	case "ワンタイムパスコードの入力":
		return s.requestPasscode(ctx)
	case "メール設定":
		return s.email(ctx, "okyakusama@example.jp")
	case "Netアンサーパスワードの設定":
		return s.password(ctx, "Secret-2026")
	case "利用規約の確認", "登録完了":
		return s.agree(ctx, true)
	}
	return driver.Screen{}, fmt.Errorf("%w: no request leads to 「%s」", driver.ErrInapplicable, title)
}

// Look implements driver.Session.
func (s *session) Look(ctx context.Context) (driver.Screen, error) {
	name := s.at.Name
	if name == "trouble" {
		name = s.wanted
	}
	switch {
	case name == "portal":
		return s.home(ctx)
	case s.inPortal(name):
		return s.portal(ctx, name)
	case s.id == "":
		return s.described(ctx, "/api/described/"+s.at.Name)
	}
	var r registration
	p, err := s.do(ctx, request{method: http.MethodGet, path: s.path("")}, &r)
	return s.answered(r, p, err)
}

// Again implements driver.Session.
func (s *session) Again(ctx context.Context) (driver.Screen, error) {
	if s.last == nil {
		return driver.Screen{}, errNothing
	}
	return s.last(ctx)
}

// Tab implements driver.Session.
func (s *session) Tab(context.Context) (driver.Session, error) {
	tab := *s
	tab.last = nil // a tab sends again what was sent in it
	return &tab, nil
}

// Evidence implements driver.Session.
func (s *session) Evidence(context.Context) []driver.Evidence {
	var text strings.Builder
	fmt.Fprintf(&text, "画面: %s\n見出し: %s\n", s.seen.Title, s.seen.Heading)
	for _, m := range s.seen.Messages {
		fmt.Fprintf(&text, "知らせ: %s\n", m)
	}
	for _, label := range slices.Sorted(maps.Keys(s.seen.Errors)) {
		fmt.Fprintf(&text, "%sの欄: %s\n", label, strings.Join(s.seen.Errors[label], " / "))
	}
	fmt.Fprintf(&text, "\n%s\n", s.seen.Text)
	return []driver.Evidence{{Name: "screen.txt", Media: "text/plain; charset=utf-8", Bytes: []byte(text.String())}}
}

// Close implements driver.Session.
func (s *session) Close() error { return nil }

func (s *session) path(rest string) string {
	if s.app {
		return "/api/app/registrations/" + s.id + rest
	}
	return "/api/registrations/" + s.id + rest
}

// send makes a request of a registration and returns the screen that the answer
// says is then before the person.
func (s *session) send(ctx context.Context, r request) (driver.Screen, error) {
	s.last = func(ctx context.Context) (driver.Screen, error) { return s.send(ctx, r) }
	var done registration
	p, err := s.do(ctx, r, &done)
	return s.answered(done, p, err)
}

func (s *session) answered(r registration, p *problem, err error) (driver.Screen, error) {
	switch {
	case err != nil:
		return driver.Screen{}, err
	case p == nil && r.ID == "":
		return driver.Screen{}, errors.New("the API returns a registration that has no id")
	case p == nil:
		s.id, s.state = r.ID, r.State
		return s.see(r.Screen)
	case p.Screen == nil:
		return unsaid()
	}
	s.state = strings.TrimPrefix(p.Screen.Name, "app_")
	return s.see(*p.Screen)
}
