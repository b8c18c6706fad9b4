// Package overview is a world as people who test see it: its members with their
// test cards, its registrations with nothing beyond the masks, enrolments and
// texts. It is plain data, made from a snapshot; the control API writes it as
// JSON, and the console's pages show it.
package overview

import (
	"cmp"
	"slices"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/world"
)

// Member is a person of a world and their test cards, with everything a test
// needs to type: they are test cards and nobody's secret.
type Member struct {
	ID        string `json:"id,omitempty" maxLength:"64" pattern:"^[A-Za-z0-9._-]*$" example:"saburo"`
	Name      string `json:"name,omitempty" maxLength:"100" example:"見本 三郎"`
	BirthDate string `json:"birth_date,omitempty" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" doc:"YYYY-MM-DD"`
	Phone     string `json:"phone,omitempty" maxLength:"20" doc:"as registered with the issuer, in national form; left out: none" example:"090-0000-2001"`
	Email     string `json:"email,omitempty" maxLength:"254" pattern:"^([^@\\s]+@[^@\\s]+)?$" doc:"as registered with the issuer; left out: none"`
	Cards     []Card `json:"cards,omitempty" maxItems:"20"`
}

// Card is one test card.
type Card struct {
	Number       string              `json:"number,omitempty" pattern:"^[0-9]*$" maxLength:"19" doc:"under a test prefix; left out: a free one"`
	Brand        string              `json:"brand,omitempty" enum:"visa,mastercard,jcb,amex" doc:"left out: that of the number, or visa"`
	Status       string              `json:"status,omitempty" enum:"active,locked,withdrawn" doc:"left out: active; with the others no identity check is possible"`
	Product      string              `json:"product,omitempty" enum:"saison,corporate,club_on" doc:"left out: saison, the only one that can be registered"`
	Expiry       string              `json:"expiry,omitempty" doc:"MM/YY" example:"12/39"`
	SecurityCode string              `json:"security_code,omitempty" pattern:"^([0-9]{3,4})?$"`
	PIN          string              `json:"pin,omitempty" pattern:"^([0-9]{4})?$" doc:"暗証番号; left out: 1234. Wrong ones of before are forgotten"`
	Points       int                 `json:"points,omitempty" minimum:"0"`
	CreditLimit  int                 `json:"credit_limit,omitempty" minimum:"0" doc:"ご利用可能枠, yen; left out: 300000"`
	CashingLimit int                 `json:"cashing_limit,omitempty" minimum:"0" doc:"キャッシング枠, yen"`
	PaymentDate  string              `json:"payment_date,omitempty" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" doc:"when the purchases are to be paid, YYYY-MM-DD"`
	Purchases    []fixtures.Purchase `json:"purchases,omitempty" maxItems:"200"`
	Usage        []fixtures.Month    `json:"usage,omitempty" maxItems:"60" doc:"what was used in the months before those of the purchases, oldest first"`
	Account      *fixtures.Account   `json:"account,omitempty" doc:"present where the card is registered from the start"`
}

// Members returns the members of a world, by id, generated ones last.
func Members(m world.Snapshot) []Member {
	cards := make([]issuer.Card, 0, m.Issuer.Cards.Len())
	for _, c := range m.Issuer.Cards.All() {
		cards = append(cards, c)
	}
	slices.SortFunc(cards, func(a, b issuer.Card) int {
		return cmp.Or(cmp.Compare(a.MemberID, b.MemberID), cmp.Compare(a.Number, b.Number))
	})
	return append(Group(cards), Generated(m.Issuer)...)
}

// Generated are the first hundred generated members of a book: what generating
// them anew would return.
func Generated(book issuer.Book) []Member {
	n := min(book.Generated, 100)
	if n == 0 {
		return nil
	}
	book.Generated = 0
	cards, err := book.Generate(n)
	if err != nil {
		panic(err) // a hundred of them were generated before
	}
	return Group(cards)
}

// Fixture is the member as the service takes it.
func (p Member) Fixture() fixtures.Member {
	m := fixtures.Member{ID: p.ID, Name: p.Name, BirthDate: p.BirthDate, Phone: p.Phone, Email: p.Email}
	for _, c := range p.Cards {
		m.Cards = append(m.Cards, fixtures.Card(c))
	}
	return m
}

// Show is a member of the fixtures' kind as they are shown.
func Show(m fixtures.Member) Member {
	p := Member{ID: m.ID, Name: m.Name, BirthDate: m.BirthDate, Phone: m.Phone, Email: m.Email}
	for _, c := range m.Cards {
		p.Cards = append(p.Cards, Card(c))
	}
	return p
}

// Group puts cards that follow one another and belong to one person together.
func Group(cards []issuer.Card) []Member {
	people := []Member{}
	for _, c := range cards {
		holder := Member{ID: c.MemberID, Name: c.Name, BirthDate: c.BirthDate, Phone: c.Phone, Email: c.Email, Cards: []Card{Card(c.Card)}}
		if n := len(people); n > 0 && people[n-1].ID == holder.ID && people[n-1].Phone == holder.Phone &&
			people[n-1].Email == holder.Email {
			people[n-1].Cards = append(people[n-1].Cards, holder.Cards...)
			continue
		}
		people = append(people, holder)
	}
	return people
}
