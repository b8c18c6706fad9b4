package store

import (
	"context"

	"example.com/netanswer/sandbox/world"
)

// keptClaims is the index of claims, in the database.
type keptClaims struct{ k *Kept }

// Claims is the index of what the worlds of the store claim.
func (k *Kept) Claims() world.Claims { return keptClaims{k} }

// Owner implements world.Claims.
func (c keptClaims) Owner(ctx context.Context, recipient string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, c.k.limit)
	defer cancel()
	owner, err := c.k.db.owner(ctx, recipient)
	return owner, away("find who claims", err)
}

// Note implements world.Claims.
func (c keptClaims) Note(ctx context.Context, recipient, name string, stands func(string) (bool, error)) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, c.k.limit)
	defer cancel()
	owner, err := c.k.db.note(ctx, recipient, name, "")
	for err == nil && owner != name {
		ok, standing := stands(owner)
		if ok || standing != nil {
			return owner, standing
		}
		owner, err = c.k.db.note(ctx, recipient, name, owner)
	}
	return owner, away("note a claim", err)
}

// Drop implements world.Claims.
func (c keptClaims) Drop(ctx context.Context, recipient, name string) error {
	ctx, cancel := context.WithTimeout(ctx, c.k.limit)
	defer cancel()
	return away("drop a claim", c.k.db.disown(ctx, recipient, name))
}
