package issuer_test

import (
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/issuer/stubs"
	"example.com/netanswer/test/sandboxtest"
)

// BenchmarkIssuer asks issuers to verify a card: in this process, our own over
// HTTP, and WireMock. Client and issuer share the machine.
func BenchmarkIssuer(b *testing.B) {
	for _, kind := range []struct {
		name string
		desk func(b *testing.B) issuer.API
	}{
		{"in process", func(b *testing.B) issuer.API { return sandboxtest.Start(b).Service.IssuerAPI() }},
		{"over HTTP", func(b *testing.B) issuer.API { return relayed(b, sandboxtest.Start(b).RESTURL, patient()) }},
		{"WireMock", func(b *testing.B) issuer.API {
			w := script(b, b.TempDir())
			if err := stubs.Load(w.Client, everybody(b)[:1], stubs.Options{}); err != nil {
				b.Fatal(err)
			}
			return relayed(b, w.URL, patient())
		}},
	} {
		for _, clients := range []int{1, 16} {
			b.Run(fmt.Sprintf("%s/clients=%d", kind.name, clients), func(b *testing.B) { asks(b, kind.desk(b), clients) })
		}
	}
}

func asks(b *testing.B, desk issuer.API, clients int) {
	var next atomic.Int64
	var group sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for c := range clients {
		group.Go(func() {
			for next.Add(1) <= int64(b.N) {
				v, err := desk.Verify(
					b.Context(),
					"bench-"+strconv.Itoa(c),
					issuer.CardQuestion{CardNumber: "4242420000010017", ExpiryMonth: "11", ExpiryYear: "35", SecurityCode: "123"},
				)
				if err != nil || !v.Verified {
					b.Errorf("%+v %v", v, err)
					return
				}
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "questions/s")
}
