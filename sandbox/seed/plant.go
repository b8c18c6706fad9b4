package seed

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"example.com/netanswer/sandbox/place"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// Plant makes the worlds of a seed, all of them or none, and returns their names.
// They are made beside those that there are, with providers of their own, so that
// nothing of it is told outside. An error of the seed is an *Error.
func (s Seed) Plant(ctx context.Context, service *world.Service, machine func() time.Time, how Planting) ([]string, error) {
	beside := service.Beside(store.NewMemory(machine, service.Bounds()))
	var made []world.Snapshot
	for i, w := range s.Worlds {
		m, err := s.grow(ctx, beside, i, w)
		if err != nil {
			return nil, err
		}
		made = append(made, m)
	}
	var names []string
	for i, m := range made {
		err := service.Control().Adopt(ctx, m.Name, m.State, how.Replace)
		if how.Keep && errors.Is(err, world.ErrWorldExists) {
			continue
		}
		if err != nil {
			for _, name := range names {
				if how.Replace {
					break // what was there is gone already
				}
				err = errors.Join(err, service.Control().Delete(context.WithoutCancel(ctx), name))
			}
			if errors.Is(err, world.ErrWorldExists) {
				return nil, s.wrong(err, "$.worlds[%d].name", i)
			}
			return nil, err
		}
		names = append(names, m.Name)
	}
	return names, nil
}

// grow makes one world.
func (s Seed) grow(ctx context.Context, service *world.Service, i int, w World) (world.Snapshot, error) {
	controls := service.Control()
	policy, err := w.patch()
	if err != nil {
		return world.Snapshot{}, s.wrong(err, "$.worlds[%d].policy", i)
	}
	move, err := w.Clock.move()
	if err == nil {
		_, err = controls.Arrange(ctx, w.Name, world.Setup{Clock: move})
	}
	if err != nil {
		return world.Snapshot{}, s.wrong(err, "$.worlds[%d].clock", i)
	}
	if _, err := controls.Arrange(ctx, w.Name, world.Setup{Policy: policy}); err != nil {
		for _, wrong := range registration.PolicyErrors(err) {
			return world.Snapshot{}, s.wrong(wrong, "$.worlds[%d].policy.%s", i, wrong.Field)
		}
		return world.Snapshot{}, s.wrong(err, "$.worlds[%d].policy", i)
	}
	for _, id := range slices.Sorted(maps.Keys(w.Texts)) {
		if _, err := controls.Arrange(ctx, w.Name, world.Setup{Texts: map[string]string{id: w.Texts[id]}}); err != nil {
			return world.Snapshot{}, s.wrong(err, "$.worlds[%d].texts.'%s'", i, id)
		}
	}
	for j, m := range w.Members {
		if _, err := controls.AddMember(ctx, w.Name, m); err != nil {
			return world.Snapshot{}, s.wrong(err, "$.worlds[%d].members[%d]", i, j)
		}
	}
	for j, p := range w.At {
		q := place.Request{At: p.Place, Channel: registration.Channel(p.Channel), Device: registration.Device(p.Device), Member: p.Member}
		if _, err := place.Put(ctx, service, w.Name, q); err != nil {
			return world.Snapshot{}, s.wrong(err, "$.worlds[%d].at[%d]", i, j)
		}
	}
	if err := s.spoil(ctx, controls, i, w); err != nil {
		return world.Snapshot{}, err
	}
	return controls.Snapshot(ctx, w.Name)
}

// spoil plans what goes wrong from then on.
func (s Seed) spoil(ctx context.Context, controls world.Control, i int, w World) error {
	for _, provider := range slices.Sorted(maps.Keys(w.Faults)) {
		err := planned(ctx, controls, w, provider)
		if err != nil {
			return s.wrong(err, "$.worlds[%d].faults."+provider, i)
		}
	}
	if len(w.Defects) > 0 {
		if _, err := controls.Arrange(ctx, w.Name, world.Setup{Defects: w.Defects}); err != nil {
			return s.wrong(err, "$.worlds[%d].defects", i)
		}
	}
	return nil
}

func planned(ctx context.Context, controls world.Control, w World, provider string) error {
	if provider == "member" {
		faults, err := memberFaults(w.Faults[provider])
		if err != nil {
			return err
		}
		return controls.PlanMemberFaults(ctx, w.Name, faults)
	}
	p, err := plan(w.Faults[provider], provider)
	if err != nil {
		return err
	}
	_, err = controls.Plan(ctx, w.Name, provider, p)
	return err
}
