package suite

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer/stubs"
)

// pinAttempts is the one choice of a policy that a core system keeps itself.
const pinAttempts = "pin_attempts"

// attempts makes the PINs of everybody in a world stop after another number of
// wrong ones. What came last is asked first by WireMock.
func (d *issuerFixture) attempts(ctx context.Context, world, value string) error {
	n, err := strconv.Atoi(value)
	if err != nil {
		return fmt.Errorf("%s: %w", pinAttempts, err)
	}
	for _, m := range d.members {
		mappings, err := mappingsOf(m, stubs.Options{World: world, Attempts: n})
		if err != nil {
			return err
		}
		if err := d.load(ctx, slices.DeleteFunc(mappings, func(m map[string]any) bool { return !counts(m) }), world); err != nil {
			return err
		}
	}
	return nil
}

// rephone puts another telephone on file of whom a card belongs to, in a world.
func (d *issuerFixture) rephone(ctx context.Context, world, card, phone string) error {
	i := slices.IndexFunc(d.members, func(m fixtures.Member) bool {
		return slices.ContainsFunc(m.Cards, func(c fixtures.Card) bool { return c.Number == card })
	})
	if i < 0 {
		return fmt.Errorf("nobody has that card")
	}
	m := d.members[i]
	m.Phone = phone
	mappings, err := mappingsOf(m, stubs.Options{World: world})
	if err != nil {
		return err
	}
	return d.load(ctx, slices.DeleteFunc(mappings, counts), world)
}
