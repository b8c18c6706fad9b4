package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

// screen is what the API tells of a screen.
type screen struct {
	Title     string   `json:"title"`
	Heading   string   `json:"heading"`
	Progress  string   `json:"progress"`
	Sentences []text   `json:"sentences"`
	Terms     string   `json:"terms"`
	Prefixes  []string `json:"card_number_first"`
	Tabs      []string `json:"tabs"`
}

type text struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// at returns a screen as it stands by itself; p is what was refused there.
func (s *session) at(ctx context.Context, name string, p *problem) (driver.Screen, error) {
	var told screen
	refused, err := s.do(ctx, request{method: http.MethodGet, path: "/api/screens/" + name}, &told)
	if err != nil {
		return driver.Screen{}, err
	}
	if refused != nil {
		return driver.Screen{}, fmt.Errorf("screen %s: %s", name, refused.Detail)
	}
	s.place, s.sentences = name, told.Sentences
	out := driver.Screen{Title: told.Title, Heading: told.Heading, Progress: told.Progress,
		Values: map[string]string{}, Errors: map[string][]string{}, Choices: map[string][]string{}}
	lines := []string{told.Heading}
	for _, t := range told.Sentences {
		if always(t) {
			lines = append(lines, t.Text)
		}
	}
	for _, t := range told.Sentences {
		switch _, what, _ := strings.Cut(t.ID, "."); {
		case slices.Contains(fields, what):
			out.Fields = append(out.Fields, t.Text)
		case slices.Contains(actions, what):
			out.Actions = append(out.Actions, t.Text)
		}
	}
	s.tabs = told.Tabs
	out.Actions = append(out.Actions, told.Tabs...)
	if label, ok := sentence(told.Sentences, "input.card_number_first"); ok {
		out.Choices[label] = told.Prefixes
	}
	if p != nil {
		s.refuse(&out, p, told.Sentences)
		lines = append(lines, p.Detail)
	}
	out.Text = strings.Join(lines, "\n")
	s.seen = out
	return out, nil
}

// fields and actions are what the sentences of a screen are for that name
// something to write in or to press, by the second part of their ids.
var (
	fields = []string{"card_number", "card_number_first", "card_number_second", "card_number_third", "card_number_fourth",
		"expiry", "expiry_month", "expiry_year", "security_code", "net_answer_id", "password", "password_confirmation",
		"email_pc", "email_mobile", "newsletter", "passcode", "pin", "email"}
	actions = []string{"submit", "proceed", "revise", "reissue", "login", "login_pc", "login_sp", "restart", "register", "video", "terms_open", "other_registration",
		"begin", "choose_pin", "use_sms", "add", "not_now", "start", "credit", "change", "cashing", "increase", "inquiry", "portal"}
)

// always tells whether a screen says a sentence whatever has happened. What it
// says only sometimes comes with the answer that makes it say so.
func always(t text) bool {
	for _, sometimes := range []string{"expired.", "locked.", "passcode.reissued", "call.confirmed", "portal.no_purchases", "search.nothing",
		"app_destination.no_phone", "app_passcode.reissued", "app_terms.anew", "app_wallet.added", "app_home.wallet_added",
		"app_statement.no_payment", "app_cashing.none", "app_guide.other_device"} {
		if strings.HasPrefix(t.ID, sometimes) {
			return false
		}
	}
	return !strings.Contains(t.Text, "{") // the answer fills it
}

// refuse puts a refusal where the person would find it: at its field, or above
// everything.
func (s *session) refuse(out *driver.Screen, p *problem, sentences []text) {
	out.Messages = append(out.Messages, p.Detail)
	for _, e := range p.Errors {
		label, ok := sentence(sentences, s.place+"."+e.Field)
		if ok {
			out.Errors[label] = append(out.Errors[label], e.Detail)
		}
		if !ok || len(p.Errors) > 1 {
			out.Messages = append(out.Messages, e.Detail)
		}
	}
}

func sentence(sentences []text, id string) (string, bool) {
	for _, t := range sentences {
		if t.ID == id {
			return t.Text, true
		}
	}
	return "", false
}

// registered returns the screen of a registration's state.
func (s *session) registered(ctx context.Context, r registration, p *problem) (driver.Screen, error) {
	s.state = r.State
	if r.State == "" { // there is no such registration: the person is where they were
		return s.at(ctx, "input", p)
	}
	out, err := s.at(ctx, s.screenOf(r), p)
	if err != nil {
		return out, err
	}
	s.inApp(&out, r)
	if r.Message != "" {
		out.Text += "\n" + r.Message
	}
	if label, ok := sentence(s.sentences, "call.number"); ok && r.IdentityCheck != nil {
		out.Values[label] = r.IdentityCheck.Number
	}
	for _, w := range r.Warnings {
		out.Messages = append(out.Messages, w.Detail)
		out.Text += "\n" + w.Detail
	}
	if sum := r.Summary; sum != nil {
		newsletter := "newsletter_no"
		if sum.Newsletter {
			newsletter = "newsletter_yes"
		}
		said, _ := sentence(s.sentences, r.State+"."+newsletter) // the form has a box instead
		for field, value := range map[string]string{"card_number": sum.CardNumber, "expiry": sum.Expiry, "security_code": sum.SecurityCode,
			"net_answer_id": sum.NetAnswerID, "password": sum.Password, "email_pc": sum.EmailPC, "email_mobile": sum.EmailMobile, "newsletter": said} {
			if label, ok := sentence(s.sentences, r.State+"."+field); ok && value != "" {
				out.Values[label] = value
			}
		}
	}
	s.seen = out
	return out, nil
}

// screenOf is the screen of a registration. The ends are those of the web.
func (s *session) screenOf(r registration) string {
	switch r.State {
	case "expired", "locked", "unavailable":
		return r.State
	}
	if s.app {
		return "app_" + r.State
	}
	return r.State
}

// inApp shows what the app shows of a registration besides its sentences.
func (s *session) inApp(out *driver.Screen, r registration) {
	if r.Destination != nil && r.Destination.SMS {
		s.value(out, "app_destination.phone", r.Destination.Phone)
	} else if r.Destination != nil {
		submit, _ := sentence(s.sentences, "app_destination.submit") // without a telephone there is nothing to send to
		out.Actions = slices.DeleteFunc(out.Actions, func(a string) bool { return a == submit })
	}
	if label, ok := sentence(s.sentences, "app_email.email"); ok && r.Email != "" {
		out.Values[label] = r.Email
	}
	if r.Card != nil {
		for id, value := range map[string]string{"app_card.card_number": r.Card.CardNumber, "app_card.expiry": r.Card.Expiry} {
			if label, ok := sentence(s.sentences, id); ok {
				out.Values[label] = value
			}
		}
	}
	if said, ok := sentence(s.sentences, "app_terms.anew"); ok && r.Message == said {
		out.Messages = append(out.Messages, said)
	}
}
