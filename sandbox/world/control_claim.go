package world

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Claim makes a world the one that provider traffic to a number or address
// belongs to, where no credentials say otherwise. It returns the form that
// was claimed; claiming again what a world has changes nothing.
func (s Control) Claim(ctx context.Context, name, text string) (string, error) {
	recipient := Recipient(text)
	if recipient == "" {
		return "", fmt.Errorf("%w: %q is neither a telephone number nor a mail address", ErrRequest, text)
	}
	// The world's document first: an entry of the index that its world does not
	// confirm is anybody's.
	fresh := false
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
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
	owner, err := s.claims.Note(ctx, recipient, name, func(owner string) (bool, error) { return s.claimed(ctx, owner, recipient) })
	if err == nil && owner == name {
		return recipient, nil
	}
	if err == nil {
		err = fmt.Errorf("%w: %s belongs to world %s", ErrClaimed, recipient, owner)
	}
	if fresh {
		_, undo := s.update(ctx, name, func(st *State, now time.Time) error {
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
func (s Control) Release(ctx context.Context, name, text string) error {
	recipient := Recipient(text)
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		if st.Claims.Has(recipient) {
			st.Claims.Delete(recipient)
			st.Timeline.add(now, "world", recipient+" 宛てを手放しました", "")
		}
		return nil
	})
	return errors.Join(err, s.claims.Drop(ctx, recipient, name))
}
