package external

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/target"
)

// castExternal is the cast of a file. Who is the sandbox's own is as in the fixtures;
// of the others only the name they choose for themselves is.
func castExternal(t target.Target, members []fixtures.Member) map[string]actor.Person {
	ours, cast := CastOf(members), map[string]actor.Person{}
	for _, m := range t.Members {
		p, known := ours[m.Called]
		if !m.Sandbox() {
			month, year, _ := strings.Cut(m.Expiry, "/")
			p = actor.Person{Called: m.Called, Phone: m.Phone, Email: m.Email, ID: p.ID, Password: "Secret-2026",
				Cards: []actor.Card{{Number: m.Card, Month: month, Year: year, SecurityCode: m.Code, PIN: m.PIN}}}
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

// strangers tells of those who are to be the sandbox's own, and are not.
func strangers(t target.Target, members []fixtures.Member) error {
	var err error
	ours := CastOf(members)
	for _, m := range t.Members {
		if _, known := ours[m.Called]; !known && m.Sandbox() {
			err = errors.Join(err, fmt.Errorf("members の%sは、この製品の試験用会員にいません。card、expiry、code を書いてください", m.Called))
		}
	}
	return err
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
				add("電話番号", ours.Phone)
				if end := ours.Phone[len(ours.Phone)-4:]; !strings.HasSuffix(m.Phone, end) {
					add("電話番号", "*"+end) // as a screen masks it
				}
			}
			if m.Email != ours.Email && ours.Email != "" {
				add("メールアドレス", ours.Email)
			}
			for _, c := range ours.Cards {
				if c.Number != m.Card {
					add("カード番号", c.Number, c.Number[4:], grouped(c.Number), grouped(c.Number)[:12], actor.Masked(c.Number))
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

// recipients are the telephones and addresses of who is spoken of in a text, and
// the addresses that stand in it; of everybody where the text is empty.
func recipients(cast map[string]actor.Person, text string) (phones, addresses []string) {
	phones, addresses = []string{}, mailAddress.FindAllString(text, -1)
	for called, p := range cast {
		if !strings.Contains(text, called) && text != "" {
			continue
		}
		if p.Phone != "" {
			phones = append(phones, p.Phone)
		}
		if p.Email != "" {
			addresses = append(addresses, p.Email)
		}
	}
	slices.Sort(addresses)
	return phones, slices.Compact(addresses)
}

// CastOf is the cast of the fixtures.
func CastOf(members []fixtures.Member) map[string]actor.Person {
	cast := map[string]actor.Person{}
	for _, m := range members {
		// An ID has nothing of the person's mail address in it (p29-3): three letters are too few to tell.
		p := actor.Person{Called: m.Called, Phone: m.Phone, Email: m.Email, ID: m.ID[:min(3, len(m.ID))] + "-2026", Password: "Secret-2026"}
		for _, c := range m.Cards {
			month, year, _ := strings.Cut(c.Expiry, "/")
			p.Cards = append(p.Cards, actor.Card{Number: c.Number, Month: month, Year: year, SecurityCode: c.SecurityCode, PIN: c.PIN})
			if c.Account != nil {
				p.ID, p.Password, p.HasAccount = c.Account.NetAnswerID, c.Account.Password, true
			}
		}
		cast[m.Called] = p
	}
	return cast
}

// Secrets are the cards of the implementation's own members and whatever else of
// the file must stand in no report.
func Secrets(t target.Target) (members []fixtures.Member, others []string) {
	for _, m := range t.Members {
		if !m.Sandbox() {
			members = append(members, fixtures.Member{Cards: []fixtures.Card{{Number: m.Card, SecurityCode: m.Code, PIN: m.PIN}}})
		}
	}
	return members, t.Secrets()
}
