package store

import (
	"context"
)

// keptIndex is what the sandboxes over one database know of messages that came
// over the wire. Its keys are kept where claims are; none can be a recipient,
// because they begin with an @.
type keptIndex struct{ k *Kept }

// Index is an index that all sandboxes over the database share.
func (k *Kept) Index() *keptIndex { return &keptIndex{k} }

// indexed is what those wait for who wait for something to be noted: the name of
// no world.
const indexed = "@"

// Note notes a world for a key that has none, and tells all sandboxes.
func (x *keptIndex) Note(ctx context.Context, key, world string) error {
	ctx, cancel := context.WithTimeout(ctx, x.k.limit)
	defer cancel()
	_, err := x.k.db.note(ctx, key, world, "")
	if err == nil {
		x.k.changed(indexed)
	}
	return away("note in the index", err)
}

// Drop forgets a key where it is noted for the world.
func (x *keptIndex) Drop(ctx context.Context, key, world string) error {
	return keptClaims(*x).Drop(ctx, key, world)
}

// World returns the world of a key, "" for none.
func (x *keptIndex) World(ctx context.Context, key string) (string, error) {
	return keptClaims(*x).Owner(ctx, key)
}

// Worlds returns the worlds of the keys that begin with a prefix.
func (x *keptIndex) Worlds(ctx context.Context, prefix string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, x.k.limit)
	defer cancel()
	names, err := x.k.db.owners(ctx, prefix)
	return names, away("read the index", err)
}

// Noted returns a channel that is closed when something is noted, by any sandbox;
// and now and then, where others may have noted something and could not tell.
func (x *keptIndex) Noted() <-chan struct{} { return x.k.waitFor(indexed) }
