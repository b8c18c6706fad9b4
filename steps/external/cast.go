package external

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/target"
)

// castExternal is the cast of a file. Who is the sandbox's own is as in the fixtures,
// with the points and purchases that the file tells; of the others only the name they
// choose for themselves is.
func castExternal(t target.Target, members []fixtures.Member) map[string]actor.Person {
	ours, cast := CastOf(members), map[string]actor.Person{}
	for as, m := range t.Cast() {
		p, known := ours[as]
		if !m.Sandbox() {
			p, known = personOf(as, m), true
		} else if known {
			p.Cards[0].Points = cmp.Or(m.Points, p.Cards[0].Points)
			p.Cards[0].Purchases = purchasesOf(m.Purchases)
		}
		if known { // others are told of by strangers
			cast[as] = p
		}
	}
	return cast
}

// personOf is a member of the implementation's own. The ID that they choose is
// nobody else's, and has nothing of theirs in it.
func personOf(as string, m target.Member) actor.Person {
	h := fnv.New32a()
	_, _ = h.Write([]byte(as)) // a hash never fails
	p := actor.Person{Called: as, Phone: m.Phone, Email: m.Email, ID: fmt.Sprintf("tst-%05x", h.Sum32()&0xfffff), Password: "Secret-2026"}
	for _, c := range m.All() {
		month, year, _ := strings.Cut(c.Expiry, "/")
		p.Cards = append(p.Cards, actor.Card{Number: c.Card, Month: month, Year: year, SecurityCode: c.Code, PIN: c.PIN,
			Points: c.Points, Purchases: purchasesOf(c.Purchases)})
	}
	if m.ID != "" {
		p.ID, p.Password, p.HasAccount = m.ID, m.Password, true
	}
	if !strings.ContainsAny(p.ID, "0123456789") {
		p.ID += "1"
	}
	return p
}

func purchasesOf(lines []target.Purchase) (all []actor.Purchase) {
	for _, line := range lines {
		all = append(all, actor.Purchase(line))
	}
	return all
}

// strangers tells of those who are to be the sandbox's own, and are not.
func strangers(t target.Target, members []fixtures.Member) error {
	var err error
	ours := CastOf(members)
	for as, m := range t.Cast() {
		if _, known := ours[as]; !known && m.Sandbox() {
			err = errors.Join(err, fmt.Errorf("members の%sは、この製品の試験用会員にいません。card、expiry、code を書いてください", as))
		}
	}
	return err
}

// mailAddress is how a scenario writes one.
var mailAddress = regexp.MustCompile(`[a-z0-9._+-]+@[a-z0-9.-]+\.[a-z]+`)

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
			p.Cards = append(
				p.Cards,
				actor.Card{
					Number:       c.Number,
					Month:        month,
					Year:         year,
					SecurityCode: c.SecurityCode,
					PIN:          c.PIN,
					Points:       strconv.Itoa(c.Points),
				},
			)
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
		if m.Sandbox() {
			continue
		}
		for _, one := range m.Spares() {
			for _, c := range one.All() {
				members = append(members, fixtures.Member{Cards: []fixtures.Card{{Number: c.Card, SecurityCode: c.Code, PIN: c.PIN}}})
			}
		}
	}
	return members, t.Secrets()
}
