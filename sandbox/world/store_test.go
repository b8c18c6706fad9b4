package world_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/world"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, clock.Japan)

// stores are the implementations that the contract is tried on.
func stores(machine func() time.Time, limit int, idle time.Duration) map[string]world.Store {
	fresh := func(name string, machine time.Time) world.State {
		return world.State{Name: name, CreatedAt: machine, Clock: clock.Start(machine)}
	}
	return map[string]world.Store{"memory": world.NewMemory(fresh, machine, limit, idle)}
}

func each(t *testing.T, limit int, try func(t *testing.T, s world.Store)) {
	t.Helper()
	for name, s := range stores(func() time.Time { return noon }, limit, time.Hour) {
		t.Run(name, func(t *testing.T) { try(t, s) })
	}
}

func put(key, value string) func(*world.State) error {
	return func(s *world.State) error { s.Texts.Put(key, value); return nil }
}

func TestLookingDoesNotMakeAWorld(t *testing.T) {
	each(t, 10, func(t *testing.T, s world.Store) {
		if got, err := s.View("w"); err != nil || got.Name != "w" {
			t.Fatalf("%+v %v", got, err)
		}
		if all, err := s.List(); err != nil || len(all) != 0 {
			t.Errorf("%d worlds, %v", len(all), err)
		}
	})
}

func TestAFailedUpdateChangesNothing(t *testing.T) {
	each(t, 10, func(t *testing.T, s world.Store) {
		if err := s.Update("w", put("a", "1")); err != nil {
			t.Fatal(err)
		}
		before, _ := s.View("w")
		wrong := errors.New("wrong")
		err := s.Update("w", func(st *world.State) error {
			st.Texts.Put("a", "2")
			st.Texts.Put("b", "2")
			if _, err := st.SMS.Accept("x", "090-0000-1001", "hello", noon, 10); err != nil {
				t.Error(err)
			}
			return wrong
		})
		if !errors.Is(err, wrong) {
			t.Errorf("error %v", err)
		}
		func() {
			defer func() { _ = recover() }() // the panic is the point
			_ = s.Update("w", func(st *world.State) error { st.Texts.Delete("a"); panic("half way") })
		}()
		after, err := s.View("w")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(document(t, before), document(t, after)); diff != "" {
			t.Errorf("(-before +after)\n%s", diff)
		}
		if err := s.Update("w", put("c", "3")); err != nil {
			t.Errorf("the world is locked after a panic: %v", err)
		}
	})
}

func TestASnapshotStaysAsItWas(t *testing.T) {
	each(t, 10, func(t *testing.T, s world.Store) {
		_ = s.Update("w", put("a", "1"))
		snapshot, _ := s.View("w")
		_ = s.Update("w", put("a", "2"))
		if got, _ := snapshot.Texts.Get("a"); got != "1" {
			t.Errorf("the snapshot shows %q", got)
		}
	})
}

func TestConcurrentUpdatesAreAllKept(t *testing.T) {
	each(t, 10, func(t *testing.T, s world.Store) {
		var group sync.WaitGroup
		for i := range 200 {
			group.Go(func() {
				name := fmt.Sprintf("w%d", i%4)
				if err := s.Update(name, put(fmt.Sprint(i), "x")); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		for i := range 4 {
			if st, _ := s.View(fmt.Sprintf("w%d", i)); st.Texts.Len() != 50 {
				t.Errorf("world %d kept %d of 50", i, st.Texts.Len())
			}
		}
	})
}

func TestADeletedWorldIsFreshAgain(t *testing.T) {
	each(t, 10, func(t *testing.T, s world.Store) {
		_ = s.Update("w", put("a", "1"))
		changed, err := s.Changed("w")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Delete("w"); err != nil {
			t.Fatal(err)
		}
		select {
		case <-changed:
		default:
			t.Error("who waits for the world is not told of its end")
		}
		if st, _ := s.View("w"); st.Texts.Len() != 0 {
			t.Error("the world is as it was")
		}
	})
}

func TestBeyondTheBoundAWorldIsRefused(t *testing.T) {
	now := noon
	for name, s := range stores(func() time.Time { return now }, 2, time.Hour) {
		t.Run(name, func(t *testing.T) {
			_ = s.Update("a", put("k", "v"))
			_ = s.Update("b", put("k", "v"))
			if err := s.Update("c", put("k", "v")); !errors.Is(err, world.ErrWorlds) {
				t.Errorf("third world: %v", err)
			}
			now = now.Add(30 * time.Minute)
			_ = s.Update("b", put("k", "w"))
			now = now.Add(31 * time.Minute)
			if err := s.Update("c", put("k", "v")); err != nil {
				t.Errorf("an idle world made no room: %v", err)
			}
			if st, _ := s.View("b"); st.Texts.Len() != 1 {
				t.Error("a world in use was dropped")
			}
		})
	}
}

func TestNamesThatCannotBe(t *testing.T) {
	each(t, 10, func(t *testing.T, s world.Store) {
		for _, name := range []string{"", "A", "a_b", "-a", "a-", "a.b", "花子", string(make([]byte, 64))} {
			if err := s.Update(name, put("a", "b")); !errors.Is(err, world.ErrName) {
				t.Errorf("%q: %v", name, err)
			}
		}
	})
}

func TestAWorldIsADocument(t *testing.T) {
	s := service(t)
	journey(t, s, "w")
	m, err := s.Snapshot("w")
	if err != nil {
		t.Fatal(err)
	}
	written := document(t, m.State)
	var read world.State
	if err := json.Unmarshal([]byte(written), &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(written, document(t, read)); diff != "" {
		t.Errorf("(-written +read again)\n%s", diff)
	}
}

func document(t *testing.T, s world.State) string {
	t.Helper()
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
