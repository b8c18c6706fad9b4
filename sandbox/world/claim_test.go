package world_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"example.com/netanswer/sandbox/world"
)

func TestTrafficFindsItsWorld(t *testing.T) {
	s := service(t)
	for _, recipient := range []string{"090-0000-1001", "Hanako@Example.jp"} {
		if _, err := s.Control().Claim(t.Context(), "mine", recipient); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ credentials, recipient, want string }{
		{"", "+819000001001", "mine"},
		{world.AnyWorld, "hanako@example.jp", "mine"},
		{"yours", "090-0000-1001", "yours"},
		{"", "090-0000-1002", "default"},
		{"", "no recipient", "default"},
	} {
		if got, err := s.Providers().Route(t.Context(), tt.credentials, tt.recipient); err != nil || got != tt.want {
			t.Errorf("%+v: %s %v", tt, got, err)
		}
	}
	if _, err := s.Providers().Route(t.Context(), "No World", "090-0000-1001"); !errors.Is(err, world.ErrName) {
		t.Errorf("credentials that can be no world's: %v", err)
	}
}

func TestOfManyWhoClaimOneGetsIt(t *testing.T) {
	s := service(t)
	var wg sync.WaitGroup
	won := make([]bool, 20)
	for i := range won {
		wg.Go(func() {
			_, err := s.Control().Claim(t.Context(), fmt.Sprintf("w%d", i), "090-0000-1001")
			if won[i] = err == nil; !won[i] && !errors.Is(err, world.ErrClaimed) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	owner, err := s.Providers().Route(t.Context(), "", "090-0000-1001")
	if err != nil {
		t.Fatal(err)
	}
	winners := 0
	for i, w := range won {
		m, err := s.Snapshot(t.Context(), fmt.Sprintf("w%d", i))
		if err != nil {
			t.Fatal(err)
		}
		if w {
			winners++
		}
		if m.Claims.Has("09000001001") != w || w != (m.Name == owner) {
			t.Errorf("%s: won %t, holds %t, owner is %s", m.Name, w, m.Claims.Has("09000001001"), owner)
		}
	}
	if winners != 1 {
		t.Errorf("%d won", winners)
	}
}

func TestAClaimEndsWithItsWorld(t *testing.T) {
	s := service(t)
	if _, err := s.Control().Claim(t.Context(), "gone", "090-0000-1001"); err != nil {
		t.Fatal(err)
	}
	if err := s.Control().Delete(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Providers().Route(t.Context(), "", "090-0000-1001"); err != nil || got != "default" {
		t.Errorf("%s %v", got, err)
	}
	if _, err := s.Control().Claim(t.Context(), "next", "090-0000-1001"); err != nil {
		t.Error(err)
	}
}

func TestAnIndexThatIsLostIsBuiltFromTheWorlds(t *testing.T) {
	s := service(t)
	if _, err := s.Control().Claim(t.Context(), "mine", "090-0000-1001"); err != nil {
		t.Fatal(err)
	}
	m, err := s.Snapshot(t.Context(), "mine")
	if err != nil {
		t.Fatal(err)
	}
	again := world.NewClaims(listed{state: m.State})
	if owner, err := again.Owner(t.Context(), "09000001001"); err != nil || owner != "mine" {
		t.Errorf("%s %v", owner, err)
	}
}

// listed is a store of one world, to be listed only.
type listed struct {
	world.Store
	state world.State
}

func (l listed) List(context.Context, ...string) ([]world.State, error) {
	return []world.State{l.state}, nil
}
