package gateway_test

import (
	"log/slog"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// machine is the machine's clock, moved by hand.
type machine struct {
	mu  sync.Mutex
	now time.Time
}

func (m *machine) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// open is a service with a gateway, whose machine stands still.
func open(t testing.TB, change ...func(*gateway.Config)) (*world.Service, *gateway.Gateway) {
	t.Helper()
	return openTo(t, nil, change...)
}

// openTo is a service that makes requests to some hosts, with a gateway.
func openTo(t testing.TB, hosts []string, change ...func(*gateway.Config)) (*world.Service, *gateway.Gateway) {
	t.Helper()
	m := &machine{now: time.Date(2026, 11, 24, 10, 0, 0, 0, clock.Japan)}
	service, err := world.New(
		world.Config{
			Machine:  m.Now,
			Bounds:   world.DefaultBounds(),
			Store:    store.NewMemory(m.Now, world.DefaultBounds()),
			Outbound: outbound.NewRules(hosts...),
		},
	)
	if err != nil {
		t.Fatal(err)
	}
	c := gateway.Config{Service: service, Limits: gateway.DefaultLimits(), Log: slog.New(slog.DiscardHandler)}
	for _, f := range change {
		f(&c)
	}
	g := gateway.New(c)
	t.Cleanup(g.Close)
	return service, g
}

func plan(t testing.TB, s *world.Service, name, provider string, faults ...fault.Fault) {
	t.Helper()
	if err := s.Control().PlanFaults(t.Context(), name, provider, faults); err != nil {
		t.Fatal(err)
	}
}

// advance moves the clock of a world.
func advance(t testing.TB, s *world.Service, name string, d time.Duration) {
	t.Helper()
	if _, err := s.Control().Arrange(t.Context(), name, world.Setup{Clock: world.ClockMove{Advance: d}}); err != nil {
		t.Fatal(err)
	}
}
