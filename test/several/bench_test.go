package several_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"example.com/netanswer/client"
	"example.com/netanswer/test/postgres"
)

// BenchmarkSandboxes registers members with 64 clients, each in a world of its own,
// over a proxy that hands each request to the next sandbox. Clients, proxy,
// sandboxes and PostgreSQL, which writes to the disk, share the machine.
func BenchmarkSandboxes(b *testing.B) {
	const clients = 64
	http.DefaultTransport.(*http.Transport).MaxIdleConnsPerHost = 2 * clients
	database := postgres.Start(b)
	for n := 1; n <= 3; n++ {
		b.Run(fmt.Sprintf("sandboxes=%d", n), func(b *testing.B) {
			address := database.Database(b)
			var sandboxes []*sandbox
			for range n {
				sandboxes = append(sandboxes, begin(b, address))
			}
			front := balance(b, sandboxes...)
			each := (b.N + clients - 1) / clients
			members := make([][]client.Member, clients)
			for c := range clients {
				var err error
				if members[c], err = client.New(front.console).Generate(context.Background(), fmt.Sprintf("load-%d", c), each); err != nil {
					b.Fatal(err)
				}
			}
			var left atomic.Int64
			left.Store(int64(b.N))
			var group sync.WaitGroup
			b.ResetTimer()
			for c := range clients {
				group.Go(func() {
					for _, m := range members[c] {
						if left.Add(-1) < 0 {
							return
						}
						if _, err := register(front, fmt.Sprintf("load-%d", c), m); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			group.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "registrations/s")
		})
	}
}
