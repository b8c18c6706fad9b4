package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"example.com/netanswer/steps/driver"
)

// home is what the API tells a logged-in member.
type home struct {
	Name      string `json:"name"`
	Points    int    `json:"points"`
	Amount    int    `json:"amount"`
	Statement []struct {
		Date   string `json:"date"`
		Shop   string `json:"shop"`
		Amount int    `json:"amount"`
	} `json:"statement"`
}

// Login implements driver.Session.
func (s *session) Login(ctx context.Context, id, password string) (driver.Screen, error) {
	var opened struct {
		Token string `json:"token"`
	}
	p, err := s.do(ctx, request{method: http.MethodPost, path: "/api/sessions", body: map[string]any{"net_answer_id": id, "password": password}}, &opened)
	if err != nil {
		return driver.Screen{}, err
	}
	if p != nil {
		return s.at(ctx, "entrance", p)
	}
	s.token = opened.Token
	var h home
	if p, err = s.do(ctx, request{method: http.MethodGet, path: "/api/home"}, &h); err != nil {
		return driver.Screen{}, err
	}
	if p != nil {
		return s.at(ctx, "entrance", p)
	}
	out, err := s.at(ctx, "portal", nil)
	if err != nil {
		return out, err
	}
	out.Heading = strings.ReplaceAll(out.Heading, "{name}", h.Name)
	if label, ok := sentence(s.sentences, "portal.points"); ok {
		value, _ := sentence(s.sentences, "portal.points_value") // "" shows up in the scenario
		out.Values[label] = strings.ReplaceAll(value, "{points}", grouped(h.Points))
	}
	if label, ok := sentence(s.sentences, "portal.amount"); ok {
		value, _ := sentence(s.sentences, "portal.yen")
		out.Values[label] = strings.ReplaceAll(value, "{amount}", grouped(h.Amount))
	}
	if said, ok := sentence(s.sentences, "portal.no_purchases"); ok && len(h.Statement) == 0 {
		out.Text += "\n" + said
	}
	for _, line := range h.Statement {
		out.Text += "\n" + line.Date + " " + line.Shop + " " + grouped(line.Amount)
	}
	s.seen = out
	return out, nil
}

// grouped writes a number as a screen does, 12,345.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
