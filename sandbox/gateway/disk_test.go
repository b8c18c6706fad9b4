package gateway_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// A fullDisk is a store that cannot be written while it is full.
type fullDisk struct {
	world.Store
	full atomic.Bool
}

func (d *fullDisk) Update(ctx context.Context, name string, change func(*world.State) error) error {
	if d.full.Load() {
		return fmt.Errorf("%w: no space left on device", world.ErrAway)
	}
	return d.Store.Update(ctx, name, change)
}

// TestAFullDiskIsToldByEachProtocol, and all goes on when there is room again.
func TestAFullDiskIsToldByEachProtocol(t *testing.T) {
	t.Parallel()
	bounds := world.DefaultBounds()
	disk := &fullDisk{Store: store.NewMemory(clock.Machine, bounds)}
	service, err := world.New(world.Config{Machine: clock.Machine, Bounds: bounds, Store: disk})
	if err != nil {
		t.Fatal(err)
	}
	g := gateway.New(gateway.Config{Service: service, Limits: gateway.DefaultLimits(), Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(g.Close)
	address, c := listen(t, smtpOf(g)), twilioOf(t, g, "ACmine")
	mail := func() string {
		w := dial(t, address)
		w.hear()
		last := ""
		for _, said := range []string{"EHLO x", "MAIL FROM:<a@example.com>", "RCPT TO:<c@example.jp>", "DATA", "x: y\r\n\r\n."} {
			if last = w.say(said + "\r\n"); strings.HasPrefix(last, "4") {
				break
			}
		}
		return last
	}
	sms := func() (status int, k placed) {
		status = c.do("POST", "/2010-04-01/Accounts/ACmine/Messages.json", url.Values{"To": {"+819000001001"}, "From": {"+15005550006"}, "Body": {"x"}}, &k)
		return status, k
	}
	disk.full.Store(true)
	if got := mail(); !strings.HasPrefix(got, "452 4.3.1") {
		t.Errorf("SMTP: %q", got)
	}
	if status, k := sms(); status != 503 || k.Code != 20503 {
		t.Errorf("REST: %d %+v", status, k)
	}
	disk.full.Store(false)
	if got := mail(); !strings.HasPrefix(got, "250") {
		t.Errorf("SMTP afterwards: %q", got)
	}
	if status, k := sms(); status != 201 {
		t.Errorf("REST afterwards: %d %+v", status, k)
	}
}
