package api

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"example.com/netanswer/steps/driver"
)

var _ driver.App = (*session)(nil)

// defaultDevice is the smartphone of a session that is about none.
const defaultDevice = "iphone"

// Guide implements driver.App.
func (s *session) Guide(ctx context.Context) (driver.Screen, error) {
	if _, err := s.Home(ctx); err != nil {
		return driver.Screen{}, err
	}
	if err := s.can("", "portal"); err != nil {
		return driver.Screen{}, err
	}
	return s.described(ctx, "/api/described/app_guide?device="+s.device())
}

// Install implements driver.App. The stores are no part of the API.
func (s *session) Install(ctx context.Context) (driver.Screen, error) { return s.Guide(ctx) }

// OpenApp implements driver.App: it goes on with the registration that the app
// keeps, and starts for the member once that is completed.
func (s *session) OpenApp(ctx context.Context) (driver.Screen, error) {
	if s.id == "" {
		return s.described(ctx, "/api/described/app_company")
	}
	var now registration
	p, err := s.do(ctx, request{method: http.MethodGet, path: s.path("")}, &now)
	seen, err := s.answered(now, p, err)
	if err != nil || s.state != "completed" {
		return seen, err
	}
	var opened shows
	p, err = s.do(ctx, request{method: http.MethodPost, path: s.path("/session")}, &opened)
	switch {
	case err != nil:
		return driver.Screen{}, err
	case p != nil && p.Screen != nil:
		return s.see(*p.Screen)
	case p != nil:
		return unsaid()
	}
	s.token = opened.Token
	return s.see(opened.Screen)
}

// Leave implements driver.App: nothing is sent.
func (s *session) Leave(context.Context) error { return nil }

// Return implements driver.App: the screen is as it was left.
func (s *session) Return(context.Context) (driver.Screen, error) { return s.seen, nil }

// ChooseCompany implements driver.App. What was chosen is sent with the
// beginning of the registration; only what is refused is sent at once.
func (s *session) ChooseCompany(ctx context.Context, name string) (driver.Screen, error) {
	if err := s.can("company", "submit"); err != nil {
		return driver.Screen{}, err
	}
	company, there := s.at.chosen("card_company", name)
	if name != "" && !there {
		return driver.Screen{}, fmt.Errorf("選択肢に「%s」がありません", name)
	}
	if s.company = company; company == "saison" {
		return s.described(ctx, "/api/described/app_entrance")
	}
	p, err := s.do(ctx, s.start(""), &registration{})
	switch {
	case err != nil:
		return driver.Screen{}, err
	case p == nil:
		return driver.Screen{}, errors.New("a registration began for a company that has none")
	case p.Screen == nil:
		return unsaid()
	}
	return s.see(*p.Screen)
}

func (s *session) device() string {
	if s.world.Device == "" {
		return defaultDevice
	}
	return s.world.Device
}

func (s *session) start(key string) request {
	return request{http.MethodPost, "/api/app/registrations", map[string]any{"device": s.device(), "card_company": s.company}, key}
}

// BeginInApp implements driver.App.
func (s *session) BeginInApp(ctx context.Context) (driver.Screen, error) {
	if err := s.can("begin", "begin"); err != nil {
		return driver.Screen{}, err
	}
	s.id, s.app = "", true
	return s.send(ctx, s.start(rand.Text()))
}

// step sends a step of the registration in the app, with a key of its own.
func (s *session) step(ctx context.Context, method, path string, body any) (driver.Screen, error) {
	return s.send(ctx, request{method, s.path(path), body, rand.Text()})
}

// SubmitCard implements driver.App.
func (s *session) SubmitCard(ctx context.Context, c driver.Card) (driver.Screen, error) {
	if err := s.can("card", "submit"); err != nil {
		return driver.Screen{}, err
	}
	return s.step(
		ctx,
		http.MethodPut,
		"/card",
		map[string]any{"card_number": c.Number, "expiry": c.Expiry, "security_code": c.SecurityCode},
	)
}

// RequestPasscode implements driver.App.
func (s *session) RequestPasscode(ctx context.Context) (driver.Screen, error) {
	if err := s.can("destination", "submit"); err != nil {
		return driver.Screen{}, err
	}
	return s.requestPasscode(ctx)
}

func (s *session) requestPasscode(ctx context.Context) (driver.Screen, error) {
	return s.step(ctx, http.MethodPost, "/identity-check", map[string]any{"method": "sms"})
}

// ChooseSMS implements driver.App.
func (s *session) ChooseSMS(ctx context.Context) (driver.Screen, error) {
	if err := s.can("destination", "use_sms"); err != nil {
		return driver.Screen{}, err
	}
	return s.requestPasscode(ctx)
}

// ChoosePIN implements driver.App.
func (s *session) ChoosePIN(ctx context.Context) (driver.Screen, error) {
	if err := s.can("choose_pin", "choose_pin"); err != nil {
		return driver.Screen{}, err
	}
	return s.step(ctx, http.MethodPost, "/identity-check", map[string]any{"method": "pin"})
}

// EnterPIN implements driver.App.
func (s *session) EnterPIN(ctx context.Context, pin string) (driver.Screen, error) {
	if err := s.can("pin", "submit"); err != nil {
		return driver.Screen{}, err
	}
	return s.step(ctx, http.MethodPost, "/pin", map[string]any{"pin": pin})
}

// SubmitEmail implements driver.App.
func (s *session) SubmitEmail(ctx context.Context, email string) (driver.Screen, error) {
	if err := s.can("email", "submit"); err != nil {
		return driver.Screen{}, err
	}
	return s.email(ctx, email)
}

func (s *session) email(ctx context.Context, email string) (driver.Screen, error) {
	return s.step(ctx, http.MethodPut, "/email", map[string]any{"email": email})
}

// SubmitPassword implements driver.App.
func (s *session) SubmitPassword(ctx context.Context, password string) (driver.Screen, error) {
	if err := s.can("password", "submit"); err != nil {
		return driver.Screen{}, err
	}
	return s.password(ctx, password)
}

func (s *session) password(ctx context.Context, password string) (driver.Screen, error) {
	return s.step(ctx, http.MethodPut, "/password", map[string]any{"password": password})
}

// Agree implements driver.App.
func (s *session) Agree(ctx context.Context, agreed bool) (driver.Screen, error) {
	if err := s.can("terms", "submit"); err != nil {
		return driver.Screen{}, err
	}
	return s.agree(ctx, agreed)
}

func (s *session) agree(ctx context.Context, agreed bool) (driver.Screen, error) {
	return s.step(ctx, http.MethodPost, "/completion", map[string]any{"terms_agreed": agreed})
}

// Back implements driver.App.
func (s *session) Back(ctx context.Context) (driver.Screen, error) {
	for _, a := range s.at.actions() {
		if a.form == "back" {
			return s.step(ctx, http.MethodPost, "/back", map[string]any{"to": strings.TrimPrefix(a.LeadsTo, "app_")})
		}
	}
	return driver.Screen{}, fmt.Errorf("画面「%s」に、前の画面へ戻る手段がありません", s.seen.Title)
}
