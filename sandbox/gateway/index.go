package gateway

import (
	"context"
	"strings"
	"sync"

	"example.com/netanswer/sandbox/world"
)

// An Index is what all sandboxes over the same worlds know of the messages that
// came over the wire: keys, each with a world. A world that is gone may still be
// in it, and in one that is there nothing may be left.
type Index interface {
	// Note notes a world for a key that has none.
	Note(ctx context.Context, key, world string) error
	Drop(ctx context.Context, key, world string) error
	// World returns the world of a key, "" for none.
	World(ctx context.Context, key string) (string, error)
	// Worlds returns the worlds of the keys that begin with a prefix.
	Worlds(ctx context.Context, prefix string) ([]string, error)
	// Noted returns a channel that is closed when something is noted, here or in
	// another sandbox. It may be closed without that.
	Noted() <-chan struct{}
}

// What the keys of an index begin with. No number or address begins so.
const (
	placeKeys    = "@place/"    // and where a world is in a message's number
	callBackKeys = "@callback/" // and a world whose senders are still to be told
)

// senderKeys is what the keys of the worlds begin with where a system_id has
// messages whose receipts it wants.
func senderKeys(systemID string) string { return "@sender/" + systemID + "/" }

// memoryIndex is the index of a sandbox that has its worlds for itself. It lets go
// of worlds that are gone when it has most keys.
type memoryIndex struct {
	worlds func(context.Context) ([]world.Listing, error)
	most   int
	mu     sync.Mutex
	world  map[string]string
	noted  chan struct{}
}

func newMemoryIndex(s *world.Service) *memoryIndex {
	return &memoryIndex{worlds: s.Listed, most: 4 * s.Bounds().Worlds, world: map[string]string{}, noted: make(chan struct{})}
}

// Note implements Index.
func (x *memoryIndex) Note(ctx context.Context, key, world string) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.world[key] != "" {
		return nil
	}
	if len(x.world) >= x.most {
		if err := x.tidy(ctx); err != nil {
			return err
		}
	}
	x.world[key] = world
	close(x.noted)
	x.noted = make(chan struct{})
	return nil
}

// tidy lets go of worlds that are gone. It runs under x.mu.
func (x *memoryIndex) tidy(ctx context.Context) error {
	worlds, err := x.worlds(ctx)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, w := range worlds {
		there[w.Name] = true
	}
	for key, name := range x.world {
		if !there[name] {
			delete(x.world, key)
		}
	}
	return nil
}

// Drop implements Index.
func (x *memoryIndex) Drop(_ context.Context, key, world string) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.world[key] == world {
		delete(x.world, key)
	}
	return nil
}

// World implements Index.
func (x *memoryIndex) World(_ context.Context, key string) (string, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.world[key], nil
}

// Worlds implements Index.
func (x *memoryIndex) Worlds(_ context.Context, prefix string) (names []string, err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for key, name := range x.world {
		if strings.HasPrefix(key, prefix) {
			names = append(names, name)
		}
	}
	return names, nil
}

// Noted implements Index.
func (x *memoryIndex) Noted() <-chan struct{} {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.noted
}
