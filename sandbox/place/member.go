package place

import (
	"context"
	"fmt"
	"slices"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/world"
)

type card = issuer.Card

// usual are the members of the fixtures who are taken first, by their ids.
var usual = map[Kind]string{
	WithMobile: "hanako",
	WithAmex:   "anna",
	WithMail:   "misaki",
	Landline:   "tadashi",
	NoContact:  "makoto",
	Barred:     "shigeru",
	Registered: "ryoko",
}

// added are those who are added where the usual one has begun already.
var added = map[Kind]fixtures.Member{
	WithAmex:   {Name: "追加 安", Phone: "090-0000-2004", Cards: []fixtures.Card{{Brand: "amex"}}},
	WithMail:   {Name: "追加 恵美", Email: "emi@example.jp"},
	Landline:   {Name: "追加 鉄男", Phone: "03-0000-2009"},
	NoContact:  {Name: "追加 守"},
	Barred:     {Name: "追加 停", Phone: "090-0000-2033", Cards: []fixtures.Card{{Status: "locked"}}},
	Registered: {Name: "追加 登", Phone: "090-0000-2006", Cards: []fixtures.Card{{}}},
}

// member is the card of whoever is to be brought to a place.
func member(ctx context.Context, s *world.Service, name string, k Kind, wanted string) (card, error) {
	m, err := s.Control().Snapshot(ctx, name)
	if err != nil {
		return card{}, err
	}
	if wanted != "" {
		return called(s, m, wanted)
	}
	if c, ok := cardOf(m, usual[k], k != Registered); ok {
		return c, nil
	}
	if k == WithMobile {
		cards, err := s.Control().Generate(ctx, name, 1)
		if err != nil {
			return card{}, err
		}
		return cards[0], nil
	}
	fresh := added[k]
	if k == Registered {
		fresh.Cards = []fixtures.Card{{Account: &fixtures.Account{NetAnswerID: netAnswerID(m.Policy), Password: Password}}}
	}
	who, err := s.Control().AddMember(ctx, name, fresh)
	if err != nil {
		return card{}, err
	}
	return card{Card: who.Cards[0], MemberID: who.ID, Name: who.Name, BirthDate: who.BirthDate, Phone: who.Phone, Email: who.Email}, nil
}

// called finds the member that somebody names.
func called(s *world.Service, m world.Snapshot, wanted string) (card, error) {
	id := wanted
	for _, f := range s.Control().TestMembers() {
		if wanted == f.Called || wanted == f.Name {
			id = f.ID
		}
	}
	if c, ok := cardOf(m, id, false); ok {
		return c, nil
	}
	for _, c := range m.Issuer.Cards.All() {
		if c.Name == wanted {
			c, _ := cardOf(m, c.MemberID, false) // it has this one
			return c, nil
		}
	}
	return card{}, fmt.Errorf("%w: nobody is called %q", ErrPlace, wanted)
}

// cardOf is the first card of a member; with free, only one that nothing has
// begun with.
func cardOf(m world.Snapshot, id string, free bool) (card, bool) {
	var numbers []string
	for number, c := range m.Issuer.Cards.All() {
		if c.MemberID == id && !(free && (m.Journeys.Has(number) || m.Accounts.Cards.Has(number))) {
			numbers = append(numbers, number)
		}
	}
	if len(numbers) == 0 {
		return card{}, false
	}
	slices.Sort(numbers)
	return m.Issuer.Find(numbers[0])
}
