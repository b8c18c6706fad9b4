package store_test

import (
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
