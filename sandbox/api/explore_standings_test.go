package api_test

import (
	"example.com/netanswer/sandbox/world"
	"strings"
	"time"
)

// standings are a registration in every state, and a few members beside it.
func (e *explorer) standings() (all []standing) {
	e.control(world.Setup{Clock: world.ClockMove{Running: new(bool)}})
	fresh := e.keep("reg-unknown", "")
	keep := func(id string) { all = append(all, e.keep(id, "")) }
	anew := func() { e.at(fresh); e.source.made = 0 }
	late := func(d time.Duration) { e.control(world.Setup{Clock: world.ClockMove{Advance: d}}) }
	all = append(all, fresh)

	form := func(card string) string { // of a member by the last digits of the card
		for _, m := range e.service.Control().TestMembers() {
			for _, c := range m.Cards {
				if strings.HasSuffix(c.Number, card) {
					return strings.NewReplacer("4242420000010017", c.Number, `"11"`, `"`+c.Expiry[:2]+`"`, `"35"`, `"`+c.Expiry[3:]+`"`, `"123"`, `"`+c.SecurityCode+`"`).
						Replace(goodForm)
				}
			}
		}
		e.t.Fatal(card)
		return ""
	}
	web := func(card string, steps ...string) string {
		anew()
		id := e.id(e.step("start-registration", "", ""))
		if card != "" {
			e.step("submit-form", id, form(card))
		}
		for _, s := range steps {
			e.step(s, id, "")
		}
		return id
	}
	keep(web(""))
	keep(web("0017"))
	keep(web("0017", "proceed"))
	late(2 * time.Minute)
	keep(all[len(all)-1].id) // another passcode can be had
	for range 8 {
		e.step("reissue-passcode", all[len(all)-1].id, "")
		late(2 * time.Minute)
	}
	keep(all[len(all)-1].id)                       // no other can be had
	keep(web("0108", "proceed"))                   // by mail
	keep(web("0090", "proceed"))                   // by telephone
	keep(web("0116", "proceed"))                   // unavailable
	keep(web("0017", "proceed", "enter-passcode")) // completed
	id := web("0017", "proceed")
	late(time.Hour)
	keep(id) // expired
	id = web("0017", "proceed")
	for range 5 {
		e.step("enter-passcode", id, `{"passcode":"000000"}`)
	}
	keep(id) // locked
	id = web("0017", "proceed")
	e.step("submit-form", e.id(e.step("start-registration", "", "")), strings.Replace(form("0017"), "hanako2026", "hanako2027", 1))
	keep(id) // superseded

	app := func(card string, steps ...string) string {
		anew()
		id := e.id(e.step("app-start", "", ""))
		if card != "" {
			e.step("app-card", id, card)
		}
		for _, s := range steps {
			op, body, _ := strings.Cut(s, " ")
			e.step(op, id, body)
		}
		return id
	}
	keep(app(""))
	keep(app(hanakosCard))
	keep(app(appCardOf("4242420000010090", "09/31", "890"))) // a landline
	keep(app(hanakosCard, "app-identity-check"))
	late(2 * time.Minute)
	keep(all[len(all)-1].id)
	for range 8 {
		e.step("app-reissue", all[len(all)-1].id, "")
		late(2 * time.Minute)
	}
	keep(all[len(all)-1].id)
	keep(app(hanakosCard, `app-identity-check {"method":"pin"}`))
	for range 5 {
		e.step("app-pin", all[len(all)-1].id, `{"pin":"0000"}`)
	}
	keep(all[len(all)-1].id) // locked
	id = app(hanakosCard, `app-identity-check {"method":"pin"}`)
	keep(id)
	for range 5 {
		e.step("app-pin", id, `{"pin":"0000"}`)
	}
	id = e.id(e.step("app-start", "", "")) // the issuer counts over the card
	e.step("app-card", id, "")
	e.step("app-identity-check", id, `{"method":"pin"}`)
	keep(id)
	keep(app(hanakosCard, "app-identity-check", "app-passcode"))
	keep(app(hanakosCard, "app-identity-check", "app-passcode", "app-email"))
	keep(app(hanakosCard, "app-identity-check", "app-passcode", "app-email", "app-password"))
	id = app(hanakosCard, "app-identity-check")
	late(time.Hour)
	keep(id) // expired
	id = app(hanakosCard, "app-identity-check", "app-passcode", "app-email", "app-password", "app-complete")
	token, _ := e.step("app-open", id, "").body["token"].(string)
	all = append(all, e.keep(id, token))
	// registered anew by another telephone
	other := e.id(e.step("app-start", "", ""))
	for _, s := range []string{"app-card", "app-identity-check", "app-passcode", "app-email", "app-password", "app-complete"} {
		e.step(s, other, "")
	}
	all = append(all, e.keep(id, token))
	anew()
	login := e.step("log-in", "", "")
	token, _ = login.body["token"].(string)
	all = append(all, e.keep("reg-unknown", token))
	for range 20 {
		e.step("log-in", "", `{"net_answer_id":"ryoko2020","password":"wrong"}`)
	}
	keep("reg-unknown") // log-in locked
	return all
}
