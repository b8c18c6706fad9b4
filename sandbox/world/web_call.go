package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// Finish completes a registration after its call (p35-5).
func (s Web) Finish(ctx context.Context, world, id string) (Step, error) {
	return s.identify(
		ctx,
		world,
		id,
		"finish",
		"「認証を完了する」を押しました",
		func(r registration.Registration, p registration.Policy, now time.Time) (registration.Registration, error) {
			return r.Finish(p, now)
		},
	)
}
