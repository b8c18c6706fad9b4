package overview_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/overview"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

const (
	pan  = "4242420000010017"
	mask = "4242-42**-****-017"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// snapshot is a world with a card and the account that belongs to it.
func snapshot() world.Snapshot {
	m := world.Snapshot{Now: noon}
	m.Policy = registration.Policy{CardMask: "0000-00**-****-000", DestinationMask: "*****0000",
		RegistrationIdle: registration.Duration(30 * time.Minute)}
	m.Accounts.Accounts.Put(account.Fold("Sakura2026"), account.Account{CardNumber: pan})
	return m
}

// begun is a registration that knows everything that nobody is to read of it.
func begun() registration.Registration {
	return registration.Registration{ID: "reg-1", Channel: registration.Web, State: registration.AwaitPasscode,
		StartedAt: noon, TouchedAt: noon,
		FormToken: "token", Method: registration.BySMS,
		Application: registration.Application{CardNumber: pan, SecurityCode: "987", NetAnswerID: "sakura2026", PasswordDigest: "digest"},
		Holder:      registration.Holder{MemberID: "hanako", Name: "見本 花子", Phone: "09000001001", Email: "hanako@example.jp"},
		Passcode:    registration.Passcode{Code: "482913", IssuedAt: noon, ExpiresAt: noon.Add(10 * time.Minute)},
		Previous:    registration.Passcode{Code: "571204"}}
}

func TestARegistrationIsSeenWithNothingBeyondItsMasks(t *testing.T) {
	m := snapshot()
	for name, tt := range map[string]struct {
		change            func(*registration.Registration)
		card, destination string
	}{
		"a passcode by SMS": {func(*registration.Registration) {}, mask, "*****1001"},
		"a call":            {func(r *registration.Registration) { r.Method = registration.ByCall }, mask, "*****1001"},
		"a passcode by mail": {func(r *registration.Registration) { r.Method = registration.ByEmail }, mask,
			"h*****@example.jp"},
		"no identity check yet": {func(r *registration.Registration) { r.Method = "" }, mask, ""},
		"a card that was not given": {func(r *registration.Registration) { r.Application.CardNumber = "" }, "",
			"*****1001"},
		"one completed, by its account": {func(r *registration.Registration) {
			r.State, r.Application.CardNumber = registration.Completed, ""
		}, mask, "*****1001"},
		"one completed whose account is gone": {func(r *registration.Registration) {
			r.State, r.Application.NetAnswerID = registration.Completed, "nobody"
		}, "", "*****1001"},
	} {
		r := begun()
		tt.change(&r)
		v := overview.Registration(m, r)
		if v.Card != tt.card || v.Destination != tt.destination {
			t.Errorf("%s: card %q, to %q; want %q, to %q", name, v.Card, v.Destination, tt.card, tt.destination)
		}
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{pan, "987", "482913", "571204", "digest", "token", "09000001001", "hanako@"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%s: %q can be read in %s", name, secret, text)
			}
		}
	}
}

func TestTheNewestRegistrationsAreListedAsTheyAreNow(t *testing.T) {
	m := snapshot()
	for id, ago := range map[string]time.Duration{"b": time.Minute, "a": time.Minute, "c": 0, "old": time.Hour} {
		r := begun()
		r.ID, r.StartedAt, r.TouchedAt = id, noon.Add(-ago), noon.Add(-ago)
		m.Registrations.Put(id, r)
	}
	var got []string
	for _, v := range overview.Registrations(m, 4) {
		got = append(got, v.ID+" "+v.State)
	}
	if diff := cmp.Diff([]string{"c passcode", "a passcode", "b passcode", "old expired"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := len(overview.Registrations(m, 2)); n != 2 {
		t.Errorf("%d of at most 2", n)
	}
}

func TestAnEnrolmentIsMaskedAndTheOldestIsFirst(t *testing.T) {
	m := snapshot()
	m.Issuer.Enrolled.Put(pan, noon)
	m.Issuer.Enrolled.Put("378282000010049", noon.Add(-time.Hour))
	var got []string
	for _, e := range overview.Enrolments(m) {
		got = append(got, e.Card)
	}
	if diff := cmp.Diff([]string{"3782-82**-****-049", mask}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCardsOfOnePersonStandTogether(t *testing.T) {
	card := func(id, phone, number string) issuer.Card {
		return issuer.Card{MemberID: id, Phone: phone, Card: fixtures.Card{Number: number}}
	}
	var got []string
	for _, p := range overview.Group([]issuer.Card{card("a", "1", "11"), card("a", "1", "12"), card("a", "2", "13"), card("b", "2", "14")}) {
		line := p.ID
		for _, c := range p.Cards {
			line += " " + c.Number
		}
		got = append(got, line)
	}
	if diff := cmp.Diff([]string{"a 11 12", "a 13", "b 14"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
