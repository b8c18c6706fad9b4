package console

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/overview"
)

// cardsView is the tab of the test cards.
type cardsView struct {
	Rows      []cardRow
	Generated int
	More      int // generated members that are not shown
}

type cardRow struct {
	overview.TestCard
	Rest bool // another card of the person above
}

// cards are the cards of the fixtures in their order, as the world has them,
// then what was added, then the generated ones.
func (b *builder) cards() *cardsView {
	fixed := b.handler.control.TestMembers()
	place := func(p overview.Member) int {
		i := slices.IndexFunc(fixed, func(m fixtures.Member) bool { return m.ID == p.ID })
		if i < 0 {
			return len(fixed)
		}
		return i
	}
	people := append([]overview.Member{}, b.members()...)
	slices.SortStableFunc(people, func(p, q overview.Member) int { return place(p) - place(q) })
	v := &cardsView{Generated: b.m.Issuer.Generated}
	for _, p := range people {
		v.add(p, called(fixed, p))
	}
	v.More = max(0, v.Generated-len(overview.Generated(b.m.Issuer)))
	return v
}

func (v *cardsView) add(p overview.Member, as fixtures.Member) {
	for i, c := range p.Cards {
		v.Rows = append(
			v.Rows,
			cardRow{
				Rest: i > 0,
				TestCard: overview.TestCard{MemberID: p.ID, Called: as.Called, Name: p.Name, For: as.For, Brand: brandNames[c.Brand],
					Number: c.Number, Expiry: c.Expiry, SecurityCode: c.SecurityCode, PIN: c.PIN, Phone: p.Phone,
					Email: p.Email, Account: c.Account},
			},
		)
	}
}

// called is what the fixtures say of a member; of others it says how they came.
func called(fixed []fixtures.Member, p overview.Member) fixtures.Member {
	i := slices.IndexFunc(fixed, func(m fixtures.Member) bool { return m.ID == p.ID })
	switch {
	case i >= 0:
		return fixed[i]
	case strings.HasPrefix(p.ID, "generated-"):
		return fixtures.Member{For: "生成した会員"}
	}
	return fixtures.Member{For: "このワールドに加えた会員"}
}

// members are the members of the world; they are listed once for a page.
func (b *builder) members() []overview.Member {
	if b.people == nil {
		b.people = overview.Members(b.m)
	}
	return b.people
}

var brandNames = map[string]string{"visa": "VISA", "mastercard": "Mastercard", "jcb": "JCB", "amex": "AMEX"}

// grouped writes a card number as it stands on a card.
func grouped(number string) string {
	cuts := []int{4, 8, 12}
	if len(number) == 15 {
		cuts = []int{4, 10}
	}
	for i, cut := range cuts {
		if at := cut + i; at < len(number) {
			number = number[:at] + " " + number[at:]
		}
	}
	return number
}

func (f handler) memberForm(ctx context.Context, name string, form url.Values) error {
	count, err := strconv.Atoi(form.Get("count"))
	if err != nil || count < 1 || count > 10_000 {
		return formError{text: "生成する人数を1から10000までの数で入れてください。"}
	}
	_, err = f.control.Generate(ctx, name, count)
	return err
}
