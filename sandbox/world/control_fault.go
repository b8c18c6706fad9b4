package world

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/ivr"
)

// The providers whose faults can be planned.
const (
	ProviderSMS    = "sms"
	ProviderMail   = "mail"
	ProviderCall   = "call"
	ProviderIssuer = "issuer"
)

// plan is the plan of a provider, and the kinds of faults it can have.
func (st *State) plan(provider string) (*fault.Plan, []fault.Kind, error) {
	switch provider {
	case ProviderSMS:
		return &st.SMS.Faults, nil, nil
	case ProviderMail:
		return &st.Mailbox.Faults, nil, nil
	case ProviderCall:
		return &st.Telephone.Faults, ivr.Faults(), nil
	case ProviderIssuer:
		return &st.Issuer.Faults, []fault.Kind{fault.Refuse, fault.TimeOut, fault.Lose}, nil
	}
	return nil, nil, fmt.Errorf("%w: there is no provider %q", ErrRequest, provider)
}

// Faults are the faults to come at a provider, in order.
func (m Snapshot) Faults(provider string) ([]fault.Fault, error) {
	plan, err := m.Plan(provider)
	return plan.Faults, err
}

// Plan is the plan of a provider in this snapshot.
func (m Snapshot) Plan(provider string) (fault.Plan, error) {
	plan, _, err := m.plan(provider)
	if err != nil {
		return fault.Plan{}, err
	}
	return *plan, nil
}

// Plan replaces the plan of a provider and returns it. One that leaves
// something to chance without a seed is given one, which is told in the timeline
// too: the same plan with that seed does the same again.
func (s Control) Plan(ctx context.Context, name, provider string, p fault.Plan) (fault.Plan, error) {
	p.Drawn = 0
	if p.Chance() && p.Seed == 0 {
		p.Seed = newSeed()
	}
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		plan, kinds, err := st.plan(provider)
		if err != nil {
			return err
		}
		if len(p.Faults) > fault.MaxFaults {
			return fmt.Errorf("%w: more than %d faults", ErrRequest, fault.MaxFaults)
		}
		var said []string
		for _, f := range p.Faults {
			err := f.Check(kinds...)
			if err == nil && f.Reason != "" && provider != ProviderSMS {
				err = fmt.Errorf("%w: only an SMS is lost for a reason", fault.ErrPlan)
			}
			if err != nil {
				return fmt.Errorf("%w: %w", ErrRequest, err)
			}
			said = append(said, describeFault(f))
		}
		*plan = fault.Plan{Faults: append([]fault.Fault{}, p.Faults...), Seed: p.Seed}
		what := provider + " の障害の計画: " + either(strings.Join(said, "、"), "なし")
		if p.Chance() {
			what += fmt.Sprintf("（シード %d）", p.Seed)
		}
		st.Timeline.add(now, "fault", what, "")
		return nil
	})
	return p, err
}

// PlanFaults replaces the faults to come at a provider.
func (s Control) PlanFaults(ctx context.Context, name, provider string, faults []fault.Fault) error {
	_, err := s.Plan(ctx, name, provider, fault.Plan{Faults: faults})
	return err
}

func describeFault(f fault.Fault) string {
	words := fmt.Sprintf("%s×%d", f.Kind, f.Times)
	if f.Reason != "" {
		words += "(" + string(f.Reason) + ")"
	}
	if f.Percent > 0 && f.Percent < 100 {
		words += fmt.Sprintf(" %d%%", f.Percent)
	}
	if f.To != "" {
		words += " " + f.To
	}
	return words
}

// newSeed is a seed that JSON and spreadsheets carry without loss.
func newSeed() uint64 {
	n, err := rand.Int(rand.Reader, big.NewInt(1<<53-1))
	if err != nil {
		panic("world: no randomness: " + err.Error()) // crypto/rand never fails on a working system
	}
	return n.Uint64() + 1
}
