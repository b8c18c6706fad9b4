package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// App is what is done in a registration in the app, and on the smartphone that
// the app is on. It is got from Service.App.
type App struct{ *core }

// An AppStep names the registration in the app that something is done to. Key
// is the client's idempotency key, "" for none: with the same key a step is
// taken once, and comes to the same however often it is sent.
type AppStep struct {
	World string
	ID    string
	Key   string
}

func (a AppStep) command(op, what string) command {
	return command{channel: registration.App, world: a.World, id: a.ID, what: what, key: a.Key, op: op}
}

// Start begins a registration in the app, on a device and for a card of a
// company (p10, p11). With a key that began one before, it is that one.
func (s App) Start(ctx context.Context, world, key, company string, d registration.Device) (Step, error) {
	id, token := s.source.ID(), s.source.Token()
	var step Step
	m, err := s.update(ctx, world, func(st *State, now time.Time) error {
		fresh, refused := registration.StartApp(id, token, company, d, now)
		if step = (Step{Refused: refused}); refused != nil {
			return nil
		}
		if begun, ok := st.Starts.Get(key); ok && key != "" {
			r, _ := st.Registrations.Get(begun) // registrations are never dropped
			if step.Registration = r.At(st.Policy, now); r.Device != d {
				step.Refused = errKey()
			}
			return nil
		}
		step.Registration = fresh
		if key != "" {
			st.Starts.Put(key, id)
		}
		return st.begin(fresh, s.bounds, "アプリで新規登録・再登録を開始しました（"+deviceNames[d]+"）", now)
	})
	step.Snapshot = m
	return step, err
}

// Registration returns a registration in the app as it is now.
func (s App) Registration(ctx context.Context, world, id string) (Step, error) {
	return s.registration(ctx, world, id, registration.App)
}

// Back goes back to an earlier step.
func (s App) Back(ctx context.Context, a AppStep, to registration.State) (Step, error) {
	return s.execute(
		ctx,
		a.command("back:"+string(to), "前の画面へ戻りました"),
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			return r.Back(st.Policy, now, to)
		},
	)
}
