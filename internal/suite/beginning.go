package suite

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"sync"

	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// beginnings are what scenarios have left for those that begin alike: a world that
// is forked, and how everybody's session was left. Each is itself walked by the
// scenario that came first; where a session that takes it up does not see the very
// same screen, it is walked by everybody.
type beginnings struct {
	run string // begins the names of the worlds

	mu   sync.Mutex
	kept map[string]*keptBeginning // by driver, place and what the steps say; nil where one cannot be kept
}

type keptBeginning struct {
	world string
	scene *actor.Beginning
}

// newBeginnings is for one run, whose worlds it names so.
func newBeginnings(run string) *beginnings {
	return &beginnings{run: run, kept: map[string]*keptBeginning{}}
}

// beginningKey names a beginning of a driver at a place.
func beginningKey(d driver.Driver, at driver.World, same string) string {
	place := ""
	if k, ok := d.(driver.Keeper); ok {
		place = k.Place(at)
	}
	return fmt.Sprintf("%s %s %s", d.Name(), place, same)
}

// sharing tells whether a scenario may begin where another one was.
func (s Environment) sharing(sc runner.Scenario, d driver.Driver) bool {
	_, keeps := d.(driver.Keeper)
	return keeps && s.beginnings != nil && s.issuer == nil && !sc.OfProvider() && sc.Repetition == 0
}

// Keep implements runner.Beginner.
func (s Environment) Keep(ctx context.Context, sc runner.Scenario, same string) {
	scene, err := actor.In(ctx)
	if err != nil || !s.sharing(sc, scene.Driver) {
		return
	}
	b, key := s.beginnings, beginningKey(scene.Driver, scene.World, same)
	b.mu.Lock()
	_, known := b.kept[key]
	if !known {
		b.kept[key] = nil // nobody else keeps it meanwhile
	}
	b.mu.Unlock()
	if known {
		return
	}
	kept, err := scene.Keep(ctx)
	if kept == nil || err != nil {
		return
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(key)) // a hash takes everything
	world := b.run + "-b-" + strconv.FormatUint(h.Sum64(), 36)
	if _, err := s.controls.Fork(ctx, scene.World.Name, world); err != nil {
		return // it is walked again
	}
	b.mu.Lock()
	b.kept[key] = &keptBeginning{world, kept}
	b.mu.Unlock()
}

// Resume implements runner.Beginner.
func (s Environment) Resume(ctx context.Context, sc runner.Scenario, d driver.Driver, same []string) (context.Context, int, error) {
	if !s.sharing(sc, d) {
		begun, err := s.Begin(ctx, sc, d)
		return begun, -1, err
	}
	at := s.world(sc, d)
	for i := range same {
		key := beginningKey(d, at, same[i])
		s.beginnings.mu.Lock()
		kept := s.beginnings.kept[key]
		s.beginnings.mu.Unlock()
		if kept == nil {
			continue
		}
		begun, err := s.resume(ctx, sc, d, at, kept)
		if begun != nil || err != nil {
			return begun, i, err
		}
		s.beginnings.mu.Lock()
		s.beginnings.kept[key] = nil
		s.beginnings.mu.Unlock()
	}
	begun, err := s.Begin(ctx, sc, d)
	return begun, -1, err
}

// resume begins a scenario where another one was; nil where it looks otherwise there.
func (s Environment) resume(
	ctx context.Context,
	sc runner.Scenario,
	d driver.Driver,
	at driver.World,
	kept *keptBeginning,
) (context.Context, error) {
	if _, err := s.controls.Fork(ctx, kept.world, at.Name); err != nil {
		return nil, fmt.Errorf("fork world %s: %w", kept.world, err)
	}
	begun, scene := s.enter(ctx, sc, d, at)
	same, err := scene.Resume(begun, kept.scene)
	if same && err == nil {
		return begun, nil
	}
	return nil, errors.Join(err, s.controls.Delete(ctx, at.Name))
}

// Forget ends the worlds of all beginnings.
func (s Environment) Forget(ctx context.Context) error {
	if s.beginnings == nil {
		return nil
	}
	var errs []error
	for _, kept := range s.beginnings.kept {
		if kept == nil {
			continue
		}
		if err := s.controls.Delete(ctx, kept.world); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
