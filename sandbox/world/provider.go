package world

import (
	"context"
	"time"
)

// Providers is what providers' own protocols bring into a world and read from
// it. It is got from Service.Providers.
type Providers struct{ *core }

// Route tells the world that provider traffic belongs to: that of the
// credentials, unless they are "" or AnyWorld; else the one that has claimed
// the recipient; else the default. Credentials that can be no world's are an
// error.
func (s Providers) Route(ctx context.Context, credentials, recipient string) (string, error) {
	if credentials != "" && credentials != AnyWorld {
		return credentials, CheckName(credentials)
	}
	to := Recipient(recipient)
	if to == "" {
		return DefaultName, nil
	}
	owner, err := s.claims.Owner(ctx, to)
	if err != nil || owner == "" {
		return DefaultName, err
	}
	if stands, err := s.claimed(ctx, owner, to); err != nil || !stands {
		return DefaultName, err
	}
	return owner, nil
}

// KindRequest is the kind of what somebody asked of a provider over the wire.
const KindRequest = "request"

// Record adds a line to a world's timeline, of what a protocol did.
func (s Providers) Record(ctx context.Context, name, kind, what, ref string) error {
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		st.Timeline.add(now, kind, what, ref)
		return nil
	})
	return err
}

// Witness is Record of a request, in a world that something has happened in:
// looking at a world that is gone, or leaving it, does not make it again. What
// goes to the default world is recorded in any case.
func (s Providers) Witness(ctx context.Context, name, what, ref string) error {
	st, err := s.view(ctx, name)
	if err != nil || st.Timeline.Serial == 0 && name != DefaultName {
		return err
	}
	return s.Record(ctx, name, KindRequest, what, ref)
}
