package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

// wallet is what the API tells of the question of the wallet.
type wallet struct {
	Name   string `json:"name"`
	Answer string `json:"answer"`
	Asks   bool   `json:"asks"`
}

type purchase struct {
	Date   string `json:"date"`
	Shop   string `json:"shop"`
	Amount int    `json:"amount"`
}

// appHome is what the API tells of the app's home.
type appHome struct {
	Name    string `json:"name"`
	Points  int    `json:"points"`
	Payment struct {
		Amount int `json:"amount"`
	} `json:"payment"`
	Recent []purchase `json:"recent"`
	Wallet wallet     `json:"wallet"`
}

// appStatement is what the API tells of the statement.
type appStatement struct {
	Payment struct {
		Amount int    `json:"amount"`
		Date   string `json:"date"`
	} `json:"payment"`
	Purchases []purchase `json:"purchases"`
	Credit    struct {
		Limit     int `json:"limit"`
		Used      int `json:"used"`
		Available int `json:"available"`
	} `json:"credit"`
	CashingLimit int `json:"cashing_limit"`
	Usage        []struct {
		Month  string `json:"month"`
		Amount int    `json:"amount"`
	} `json:"usage"`
}

// filled is a screen with values put into its sentences.
func (s *session) filled(ctx context.Context, name string, p *problem, values map[string]string) (driver.Screen, error) {
	out, err := s.at(ctx, name, p)
	if err != nil {
		return out, err
	}
	fill := func(text string) string {
		for place, value := range values {
			if value != "" {
				text = strings.ReplaceAll(text, "{"+place+"}", value)
			}
		}
		return text
	}
	out.Heading = fill(out.Heading)
	for _, t := range s.sentences {
		if said := fill(t.Text); said != t.Text && !strings.Contains(said, "{") && always(text{t.ID, said}) {
			out.Text += "\n" + said
			if t.ID == "app_menu.wallet" {
				out.Actions = append(out.Actions, said)
			}
		}
	}
	s.seen = out
	return out, nil
}

// appHome returns the app's home; said is a sentence of what was just done.
func (s *session) appHome(ctx context.Context, said string) (driver.Screen, error) {
	var h appHome
	p, err := s.do(ctx, request{method: http.MethodGet, path: "/api/app/home"}, &h)
	if err != nil {
		return driver.Screen{}, err
	}
	if p != nil {
		return s.at(ctx, "trouble", p)
	}
	out, err := s.filled(ctx, "app_home", nil, map[string]string{"name": h.Name, "wallet": h.Wallet.Name})
	if err != nil {
		return out, err
	}
	s.value(&out, "app_home.payment", yen(h.Payment.Amount))
	s.value(&out, "app_home.points", grouped(h.Points)+" ポイント")
	s.list(&out, h.Recent)
	if there, ok := sentence(s.sentences, "app_home.wallet_added"); ok && h.Wallet.Answer == "add" {
		out.Text += "\n" + strings.ReplaceAll(there, "{wallet}", h.Wallet.Name)
	}
	if said != "" {
		out.Messages = append(out.Messages, said)
	}
	s.seen = out
	return out, nil
}

// value shows a value by its label.
func (s *session) value(out *driver.Screen, id, value string) {
	if label, ok := sentence(s.sentences, id); ok {
		out.Values[label] = value
		out.Text += "\n" + value
	}
}

func yen(amount int) string { return grouped(amount) + " 円" }

func (s *session) list(out *driver.Screen, purchases []purchase) {
	for _, p := range purchases {
		out.Text += "\n" + strings.ReplaceAll(p.Date, "-", "/") + " " + p.Shop + " " + yen(p.Amount)
	}
}

// AnswerWallet implements driver.App.
func (s *session) AnswerWallet(ctx context.Context, answer string) (driver.Screen, error) {
	for _, what := range []string{"add", "not_now"} {
		if said, _ := sentence(s.sentences, "app_wallet."+what); said != answer {
			continue
		}
		var w wallet
		p, err := s.do(ctx, request{method: http.MethodPut, path: "/api/app/wallet", body: map[string]any{"answer": what}}, &w)
		if err != nil || p != nil {
			return driver.Screen{}, fmt.Errorf("answer the wallet: %v %w", p, err)
		}
		said := ""
		if w.Answer == "add" {
			said, _ = sentence(s.sentences, "app_wallet.added")
		}
		return s.appHome(ctx, strings.ReplaceAll(said, "{wallet}", w.Name))
	}
	return driver.Screen{}, fmt.Errorf("the question of the wallet has no answer 「%s」", answer)
}

