package bench_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/sandbox/world"
)

// BenchmarkStartWithWorlds starts a sandbox over a file of SQLite with many worlds:
// it reads none of them.
func BenchmarkStartWithWorlds(b *testing.B) {
	for _, worlds := range []int{0, 10_000} {
		b.Run(fmt.Sprintf("worlds=%d", worlds), func(b *testing.B) {
			c := server.EphemeralConfig()
			c.Store = "sqlite:" + filepath.Join(b.TempDir(), "worlds.db")
			begin := func() *server.Sandbox {
				s, err := server.Start(c, nil)
				if err != nil {
					b.Fatal(err)
				}
				return s
			}
			s := begin()
			populate(b, s.Service, worlds)
			for b.Loop() {
				b.StopTimer()
				if err := s.Stop(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				s = begin()
			}
			if err := s.Stop(); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// populate makes worlds, many at once so that they share transactions.
func populate(b *testing.B, s *world.Service, worlds int) {
	b.Helper()
	const makers = 64
	var group sync.WaitGroup
	for m := range makers {
		group.Go(func() {
			for i := m; i < worlds; i += makers {
				if _, err := s.Control().Arrange(context.Background(), fmt.Sprintf("w%d", i), world.Setup{}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
}
