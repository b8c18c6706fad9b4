package api

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

var _ driver.App = (*session)(nil)

// defaultDevice is the smartphone of a session that is about none.
const defaultDevice = "iphone"

// Guide implements driver.App.
func (s *session) Guide(ctx context.Context) (driver.Screen, error) {
	return s.at(ctx, "app_guide", nil)
}

// Install implements driver.App. The stores are no part of the API.
func (s *session) Install(ctx context.Context) (driver.Screen, error) { return s.Guide(ctx) }

// OpenApp implements driver.App: it goes on with the registration that the app
// keeps, and starts for the member once that is completed.
func (s *session) OpenApp(ctx context.Context) (driver.Screen, error) {
	if s.id == "" {
		return s.at(ctx, "app_company", nil)
	}
	screen, err := s.Look(ctx)
	if err != nil || s.state != "completed" {
		return screen, err
	}
	var opened struct {
		Token  string `json:"token"`
		Wallet wallet `json:"wallet"`
	}
	p, err := s.do(ctx, request{method: http.MethodPost, path: s.path("/session")}, &opened)
	if err != nil {
		return driver.Screen{}, err
	}
	if p != nil {
		return s.at(ctx, "app_entrance", p)
	}
	s.token = opened.Token
	if opened.Wallet.Asks {
		return s.filled(ctx, "app_wallet", nil, map[string]string{"wallet": opened.Wallet.Name})
	}
	return s.appHome(ctx, "")
}

// Leave implements driver.App: nothing is sent.
func (s *session) Leave(context.Context) error { return nil }

// Return implements driver.App: the screen is as it was left.
func (s *session) Return(context.Context) (driver.Screen, error) { return s.seen, nil }

// ChooseCompany implements driver.App. What was chosen is sent with the
// beginning of the registration; only what is refused is sent at once.
func (s *session) ChooseCompany(ctx context.Context, name string) (driver.Screen, error) {
	if name != "" && !slices.Contains(strings.Split(s.seen.Text, "\n"), name) {
		return driver.Screen{}, fmt.Errorf("there is no 「%s」 to choose", name)
	}
	s.company = ""
	for what, company := range map[string]string{"saison": "saison", "other": "other"} {
		if said, _ := sentence(s.sentences, "app_company."+what); said == name {
			s.company = company
		}
	}
	if s.company == "saison" {
		return s.at(ctx, "app_entrance", nil)
	}
	p, err := s.do(ctx, s.start(""), &registration{})
	if err == nil && p == nil {
		err = errors.New("a registration began for a company that has none")
	}
	if err != nil {
		return driver.Screen{}, err
	}
	return s.at(ctx, "app_company", p)
}

func (s *session) start(key string) request {
	device := s.world.Device
	if device == "" {
		device = defaultDevice
	}
	return request{http.MethodPost, "/api/app/registrations", map[string]any{"device": device, "card_company": s.company}, key}
}

// BeginInApp implements driver.App.
func (s *session) BeginInApp(ctx context.Context) (driver.Screen, error) {
	s.id, s.app = "", true
	return s.send(ctx, s.start(rand.Text()))
}

// step sends a step of the registration in the app, with a key of its own.
func (s *session) step(ctx context.Context, method, path string, body any) (driver.Screen, error) {
	return s.send(ctx, request{method, s.path(path), body, rand.Text()})
}

// SubmitCard implements driver.App.
func (s *session) SubmitCard(ctx context.Context, c driver.Card) (driver.Screen, error) {
	return s.step(ctx, http.MethodPut, "/card", map[string]any{"card_number": c.Number, "expiry": c.Expiry, "security_code": c.SecurityCode})
}

// RequestPasscode implements driver.App.
func (s *session) RequestPasscode(ctx context.Context) (driver.Screen, error) {
	return s.step(ctx, http.MethodPost, "/identity-check", map[string]any{"method": "sms"})
}

// ChooseSMS implements driver.App.
func (s *session) ChooseSMS(ctx context.Context) (driver.Screen, error) {
	return s.RequestPasscode(ctx)
}

// ChoosePIN implements driver.App.
func (s *session) ChoosePIN(ctx context.Context) (driver.Screen, error) {
	return s.step(ctx, http.MethodPost, "/identity-check", map[string]any{"method": "pin"})
}

// EnterPIN implements driver.App.
func (s *session) EnterPIN(ctx context.Context, pin string) (driver.Screen, error) {
	return s.step(ctx, http.MethodPost, "/pin", map[string]any{"pin": pin})
}

// SubmitEmail implements driver.App.
func (s *session) SubmitEmail(ctx context.Context, email string) (driver.Screen, error) {
	return s.step(ctx, http.MethodPut, "/email", map[string]any{"email": email})
}

// SubmitPassword implements driver.App.
func (s *session) SubmitPassword(ctx context.Context, password string) (driver.Screen, error) {
	return s.step(ctx, http.MethodPut, "/password", map[string]any{"password": password})
}

// Agree implements driver.App.
func (s *session) Agree(ctx context.Context, agreed bool) (driver.Screen, error) {
	return s.step(ctx, http.MethodPost, "/completion", map[string]any{"terms_agreed": agreed})
}

// before is the state that leads to each.
var before = map[string]string{"destination": "card", "password": "email", "terms": "password"}

// Back implements driver.App.
func (s *session) Back(ctx context.Context) (driver.Screen, error) {
	to, ok := before[s.state]
	if !ok {
		return driver.Screen{}, fmt.Errorf("nothing leads back from the state %s", s.state)
	}
	return s.step(ctx, http.MethodPost, "/back", map[string]any{"to": to})
}
