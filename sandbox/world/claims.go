package world

import (
	"context"
	"errors"
	"strings"
	"sync"

	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
)

// DefaultName is the world of whatever names none.
const DefaultName = "default"

// AnyWorld is what a provider's client calls itself that speaks for no world of
// its own: the recipient decides.
const AnyWorld = "netanswer"

// ErrClaimed is the error of a number or address that another world has.
var ErrClaimed = errors.New("another world has claimed it")

// maxClaims bounds the numbers and addresses that a world may claim.
const maxClaims = 10_000

// Claims is the index of who has claimed which recipient. It is a hint that
// finds a world: whether a claim stands, the world's own document says. So a
// world that is deleted, or makes room, holds nothing any more, and an index
// that is lost is built again from the worlds.
type Claims interface {
	// Owner returns the world that a recipient is noted for, "" for none.
	Owner(ctx context.Context, recipient string) (world string, err error)
	// Note notes a recipient for a world, unless it is noted for another one
	// whose claim still stands. It returns the world it is then noted for.
	Note(ctx context.Context, recipient, world string, stands func(owner string) (bool, error)) (owner string, err error)
	// Drop forgets a recipient where it is noted for the world.
	Drop(ctx context.Context, recipient, world string) error
}

// claims is the index in memory, built from the worlds when it is first asked.
type claims struct {
	store Store
	mu    sync.Mutex
	owner map[string]string // nil until it is built
}

// NewClaims returns an index in memory of what the worlds of a store claim.
func NewClaims(store Store) Claims { return &claims{store: store} }

// build builds the index where there is none. It runs under c.mu.
func (c *claims) build(ctx context.Context) error {
	if c.owner != nil {
		return nil
	}
	worlds, err := c.store.List(ctx)
	if err != nil {
		return err
	}
	c.owner = map[string]string{}
	for _, w := range worlds {
		for recipient := range w.Claims.All() {
			c.owner[recipient] = w.Name
		}
	}
	return nil
}

// Owner implements Claims.
func (c *claims) Owner(ctx context.Context, recipient string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.build(ctx); err != nil {
		return "", err
	}
	return c.owner[recipient], nil
}

// Note implements Claims.
func (c *claims) Note(ctx context.Context, recipient, world string, stands func(string) (bool, error)) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.build(ctx); err != nil {
		return "", err
	}
	if owner := c.owner[recipient]; owner != "" && owner != world {
		if ok, err := stands(owner); ok || err != nil {
			return owner, err
		}
	}
	c.owner[recipient] = world
	return world, nil
}

// Drop implements Claims.
func (c *claims) Drop(ctx context.Context, recipient, world string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.build(ctx); err != nil {
		return err
	}
	if c.owner[recipient] == world {
		delete(c.owner, recipient)
	}
	return nil
}

// Recipient writes a telephone number or mail address as claims know it; "" if
// it is neither.
func Recipient(text string) string {
	if local, domain, ok := strings.Cut(text, "@"); ok {
		if local == "" || domain == "" || len(text) > 254 {
			return ""
		}
		return mailbox.Address(text)
	}
	return sms.National(text)
}

func (s *core) claimed(ctx context.Context, world, recipient string) (bool, error) {
	st, err := s.view(ctx, world)
	return st.Claims.Has(recipient), err
}
