package world

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/account"
)

// TestMembers are the persons of every fresh world.
func (s Control) TestMembers() []fixtures.Member { return s.members }

// What an added member has where a test does not care.
const (
	anyName         = "追加 会員"
	anyBirthDate    = "1990-01-01"
	anyBrand        = "visa"
	anyExpiry       = "12/39"
	anySecurityCode = "321"
	anyPIN          = "1234"
	anyCreditLimit  = 300_000
)

// AddMember adds a member of a test's own and returns the member as added.
// What m leaves open is filled in: id, name, birth date, a card, and a card's
// number of its brand (visa where it names none), expiry, security code, PIN and credit limit; a
// telephone or mail address left open is one the issuer does not have. A member
// of the same id is replaced with all their cards, and so is a card of the same
// number. A card with an Account is registered from the start.
func (s Control) AddMember(ctx context.Context, name string, m fixtures.Member) (added fixtures.Member, err error) {
	_, err = s.update(ctx, name, func(st *State, now time.Time) error {
		added = s.complete(st, m)
		if err := added.Check(s.prefixes); err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
		st.dropCards(m.ID)
		st.Issuer.Add(added)
		if err := st.openAccounts(added, now); err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
		st.Timeline.add(now, "member", "会員を加えました: "+added.Name, added.ID)
		return nil
	})
	return added, err
}

// Generate makes n members of their own and returns their cards.
func (s Control) Generate(ctx context.Context, name string, n int) (cards []issuer.Card, err error) {
	_, err = s.update(ctx, name, func(st *State, now time.Time) error {
		if cards, err = st.Issuer.Generate(n); err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
		st.Timeline.add(now, "member", fmt.Sprintf("会員を%d人生成しました", n), "")
		return nil
	})
	return cards, err
}

// complete fills in what m leaves open. It changes neither st nor m's cards.
func (s Control) complete(st *State, m fixtures.Member) fixtures.Member {
	m.ID = either(m.ID, "member-"+strconv.Itoa(st.Timeline.Serial+1))
	m.Name = either(m.Name, anyName)
	m.BirthDate = either(m.BirthDate, anyBirthDate)
	if len(m.Cards) == 0 {
		m.Cards = []fixtures.Card{{}}
	}
	cards, taken := make([]fixtures.Card, len(m.Cards)), map[string]bool{}
	for i, c := range m.Cards {
		c.Brand = either(c.Brand, s.brand(c.Number))
		if c.Number == "" {
			c.Number = s.freeNumber(st, c.Brand, taken)
		}
		taken[c.Number] = true
		c.Expiry = either(c.Expiry, anyExpiry)
		digits := st.Policy.SecurityCodeDigits
		if c.Brand == "amex" {
			digits = st.Policy.SecurityCodeDigitsAmex
		}
		c.SecurityCode = either(c.SecurityCode, (anySecurityCode + "0")[:digits])
		c.PIN = either(c.PIN, anyPIN)
		if c.CreditLimit == 0 {
			c.CreditLimit = anyCreditLimit
		}
		cards[i] = c
	}
	m.Cards = cards
	return m
}

func either(given, otherwise string) string {
	if given != "" {
		return given
	}
	return otherwise
}

// brand is the one whose test prefix number has.
func (s Control) brand(number string) string {
	for _, p := range s.prefixes {
		if number != "" && strings.HasPrefix(number, p.Digits) {
			return p.Brand
		}
	}
	return anyBrand
}

// freeNumber is a test card number of brand that no card has; "" where there is
// no such brand. Its fifth digit keeps it apart from fixtures and generated cards.
func (s Control) freeNumber(st *State, brand string, taken map[string]bool) string {
	for _, p := range s.prefixes {
		if p.Brand != brand {
			continue
		}
		for serial := st.Issuer.Cards.Len(); ; serial++ {
			number := fmt.Sprintf("%s8%0*d", p.Digits, p.Length-len(p.Digits)-2, serial)
			number += string(fixtures.CheckDigit(number))
			if _, exists := st.Issuer.Find(number); !exists && !taken[number] {
				return number
			}
		}
	}
	return ""
}

// dropCards takes a member's cards out of the issuer's book.
func (st *State) dropCards(memberID string) {
	if memberID == "" {
		return
	}
	for number, c := range st.Issuer.Cards.All() {
		if c.MemberID == memberID {
			st.Issuer.Cards.Delete(number)
		}
	}
}

// openAccounts opens the accounts that a member's cards have from the start.
func (st *State) openAccounts(m fixtures.Member, registered time.Time) error {
	for _, c := range m.Cards {
		if c.Account == nil {
			continue
		}
		err := st.Accounts.Open(account.Account{NetAnswerID: c.Account.NetAnswerID, CardNumber: c.Number, EmailPC: m.Email,
			PasswordDigest: account.Digest(m.ID, c.Account.Password), RegisteredAt: registered})
		if err != nil {
			return fmt.Errorf("account of %s: %w", m.ID, err)
		}
	}
	return nil
}
