package world

import (
	"context"
	"errors"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/mailbox"
)

// local is the gateway, the mail server and the issuer's place that every world
// has of its own.
type local struct{ *core }

// localPorts are the ways to them.
func (s *core) localPorts() Ports {
	l := local{s}
	return Ports{SMS: l, Mail: l, Issuer: ByIssuerAPI(localIssuer{l})}
}

// planned changes a world. A fault that was planned, or an address that refuses, is written down, used up, and
// returned all the same.
func (l local) planned(ctx context.Context, world string, change func(*State, time.Time) error) error {
	var failed error
	err := l.write(ctx, world, func(s *State) error {
		now := s.Clock.Now(l.machine())
		failed = change(s, now)
		if !errors.Is(failed, fault.ErrFault) && !errors.Is(failed, mailbox.ErrRefused) {
			return failed
		}
		s.Timeline.add(now, "fault", failed.Error(), "")
		return nil
	})
	if failed == nil && err == nil {
		handed(ctx)
	}
	return errors.Join(failed, err)
}

// arrival says when something sent at now arrives, where that is not at once.
func arrival(now, delivered time.Time) string {
	switch late := delivered.Sub(now); {
	case late <= 0:
		return ""
	case late > 100*365*24*time.Hour:
		return "（届きません）"
	default:
		return "（" + late.String() + "遅れて届きます）"
	}
}
