package server

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// startTime bounds how long a database may take to be opened.
const startTime = 30 * time.Second

// checkStore tells what is wrong with the settings of the store.
func (c Config) checkStore() error {
	if err := store.CheckAddress(c.Store); err != nil {
		return fmt.Errorf("store: %w", err) // the address may hold a password and is not told
	}
	if c.Store != store.InMemory && c.IssuerCards == "any" {
		return errors.New("store: cards that are no test cards are never written down: -issuer-cards any needs -store memory")
	}
	if c.StoreLimit < 10*time.Millisecond {
		return errors.New("store-timeout: at least 10ms")
	}
	return nil
}

// openStore opens what keeps the worlds and their snapshots, and the index of what
// they claim, nil for one in memory.
func (s *Sandbox) openStore(c Config) (worlds, snapshots world.Store, claims world.Claims, err error) {
	if c.Store == store.InMemory {
		return store.NewMemory(clock.Machine, c.Bounds), store.NewSnapshots(c.Bounds), nil, nil
	}
	base, err := world.Template()
	if err != nil {
		return nil, nil, nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	s.kept, err = store.Open(ctx, c.Store, store.Options{Machine: clock.Machine, Bounds: c.Bounds, Base: base, Limit: c.StoreLimit,
		Told: s.tellOfStore, Damaged: func(err error) { s.log.Error("a world cannot be read", "error", err) }})
	if err != nil {
		return nil, nil, nil, err
	}
	return s.kept, s.kept.Snapshots(), s.kept.Claims(), nil
}

// tellOfStore logs that worlds cannot be written, and that they can again.
func (s *Sandbox) tellOfStore(err error) {
	if err != nil {
		s.log.Error("worlds cannot be written", "error", err)
		return
	}
	s.log.Info("worlds can be written again")
}

// storeTold is what the control API tells of the store.
func (s *Sandbox) storeTold(c Config) control.Store {
	if s.kept == nil {
		return control.Store{Kind: store.InMemory}
	}
	return control.Store{Kind: store.Kind(c.Store), State: s.kept.State}
}

// closeStore closes it, after all who use it.
func (s *Sandbox) closeStore() error {
	if s.kept == nil {
		return nil
	}
	return s.kept.Close()
}
