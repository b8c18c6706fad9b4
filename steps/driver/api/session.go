package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"example.com/netanswer/steps/driver"
)

// A session is one person with one registration.
type session struct {
	client *http.Client
	world  driver.World
	id     string // of the registration, once started
	token  string // of the log-in
	place  string // the screen the person is at when no registration is
	state  string // of the registration, as it was told last
	last   request

	app     bool   // the registration is one in the app
	company string // the card company chosen in the app
	wallet  string // what the smartphone's wallet is called
	seen    driver.Screen

	sentences []text   // of the screen seen last
	tabs      []string // at its foot
}

// registration is what the API tells of one.
type registration struct {
	ID      string `json:"id"`
	State   string `json:"state"`
	Message string `json:"message"`

	Device string `json:"device"` // in the app
	Email  string `json:"email"`
	Card   *struct {
		CardNumber string `json:"card_number"`
		Expiry     string `json:"expiry"`
	} `json:"card"`
	Destination *struct {
		SMS   bool   `json:"sms"`
		Phone string `json:"phone"`
	} `json:"destination"`

	Warnings []struct {
		Detail string `json:"detail"`
	} `json:"warnings"`
	Summary *struct {
		CardNumber   string `json:"card_number"`
		Expiry       string `json:"expiry"`
		SecurityCode string `json:"security_code"`
		NetAnswerID  string `json:"net_answer_id"`
		Password     string `json:"password"`
		EmailPC      string `json:"email_pc"`
		EmailMobile  string `json:"email_mobile"`
		Newsletter   bool   `json:"newsletter"`
	} `json:"summary"`
	IdentityCheck *struct {
		Number string `json:"number"`
	} `json:"identity_check"`
}

// Search implements driver.Session. The search engine is no part of the API.
func (s *session) Search(context.Context, string) (driver.Screen, error) {
	return driver.Screen{}, fmt.Errorf("the API has no search engine; tag the scenario @画面")
}

// Home implements driver.Session.
func (s *session) Home(ctx context.Context) (driver.Screen, error) { return s.at(ctx, "home", nil) }

// Entrance implements driver.Session.
func (s *session) Entrance(ctx context.Context) (driver.Screen, error) {
	return s.at(ctx, "entrance", nil)
}

// Start implements driver.Session.
func (s *session) Start(ctx context.Context) (driver.Screen, error) {
	s.id, s.app = "", false
	return s.send(ctx, request{method: http.MethodPost, path: "/api/registrations"})
}

// Submit implements driver.Session.
func (s *session) Submit(ctx context.Context, f driver.Form) (driver.Screen, error) {
	form := map[string]any{
		"card_number": strings.NewReplacer("-", "", " ", "").Replace(f.CardNumber), "expiry_month": f.ExpiryMonth, "expiry_year": f.ExpiryYear,
		"security_code": f.SecurityCode, "net_answer_id": f.NetAnswerID, "password": f.Password,
		"password_confirmation": f.PasswordConfirmation, "email_pc": f.EmailPC, "email_mobile": f.EmailMobile,
		"terms_agreed": !f.TermsDeclined,
	}
	if f.Newsletter != nil {
		form["newsletter"] = *f.Newsletter
	}
	return s.send(ctx, request{method: http.MethodPut, path: s.path("/form"), body: form})
}

// Revise implements driver.Session.
func (s *session) Revise(ctx context.Context) (driver.Screen, error) {
	return s.send(ctx, request{method: http.MethodPost, path: s.path("/revision")})
}

// Proceed implements driver.Session.
func (s *session) Proceed(ctx context.Context) (driver.Screen, error) {
	return s.send(ctx, request{method: http.MethodPost, path: s.path("/identity-check")})
}

// EnterPasscode implements driver.Session.
func (s *session) EnterPasscode(ctx context.Context, passcode string) (driver.Screen, error) {
	body := map[string]any{"passcode": passcode}
	if s.app {
		return s.step(ctx, http.MethodPost, "/passcode", body)
	}
	return s.send(ctx, request{method: http.MethodPost, path: s.path("/passcode"), body: body})
}

