package api

import (
	"context"
	"net/http"

	"example.com/netanswer/steps/driver"
)

// Login implements driver.Session.
func (s *session) Login(ctx context.Context, id, password string) (driver.Screen, error) {
	s.last = func(ctx context.Context) (driver.Screen, error) { return s.Login(ctx, id, password) }
	var opened shows
	p, err := s.do(
		ctx,
		request{method: http.MethodPost, path: "/api/sessions", body: map[string]any{"net_answer_id": id, "password": password}},
		&opened,
	)
	switch {
	case err != nil:
		return driver.Screen{}, err
	case p != nil && p.Screen == nil:
		return unsaid()
	case p != nil:
		return s.see(*p.Screen)
	}
	s.token = opened.Token
	return s.home(ctx)
}

// home is what a logged-in member sees.
func (s *session) home(ctx context.Context) (driver.Screen, error) {
	s.wanted = "portal"
	return s.described(ctx, "/api/home")
}
