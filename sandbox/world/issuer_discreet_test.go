package world_test

import (
	"context"
	"testing"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// asked is an issuer over the wire that notes which numbers it is asked about.
type asked struct {
	world.Issuer
	numbers *[]string
}

func (a asked) Verify(_ context.Context, _ string, c world.CardQuestion) (registration.Holder, bool, error) {
	*a.numbers = append(*a.numbers, c.CardNumber)
	return registration.Holder{}, false, nil
}

func TestOnlyTestCardsAndMembersAreToldToAnIssuerOverTheWire(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		number string
		any    bool
		asked  int
	}{
		"a test card":                   {"4242420000010017", false, 1},
		"a number that begins like one": {"4242424242424242", false, 0},
		"a real one":                    {"4111111111111111", false, 0},
		"a real one where any is to be asked about": {"4111111111111111", true, 1},
	} {
		var numbers []string
		s := with(t, world.Config{Ports: world.Ports{Issuer: asked{numbers: &numbers}}, AnyCard: test.any})
		step, err := s.Web().Start(t.Context(), "w")
		if err != nil {
			t.Fatal(err)
		}
		f := hanako()
		f.CardNumber = test.number
		if _, err = s.Web().Submit(t.Context(), "w", step.Registration.ID, f); err != nil || len(numbers) != test.asked {
			t.Errorf("%s: asked about %v, %v", name, numbers, err)
		}
	}
}
