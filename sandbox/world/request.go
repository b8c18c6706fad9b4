package world

import (
	"context"
	"sync"
)

// Seen is which worlds a request has seen as they were at some moment since it began: to
// look at them once more, a store need not ask whether others have changed them. Who
// waits for a change has not seen it. A world is what its store takes it by. A nil Seen
// has seen nothing.
type Seen struct{ worlds sync.Map }

type seenKey struct{}

// OneRequest is a context of one request, for what does not last.
func OneRequest(ctx context.Context) context.Context {
	return context.WithValue(ctx, seenKey{}, &Seen{})
}

// SeenIn is what the request of a context has seen, nil where it is of none.
func SeenIn(ctx context.Context) *Seen {
	s, _ := ctx.Value(seenKey{}).(*Seen)
	return s
}

// Has tells whether a world has been seen.
func (s *Seen) Has(world any) bool {
	if s == nil {
		return false
	}
	_, has := s.worlds.Load(world)
	return has
}

// Add notes that a world has been seen.
func (s *Seen) Add(world any) {
	if s != nil {
		s.worlds.Store(world, true)
	}
}

// Forget notes that a world is to be looked at anew.
func (s *Seen) Forget(world any) {
	if s != nil {
		s.worlds.Delete(world)
	}
}
