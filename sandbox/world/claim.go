package world

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

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
	Owner(recipient string) (world string, err error)
	// Note notes a recipient for a world, unless it is noted for another one
	// whose claim still stands. It returns the world it is then noted for.
	Note(recipient, world string, stands func(owner string) (bool, error)) (owner string, err error)
	// Drop forgets a recipient where it is noted for the world.
	Drop(recipient, world string) error
}

// claims is the index in memory, built when it is first asked.
type claims struct {
	build func() error
	mu    sync.RWMutex
	owner map[string]string
}

// NewClaims returns an index in memory of what the worlds of a store claim.
func NewClaims(store Store) Claims {
	c := &claims{}
	c.build = sync.OnceValue(func() error {
		worlds, err := store.List()
		if err != nil {
			return err
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.owner = map[string]string{}
		for _, w := range worlds {
			for recipient := range w.Claims.All() {
				c.owner[recipient] = w.Name
			}
		}
		return nil
	})
	return c
}

func (c *claims) Owner(recipient string) (string, error) {
	if err := c.build(); err != nil {
		return "", err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.owner[recipient], nil
}

func (c *claims) Note(recipient, world string, stands func(string) (bool, error)) (string, error) {
	if err := c.build(); err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if owner := c.owner[recipient]; owner != "" && owner != world {
		if ok, err := stands(owner); ok || err != nil {
			return owner, err
		}
	}
	c.owner[recipient] = world
	return world, nil
}

func (c *claims) Drop(recipient, world string) error {
	if err := c.build(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
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
		return strings.ToLower(text)
	}
	return sms.National(text)
}

// Claim makes a world the one that provider traffic to a number or address
// belongs to, where no credentials say otherwise. It returns the form that
// was claimed; claiming again what a world has changes nothing.
func (s *Service) Claim(name, text string) (string, error) {
	recipient := Recipient(text)
	if recipient == "" {
		return "", fmt.Errorf("%w: %q is neither a telephone number nor a mail address", ErrRequest, text)
	}
	// The world's document first: an entry of the index that its world does not
	// confirm is anybody's.
	fresh := false
	_, err := s.update(name, func(st *State, now time.Time) error {
		if fresh = !st.Claims.Has(recipient); !fresh {
			return nil
		}
		if st.Claims.Len() >= maxClaims {
			return fmt.Errorf("%w: %d claims", ErrWorlds, maxClaims)
		}
		st.Claims.Put(recipient, true)
		st.Timeline.add(now, "world", recipient+" 宛てを受け持ちます", "")
		return nil
	})
	if err != nil {
		return "", err
	}
	owner, err := s.claims.Note(recipient, name, func(owner string) (bool, error) { return s.claimed(owner, recipient) })
	if err == nil && owner == name {
		return recipient, nil
	}
	if err == nil {
		err = fmt.Errorf("%w: %s belongs to world %s", ErrClaimed, recipient, owner)
	}
	if fresh {
		_, undo := s.update(name, func(st *State, now time.Time) error {
			st.Claims.Delete(recipient)
			st.Timeline.add(now, "world", recipient+" は別のワールドが受け持っています", "")
			return nil
		})
		err = errors.Join(err, undo)
	}
	return "", err
}

// Release gives a number or address back; one that the world has not claimed is
// no error.
func (s *Service) Release(name, text string) error {
	recipient := Recipient(text)
	_, err := s.update(name, func(st *State, now time.Time) error {
		if st.Claims.Has(recipient) {
			st.Claims.Delete(recipient)
			st.Timeline.add(now, "world", recipient+" 宛てを手放しました", "")
		}
		return nil
	})
	return errors.Join(err, s.claims.Drop(recipient, name))
}

func (s *Service) claimed(world, recipient string) (bool, error) {
	st, err := s.store.View(world)
	return st.Claims.Has(recipient), err
}

// Route tells the world that provider traffic belongs to: that of the
// credentials, unless they are "" or AnyWorld; else the one that has claimed
// the recipient; else the default. Credentials that can be no world's are an
// error.
func (s *Service) Route(credentials, recipient string) (string, error) {
	if credentials != "" && credentials != AnyWorld {
		return credentials, CheckName(credentials)
	}
	to := Recipient(recipient)
	if to == "" {
		return DefaultName, nil
	}
	owner, err := s.claims.Owner(to)
	if err != nil || owner == "" {
		return DefaultName, err
	}
	if stands, err := s.claimed(owner, to); err != nil || !stands {
		return DefaultName, err
	}
	return owner, nil
}
