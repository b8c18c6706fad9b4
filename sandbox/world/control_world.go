package world

import (
	"context"
	"errors"
)

// Delete ends a world, and with it its claims.
func (s Control) Delete(ctx context.Context, name string) error {
	st, err := s.view(ctx, name)
	if err != nil {
		return err
	}
	err = s.store.Delete(ctx, name)
	for recipient := range st.Claims.All() {
		err = errors.Join(err, s.claims.Drop(ctx, recipient, name))
	}
	return err
}

// Changed returns a channel that is closed at the world's next change.
func (s Control) Changed(ctx context.Context, name string) (<-chan struct{}, error) {
	return s.store.Changed(ctx, name)
}
