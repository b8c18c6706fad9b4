package world

import (
	"fmt"
	"strings"
	"time"

	"example.com/netanswer/mocks/fault"
)

// The providers whose faults can be planned.
const (
	ProviderSMS    = "sms"
	ProviderMail   = "mail"
	ProviderIssuer = "issuer"
)

// plan is the plan of a provider, and the kinds of faults it can have.
func (st *State) plan(provider string) (*fault.Plan, []fault.Kind, error) {
	switch provider {
	case ProviderSMS:
		return &st.SMS.Faults, nil, nil
	case ProviderMail:
		return &st.Mailbox.Faults, nil, nil
	case ProviderIssuer:
		return &st.Issuer.Faults, []fault.Kind{fault.Refuse, fault.TimeOut}, nil
	}
	return nil, nil, fmt.Errorf("%w: there is no provider %q", ErrRequest, provider)
}

// Faults are the faults to come at a provider of this moment, in order.
func (m Moment) Faults(provider string) ([]fault.Fault, error) {
	plan, _, err := m.plan(provider)
	if err != nil {
		return nil, err
	}
	return plan.Faults, nil
}

// PlanFaults replaces the faults to come at a provider.
func (s *Service) PlanFaults(name, provider string, faults []fault.Fault) error {
	_, err := s.update(name, func(st *State, now time.Time) error {
		plan, kinds, err := st.plan(provider)
		if err != nil {
			return err
		}
		if len(faults) > fault.MaxFaults {
			return fmt.Errorf("%w: more than %d faults", ErrRequest, fault.MaxFaults)
		}
		var said []string
		for _, f := range faults {
			if err := f.Check(kinds...); err != nil {
				return fmt.Errorf("%w: %w", ErrRequest, err)
			}
			said = append(said, fmt.Sprintf("%s×%d%s", f.Kind, f.Times, either(" "+f.To, "")))
		}
		plan.Faults = append([]fault.Fault{}, faults...)
		st.Timeline.add(now, "fault", provider+" の障害の計画: "+either(strings.Join(said, "、"), "なし"), "")
		return nil
	})
	return err
}

// RefuseMail makes an address accept no mail from domains; none makes it accept
// all again (p23-2, p30-2).
func (s *Service) RefuseMail(name, address string, domains []string) error {
	if !strings.Contains(address, "@") || len(domains) > 20 {
		return fmt.Errorf("%w: an address and at most 20 domains are needed", ErrRequest)
	}
	_, err := s.update(name, func(st *State, now time.Time) error {
		st.Mailbox.Refuse(address, domains)
		st.Timeline.add(now, "mail", address+" が受信しないドメイン: "+either(strings.Join(domains, "、"), "なし"), "")
		return nil
	})
	return err
}
