// Package bench_test measures the whole program. Benchmarks of WireMock and of
// telephones are in test/issuer and test/telephone.
package bench_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/postgres"
	"example.com/netanswer/test/sandboxtest"
)

// BenchmarkRegistrations registers members over HTTP as a load test would: five
// requests each, the SMS read included, in worlds of their own that are made
// anew before they grow large. Client and server share the machine. The bare server
// returns what the sandbox returned to one registration, and does nothing else: the
// ratio of the two stands on any machine.
func BenchmarkRegistrations(b *testing.B) {
	for _, clients := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("server=sandbox/clients=%d", clients), func(b *testing.B) {
			s := sandboxtest.Start(b)
			register(b, clients, s.MemberURL, s.ConsoleURL)
		})
		b.Run(fmt.Sprintf("server=bare/clients=%d", clients), func(b *testing.B) {
			bare := bareServer(b)
			register(b, clients, bare, bare)
		})
	}
}

// BenchmarkStores compares what keeps the worlds, in one run: registrations of 8
// clients. SQLite and PostgreSQL write to the disk before a request is answered.
func BenchmarkStores(b *testing.B) {
	database := postgres.Start(b)
	for _, kind := range []string{"memory", "sqlite", "postgres"} {
		b.Run("store="+kind, func(b *testing.B) {
			s := sandboxtest.Start(b, func(c *server.Config) {
				switch kind {
				case "sqlite":
					c.Store = "sqlite:" + filepath.Join(b.TempDir(), "worlds.db")
				case "postgres":
					c.Store = database.Database(b)
				}
			})
			register(b, 8, s.MemberURL, s.ConsoleURL)
		})
	}
}

// register makes b.N registrations, many clients at once.
func register(b *testing.B, clients int, member, console string) {
	b.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: 2 * clients}
	defer transport.CloseIdleConnections()
	var next atomic.Int64
	var group sync.WaitGroup
	took := make([][]time.Duration, clients)
	b.ReportAllocs()
	b.ResetTimer()
	for c := range clients {
		group.Go(func() {
			l := &load{
				Caller: sandboxtest.Caller{HTTP: &http.Client{Transport: transport}, World: "bench-" + strconv.Itoa(c)},
				member: member, console: console,
			}
			for next.Add(1) <= int64(b.N) {
				began := clock.Machine()
				if err := l.register(); err != nil {
					b.Error(err)
					return
				}
				took[c] = append(took[c], clock.Machine().Sub(began))
			}
		})
	}
	group.Wait()
	all := slices.Sorted(slices.Values(slices.Concat(took...)))
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "registrations/s")
	if len(all) > 0 {
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	}
}

// membersPerWorld is how many registrations a client makes before it takes a
// fresh world.
const membersPerWorld = 200

// A load is one client that registers one member after another.
type load struct {
	sandboxtest.Caller
	member, console string
	cards           []loadCard
}

type loadCard struct {
	Number string `json:"number"`
	Expiry string `json:"expiry"`
	Code   string `json:"security_code"`
	phone  string
}

func (l *load) register() error {
	if len(l.cards) == 0 {
		if err := l.freshWorld(); err != nil {
			return err
		}
	}
	card := l.cards[0]
	l.cards = l.cards[1:]
	var r struct {
		ID    string `json:"id"`
		State string `json:"state"`
	}
	api := l.member + "/api/registrations"
	if err := l.Do(http.MethodPost, api, "", &r); err != nil {
		return err
	}
	form := `{"card_number":"` + card.Number + `","expiry_month":"` + card.Expiry[:2] + `","expiry_year":"` + card.Expiry[3:] + `","security_code":"` + card.Code +
		`","net_answer_id":"bench` + card.Number[8:] + `","password":"Secret-2026","password_confirmation":"Secret-2026","email_pc":"b@example.jp","terms_agreed":true}`
	if err := l.Do(http.MethodPut, api+"/"+r.ID+"/form", form, &r); err != nil {
		return err
	}
	if err := l.Do(http.MethodPost, api+"/"+r.ID+"/identity-check", "", &r); err != nil {
		return err
	}
	var sms struct {
		Passcode struct {
			Code string `json:"code"`
		} `json:"passcode"`
	}
	if err := l.Do(http.MethodGet, l.console+"/api/worlds/"+l.World+"/sms/wait?within=5s&to="+card.phone, "", &sms); err != nil {
		return err
	}
	if err := l.Do(http.MethodPost, api+"/"+r.ID+"/passcode", `{"passcode":"`+sms.Passcode.Code+`"}`, &r); err != nil {
		return err
	}
	if r.State != "completed" {
		return fmt.Errorf("registration ended %s", r.State)
	}
	return nil
}

func (l *load) freshWorld() error {
	world := l.console + "/api/worlds/" + l.World
	if err := l.Do(http.MethodDelete, world, "", nil); err != nil {
		return err
	}
	var made struct {
		Members []struct {
			Phone string     `json:"phone"`
			Cards []loadCard `json:"cards"`
		} `json:"members"`
	}
	if err := l.Do(http.MethodPost, world+"/members", fmt.Sprintf(`{"count":%d}`, membersPerWorld), &made); err != nil {
		return err
	}
	for _, m := range made.Members {
		m.Cards[0].phone = m.Phone
		l.cards = append(l.cards, m.Cards[0])
	}
	return nil
}
