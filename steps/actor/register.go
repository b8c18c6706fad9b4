package actor

import (
	"context"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/driver"
)

// Those who change what the card company has on file: the telephone of whom a card
// belongs to, and the card. Surroundings that do not cannot be asked.
type (
	phoneRegister interface {
		Rephone(ctx context.Context, world string, card, phone string) error
	}
	cardRegister interface {
		Recard(ctx context.Context, world, card string, change func(*client.Card)) error
	}
)

// Rephone implements phoneRegister.
func (s Providers) Rephone(ctx context.Context, world string, card, phone string) error {
	return s.refile(ctx, world, card, func(m *client.Member, _ *client.Card) { m.Phone = phone })
}

// Recard implements cardRegister.
func (s Providers) Recard(ctx context.Context, world, card string, change func(*client.Card)) error {
	return s.refile(ctx, world, card, func(_ *client.Member, c *client.Card) { change(c) })
}

func (s Providers) refile(ctx context.Context, world, card string, change func(*client.Member, *client.Card)) error {
	all, err := s.Controls.Members(ctx, world)
	if err != nil {
		return err
	}
	for _, m := range all {
		for i := range m.Cards {
			if m.Cards[i].Number == card {
				change(&m, &m.Cards[i])
				_, err := s.Controls.AddMember(ctx, world, m)
				return err
			}
		}
	}
	return fmt.Errorf("nobody has that card")
}

// HasPhone changes the telephone that the card company has on file of somebody.
func HasPhone(ctx context.Context, called, phone string) error {
	s, on, p, err := filed[phoneRegister](ctx, called)
	if err != nil {
		return err
	}
	if phone, err = Value(ctx, phone); err != nil {
		return err
	}
	if err := on.Rephone(ctx, s.World.Name, p.Cards[0].Number, phone); err != nil {
		return err
	}
	p.Phone = phone
	s.Cast = maps.Clone(s.Cast) // which other scenarios have as well
	s.Cast[called] = p
	return nil
}

// filed is somebody whose card the card company has on file, and its register.
func filed[Register any](ctx context.Context, called string) (s *Scene, on Register, p Person, err error) {
	if s, err = In(ctx); err != nil {
		return nil, on, p, err
	}
	on, ok := s.Around.(Register)
	if !ok {
		return nil, on, p, fmt.Errorf("%w: カード会社の登録を変える手段がありません", driver.ErrInapplicable)
	}
	p, known := s.Cast[called]
	if !known {
		return nil, on, p, fmt.Errorf("the cast has no %s", called)
	}
	return s, on, p, nil
}

// kinds are the cards that are not taken, in words.
var kinds = map[string]client.Card{
	"コーポレートカード": {Product: "corporate"}, "クラブ・オン/ミレニウムカード": {Product: "club_on"},
	"利用停止中": {Status: "locked"}, "退会済み": {Status: "withdrawn"},
}

// HasCard makes somebody's card one of a kind: コーポレートカード, 利用停止中 …
func HasCard(ctx context.Context, called, kind string) error {
	is, there := kinds[kind]
	if !there {
		return fmt.Errorf("「%s」 is no kind of card", kind)
	}
	return recard(ctx, called, func(c *client.Card) { c.Product, c.Status = is.Product, is.Status })
}

// MaySpend puts another credit limit on file, in yen.
func MaySpend(ctx context.Context, called, limit string) error {
	yen, err := yenOf(limit)
	if err != nil {
		return err
	}
	return recard(ctx, called, func(c *client.Card) { c.CreditLimit = yen })
}

// HasPurchases puts other purchases on file, in this order: rows of a date, where, and
// how much.
func HasPurchases(ctx context.Context, called string, rows [][]string) error {
	var all []client.Purchase
	for _, row := range rows {
		if len(row) != 3 {
			return fmt.Errorf("a purchase is a date, a shop and an amount, not %v", row)
		}
		yen, err := yenOf(row[2])
		if err != nil {
			return err
		}
		all = append(all, client.Purchase{Date: strings.ReplaceAll(row[0], "/", "-"), Shop: row[1], Amount: yen})
	}
	return recard(ctx, called, func(c *client.Card) { c.Purchases = all })
}

func recard(ctx context.Context, called string, change func(*client.Card)) error {
	s, on, p, err := filed[cardRegister](ctx, called)
	if err != nil {
		return err
	}
	return on.Recard(ctx, s.World.Name, p.Cards[0].Number, change)
}

func yenOf(text string) (int, error) {
	yen, err := strconv.Atoi(strings.ReplaceAll(text, ",", ""))
	if err != nil {
		return 0, fmt.Errorf("「%s」 is no amount: %w", text, err)
	}
	return yen, nil
}