// Reissue implements driver.Session.
func (s *session) Reissue(ctx context.Context) (driver.Screen, error) {
	ask := func() (driver.Screen, error) {
		return s.send(ctx, request{method: http.MethodPost, path: s.path("/passcode/reissue")})
	}
	if s.app {
		ask = func() (driver.Screen, error) { return s.step(ctx, http.MethodPost, "/passcode/reissue", nil) }
	}
	screen, err := ask()
	if err == nil && len(screen.Messages) == 0 {
		if said, ok := sentence(s.sentences, s.place+".reissued"); ok {
			screen.Messages = []string{said}
		}
	}
	return screen, err
}

// FinishCall implements driver.Session.
func (s *session) FinishCall(ctx context.Context) (driver.Screen, error) {
	return s.send(ctx, request{method: http.MethodPost, path: s.path("/call/completion")})
}

// Restart implements driver.Session.
func (s *session) Restart(ctx context.Context) (driver.Screen, error) {
	if s.app {
		s.id, s.app = "", false
		return s.at(ctx, "app_company", nil)
	}
	return s.Start(ctx)
}

// OpenStep implements driver.Session: it makes the request that belongs to a
// later step, without having been asked for it.
func (s *session) OpenStep(ctx context.Context, title string) (driver.Screen, error) {
	switch title {
	case "ワンタイムパスコード認証":
		return s.Proceed(ctx)
	case "完了": // either of the two requests that complete
		if screen, err := s.FinishCall(ctx); err != nil || len(screen.Messages) == 0 {
			return screen, err
		}
		return s.EnterPasscode(ctx, "000000")
	case "ワンタイムパスコードの入力":
		return s.RequestPasscode(ctx)
	case "メール設定":
		return s.SubmitEmail(ctx, "okyakusama@example.jp")
	case "Netアンサーパスワードの設定":
		return s.SubmitPassword(ctx, "Secret-2026")
	case "利用規約の確認", "登録完了":
		return s.Agree(ctx, true)
	}
	return driver.Screen{}, fmt.Errorf("no request leads to 「%s」", title)
}

// Look implements driver.Session.
func (s *session) Look(ctx context.Context) (driver.Screen, error) {
	if s.id == "" {
		return s.at(ctx, s.place, nil)
	}
	var r registration
	p, err := s.do(ctx, request{method: http.MethodGet, path: s.path("")}, &r)
	if err != nil {
		return driver.Screen{}, err
	}
	return s.registered(ctx, r, p)
}

// Again implements driver.Session.
func (s *session) Again(ctx context.Context) (driver.Screen, error) {
	if s.last.method == "" {
		return driver.Screen{}, errNothing
	}
	return s.send(ctx, s.last)
}

// Tab implements driver.Session.
func (s *session) Tab(context.Context) (driver.Session, error) {
	tab := *s
	return &tab, nil
}

// Evidence implements driver.Session.
func (s *session) Evidence(context.Context) []driver.Evidence {
	text := fmt.Sprintf("%s\n%s\n%v\n%v\n%v\n", s.seen.Title, s.seen.Heading, s.seen.Messages, s.seen.Errors, s.seen.Text)
	return []driver.Evidence{{Name: "screen.txt", Media: "text/plain; charset=utf-8", Bytes: []byte(text)}}
}

// Close implements driver.Session.
func (s *session) Close() error { return nil }

func (s *session) path(rest string) string {
	if s.app {
		return "/api/app/registrations/" + s.id + rest
	}
	return "/api/registrations/" + s.id + rest
}

// send makes a request of a registration and returns the screen that a
// person would have before them.
func (s *session) send(ctx context.Context, r request) (driver.Screen, error) {
	s.last = r
	var done registration
	p, err := s.do(ctx, r, &done)
	if err != nil {
		return driver.Screen{}, err
	}
	if p == nil {
		s.id = done.ID
		return s.registered(ctx, done, nil)
	}
	var now registration
	gone, err := s.do(ctx, request{method: http.MethodGet, path: s.path("")}, &now)
	if err != nil {
		return driver.Screen{}, err
	}
	if gone != nil {
		p = gone
	}
	return s.registered(ctx, now, p)
}
