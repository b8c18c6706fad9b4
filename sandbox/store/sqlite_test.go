package store_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/store/storetest"
	"example.com/netanswer/sandbox/world"
)

func TestSQLiteKeepsTheContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, machine func() time.Time, b world.Bounds) world.Store {
		return open(t, "sqlite:"+filepath.Join(t.TempDir(), "worlds.db"), machine, b)
	})
}

// open opens a store whose worlds begin as those of a sandbox do.
func open(t *testing.T, address string, machine func() time.Time, b world.Bounds) *store.Kept {
	t.Helper()
	base, err := world.Template()
	if err != nil {
		t.Fatal(err)
	}
	k, err := store.Open(t.Context(), address, store.Options{Machine: machine, Bounds: b, Base: base, Limit: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	return k
}

// TestSnapshotsAreKeptApart holds that a world and a snapshot of one name are two,
// in every database, and that both are there when it is opened again.
func TestSnapshotsAreKeptApart(t *testing.T) {
	t.Parallel()
	keepsSnapshots(t, "sqlite:"+filepath.Join(t.TempDir(), "worlds.db"))
}

func keepsSnapshots(t *testing.T, address string) {
	t.Helper()
	for _, again := range []bool{false, true} {
		o := options()
		o.Bounds.Snapshots = 1
		k, err := store.Open(t.Context(), address, o)
		if err != nil {
			t.Fatal(err)
		}
		for which, s := range map[string]world.Store{"world": k, "snapshot": k.Snapshots()} {
			if !again {
				put := func(st *world.State) error { st.Name = "same"; st.Texts.Put("of", which); return nil }
				if err := s.Update(t.Context(), "same", put); err != nil {
					t.Fatal(err)
				}
			}
			st, err := s.View(t.Context(), "same")
			if of, _ := st.Texts.Get("of"); err != nil || of != which {
				t.Errorf("%s: %q %v", which, of, err)
			}
			if all, err := s.List(t.Context()); err != nil || len(all) != 1 {
				t.Errorf("%s: %d in the list, %v", which, len(all), err)
			}
		}
		another := func(st *world.State) error { st.Name = "another"; return nil }
		if err := k.Snapshots().Update(t.Context(), "another", another); !errors.Is(err, world.ErrWorlds) {
			t.Errorf("beyond the bound: %v", err)
		}
		if err := k.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