// Tap implements driver.App. Only what the screen has can be tapped; where it
// leads is told by the sentence or tab that names it.
func (s *session) Tap(ctx context.Context, name string) (driver.Screen, error) {
	if amount, _ := sentence(s.sentences, "app_home.payment"); amount != "" && name == s.seen.Values[amount] {
		return s.appStatement(ctx, "app_statement")
	}
	if !slices.Contains(s.seen.Actions, name) {
		return driver.Screen{}, fmt.Errorf("nothing called 「%s」 leads on from the screen 「%s」", name, s.seen.Title)
	}
	switch slices.Index(s.tabs, name) {
	case 0:
		return s.appHome(ctx, "")
	case 1:
		return s.appStatement(ctx, "app_statement")
	case 2:
		return s.menu(ctx)
	}
	for id, screen := range map[string]string{"app_statement.credit": "app_credit", "app_credit.increase": "app_increase",
		"app_statement.change": "app_change", "app_statement.cashing": "app_cashing"} {
		if said, ok := sentence(s.sentences, id); ok && said == name {
			return s.appStatement(ctx, screen)
		}
	}
	if inquiry, _ := sentence(s.sentences, "app_menu.inquiry"); inquiry == name {
		return s.at(ctx, "app_inquiry", nil)
	}
	return s.filled(ctx, "app_wallet", nil, map[string]string{"wallet": s.wallet}) // all that is left of a menu
}

// menu is the app's menu.
func (s *session) menu(ctx context.Context) (driver.Screen, error) {
	var h appHome
	if p, err := s.do(ctx, request{method: http.MethodGet, path: "/api/app/home"}, &h); err != nil || p != nil {
		return driver.Screen{}, fmt.Errorf("open the menu: %v %w", p, err)
	}
	s.wallet = h.Wallet.Name
	return s.filled(ctx, "app_menu", nil, map[string]string{"wallet": s.wallet})
}

// appStatement returns the statement, or a screen that it leads to.
func (s *session) appStatement(ctx context.Context, screen string) (driver.Screen, error) {
	var st appStatement
	p, err := s.do(ctx, request{method: http.MethodGet, path: "/api/app/statement"}, &st)
	if err != nil {
		return driver.Screen{}, err
	}
	if p != nil { // the log-in is over: the app starts again
		return s.OpenApp(ctx)
	}
	out, err := s.at(ctx, screen, nil)
	if err != nil {
		return out, err
	}
	s.value(&out, "app_statement.payment", yen(st.Payment.Amount))
	if st.Payment.Date != "" {
		s.value(&out, "app_statement.payment_date", strings.ReplaceAll(st.Payment.Date, "-", "/"))
	}
	if said, ok := sentence(s.sentences, "app_statement.no_payment"); ok && len(st.Purchases) == 0 {
		out.Text += "\n" + said
	}
	s.value(&out, "app_credit.limit", yen(st.Credit.Limit))
	s.value(&out, "app_credit.used", yen(st.Credit.Used))
	s.value(&out, "app_credit.available", yen(st.Credit.Available))
	s.value(&out, "app_increase.limit", yen(st.Credit.Limit))
	if st.CashingLimit > 0 {
		s.value(&out, "app_cashing.limit", yen(st.CashingLimit))
	} else if said, ok := sentence(s.sentences, "app_cashing.none"); ok {
		out.Text += "\n" + said
	}
	if screen == "app_statement" || screen == "app_change" {
		s.list(&out, st.Purchases)
	}
	for _, m := range st.Usage {
		year, month, _ := strings.Cut(m.Month, "-")
		out.Text += "\n" + year + "年" + strings.TrimPrefix(month, "0") + "月 " + yen(m.Amount)
	}
	s.seen = out
	return out, nil
}
