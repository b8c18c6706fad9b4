package store_test

import (
	"testing"
	"time"

	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/store/storetest"
	"example.com/netanswer/sandbox/world"
)

func TestMemoryKeepsTheContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(_ *testing.T, machine func() time.Time, b world.Bounds) world.Store {
		return store.NewMemory(machine, b)
	})
}
