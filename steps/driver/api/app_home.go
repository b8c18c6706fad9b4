package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"example.com/netanswer/steps/driver"
)

// The screens of what a member has in the app.
var portals = []string{
	"app_home",
	"app_statement",
	"app_credit",
	"app_increase",
	"app_change",
	"app_cashing",
	"app_menu",
	"app_inquiry",
	"app_wallet",
}

func (s *session) inPortal(name string) bool { return slices.Contains(portals, name) }

// portal returns one of them. Where the log-in is over, the app starts again.
func (s *session) portal(ctx context.Context, name string) (driver.Screen, error) {
	s.wanted = name
	var told shows
	p, err := s.do(ctx, request{method: http.MethodGet, path: "/api/app/described/" + name}, &told)
	switch {
	case err != nil:
		return driver.Screen{}, err
	case p != nil && p.Screen != nil:
		return s.see(*p.Screen)
	case p != nil:
		return s.OpenApp(ctx)
	}
	return s.see(told.Screen)
}

// AnswerWallet implements driver.App.
func (s *session) AnswerWallet(ctx context.Context, answer string) (driver.Screen, error) {
	for _, a := range s.at.actions() {
		if a.form != "wallet" || a.Label != answer {
			continue
		}
		s.last = func(ctx context.Context) (driver.Screen, error) { return s.wallet(ctx, a) }
		return s.wallet(ctx, a)
	}
	return driver.Screen{}, fmt.Errorf("ウォレットの質問に「%s」という答えがありません", answer)
}

func (s *session) wallet(ctx context.Context, a pressable) (driver.Screen, error) {
	var told shows
	p, err := s.do(ctx, request{method: http.MethodPut, path: "/api/app/wallet", body: map[string]any{"answer": a.Name}}, &told)
	if err != nil {
		return driver.Screen{}, fmt.Errorf("answer the wallet: %w", err)
	}
	if p != nil {
		return driver.Screen{}, fmt.Errorf("ウォレットの質問に「%s」と答えると、断られました: %s", a.Label, p.Detail)
	}
	return s.see(told.Screen)
}

// Tap implements driver.App. Only what the screen has can be tapped; where it
// leads is what the screen says.
func (s *session) Tap(ctx context.Context, name string) (driver.Screen, error) {
	for _, a := range s.at.actions() {
		if a.Label != name {
			continue
		}
		if s.inPortal(a.LeadsTo) {
			return s.portal(ctx, a.LeadsTo)
		}
		return s.described(ctx, "/api/described/"+a.LeadsTo)
	}
	return driver.Screen{}, fmt.Errorf("画面「%s」に、押せる「%s」がありません", s.seen.Title, name)
}
