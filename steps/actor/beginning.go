package actor

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"

	"example.com/netanswer/steps/driver"
)

// A Beginning is a scene as the first steps of a scenario have left it, from which
// other scenarios that begin alike can go on. The world it goes with is kept
// elsewhere.
type Beginning struct {
	cast   map[string]Person
	mail   Message
	last   string
	actors []leftActor
}

// A leftActor is a person of it, and how the session was left.
type leftActor struct {
	actor
	left driver.Left
}

// Keep returns the scene as it is, nil where it cannot be gone on from: something
// was found out or is under way, somebody has two windows, or a screen is one that
// no address shows.
func (s *Scene) Keep(ctx context.Context) (*Beginning, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.judged > 0 || len(s.loose) > 0 || !reflect.ValueOf(s.call).IsZero() {
		return nil, nil
	}
	b := &Beginning{cast: s.Cast, mail: s.mail}
	if s.last != nil {
		b.last = s.last.Called
	}
	for _, a := range s.actors {
		session, ok := a.session.(driver.Resumable)
		if !ok || a.other != nil {
			return nil, nil
		}
		left, err := session.Left(ctx)
		if left == nil || err != nil {
			return nil, err
		}
		b.actors = append(b.actors, leftActor{*a, left})
	}
	return b, nil
}

// Resume goes on from a beginning, in a scene whose world is a fork of that one's.
// It is false, and nothing was done, where what is before somebody is not what was
// before them there.
func (s *Scene) Resume(ctx context.Context, b *Beginning) (bool, error) {
	keeper, ok := s.Driver.(driver.Keeper)
	if !ok {
		return false, nil
	}
	for _, l := range b.actors {
		a := l.actor
		a.scene, a.got = s, slices.Clone(a.got)
		session, screen, err := keeper.Resume(ctx, s.World, l.left)
		if err != nil {
			return false, errors.Join(err, s.Leave())
		}
		a.session = session
		s.actors[a.Called] = &a
		if !sameScreen(screen, a.screen) {
			return false, s.Leave()
		}
	}
	s.Cast, s.mail, s.last = maps.Clone(b.cast), b.mail, s.actors[b.last]
	return true, nil
}

// sameScreen compares what is on two screens, but for what was new on one of them.
func sameScreen(a, b driver.Screen) bool {
	a.Said, b.Said = nil, nil
	return reflect.DeepEqual(a, b)
}
