package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/member"
	"example.com/netanswer/steps/suite"
	"example.com/netanswer/steps/target"
)

// castAbroad is the cast of a file. Who is the sandbox's own is as in the fixtures;
// of the others only the name they choose for themselves is.
func castAbroad(t target.Target, members []fixtures.Member) map[string]member.Person {
	ours, cast := castOf(members), map[string]member.Person{}
	for _, m := range t.Members {
		p, known := ours[m.Called]
		if !m.Sandbox() {
			month, year, _ := strings.Cut(m.Expiry, "/")
			p = member.Person{Called: m.Called, Phone: m.Phone, Email: m.Email, ID: p.ID, Password: "Secret-2026",
				Cards: []member.Card{{Number: m.Card, Month: month, Year: year, SecurityCode: m.Code, PIN: m.PIN}}}
			if m.ID != "" {
				p.ID, p.Password, p.HasAccount = m.ID, m.Password, true
			}
			if p.ID == "" {
				p.ID = "tst-2026"
			}
			known = true
		}
		if known { // others are told of by strangers
			cast[m.Called] = p
		}
	}
	return cast
}

// strangers are those who are to be the sandbox's own, and are not.
func strangers(t target.Target, members []fixtures.Member) (sentences []string) {
	ours := castOf(members)
	for _, m := range t.Members {
		if _, known := ours[m.Called]; !known && m.Sandbox() {
			sentences = append(sentences, fmt.Sprintf("members の%sは、この製品の試験用会員にいません。card、expiry、code を書いてください", m.Called))
		}
	}
	return sentences
}

// A literal is something that scenarios quote of the sandbox's own members, which
// is otherwise with the implementation's.
type literal struct{ called, what, text string }

// literalsOf lists them for the members that are not the sandbox's own.
func literalsOf(t target.Target, members []fixtures.Member) (list []literal) {
	for _, m := range t.Members {
		for _, ours := range members {
			if m.Sandbox() || ours.Called != m.Called {
				continue
			}
			add := func(what string, texts ...string) {
				for _, text := range texts {
					list = append(list, literal{m.Called, what, text})
				}
			}
			if m.Phone != ours.Phone && ours.Phone != "" {
				add("電話番号", ours.Phone, "*"+ours.Phone[len(ours.Phone)-4:])
			}
			if m.Email != ours.Email && ours.Email != "" {
				add("メールアドレス", ours.Email)
			}
			for _, c := range ours.Cards {
				if c.Number != m.Card {
					add("カード番号", c.Number, c.Number[4:], grouped(c.Number), grouped(c.Number)[:12], masked(c.Number))
					add("ポイント", "ポイント」に")
					for _, p := range c.Purchases {
						add("ご利用明細", p.Shop)
					}
				}
				if c.Expiry != m.Expiry {
					add("有効期限", c.Expiry)
				}
				if c.SecurityCode != m.Code {
					add("セキュリティコード", "「"+c.SecurityCode+"」", "| "+c.SecurityCode+" ")
				}
			}
		}
	}
	return list
}

// grouped is a card number as scenarios write it.
func grouped(number string) string {
	return number[:4] + "-" + number[4:8] + "-" + number[8:12] + "-" + number[12:]
}

// quotes tells what a scenario quotes of somebody who is otherwise here, "" if
// nothing.
func quotes(scenario string, strange []literal) string {
	for _, l := range strange {
		if strings.Contains(scenario, l.called) && strings.Contains(scenario, l.text) {
			return fmt.Sprintf("シナリオの文に、この製品の%sの%sが書かれています", l.called, l.what)
		}
	}
	return ""
}

// mailAddress is how a scenario writes one.
var mailAddress = regexp.MustCompile(`[a-z0-9._-]+@[a-z0-9.-]+\.[a-z]+`)

// recipients are all that may receive something in a scenario.
func (a *abroad) recipients(sc suite.Scenario) []string {
	seen := map[string]bool{}
	add := func(recipient string) {
		if recipient != "" {
			seen[recipient] = true
		}
	}
	for _, p := range a.cast {
		add(p.Phone)
		add(p.Email)
	}
	for _, address := range mailAddress.FindAllString(sc.Written(), -1) {
		add(address)
	}
	var list []string
	for r := range seen {
		list = append(list, r)
	}
	return list
}

// adapter is an inbox by an adapter. Its messages are in no world.
type adapter struct{ from target.Adapter }

func (a adapter) Texts(ctx context.Context, _, phone string) ([]member.Message, error) {
	return a.arrived(ctx, "sms", phone)
}

func (a adapter) Mails(ctx context.Context, _, address string) ([]member.Message, error) {
	return a.arrived(ctx, "mail", address)
}

func (a adapter) arrived(ctx context.Context, kind, to string) ([]member.Message, error) {
	found, err := a.from.Arrived(ctx, kind, to)
	messages := make([]member.Message, len(found))
	for i, m := range found {
		messages[i] = arrival(m)
	}
	return messages, err
}

func (a adapter) NextText(ctx context.Context, _, phone, after string) (member.Message, error) {
	m, err := a.from.Next(ctx, "sms", phone, after, patience)
	return arrival(m), err
}

func (a adapter) NextMail(ctx context.Context, _, address, after string) (member.Message, error) {
	m, err := a.from.Next(ctx, "mail", address, after, patience)
	return arrival(m), err
}

func arrival(m target.Arrival) member.Message {
	return member.Message{ID: m.ID, From: m.From, To: m.To, Subject: m.Subject, Body: m.Body, Passcode: m.Passcode()}
}
