package console

import (
	"fmt"
	"reflect"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/world"
)

var errCountAlone = fmt.Errorf("%w: count generates members; nothing else may be given with it", world.ErrRequest)

// alone tells whether nothing but the count is given.
func (n newMember) alone() bool { return reflect.ValueOf(n.Member).IsZero() }

// fixture is the member as the service takes it.
func (p Member) fixture() fixtures.Member {
	m := fixtures.Member{ID: p.ID, Name: p.Name, BirthDate: p.BirthDate, Phone: p.Phone, Email: p.Email}
	for _, c := range p.Cards {
		m.Cards = append(m.Cards, fixtures.Card(c))
	}
	return m
}

func showMember(m fixtures.Member) Member {
	p := Member{ID: m.ID, Name: m.Name, BirthDate: m.BirthDate, Phone: m.Phone, Email: m.Email}
	for _, c := range m.Cards {
		p.Cards = append(p.Cards, card(c))
	}
	return p
}

// group puts cards that follow one another and belong to one person together.
func group(cards []issuer.Card) []Member {
	people := []Member{}
	for _, c := range cards {
		holder := Member{ID: c.MemberID, Name: c.Name, BirthDate: c.BirthDate, Phone: c.Phone, Email: c.Email, Cards: []card{card(c.Card)}}
		if n := len(people); n > 0 && people[n-1].ID == holder.ID && people[n-1].Phone == holder.Phone && people[n-1].Email == holder.Email {
			people[n-1].Cards = append(people[n-1].Cards, holder.Cards...)
			continue
		}
		people = append(people, holder)
	}
	return people
}
