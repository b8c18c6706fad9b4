package issuer_test

import (
	"net/http"
	"testing"

	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// TestRetriesHideOneFault: what a scenario over the wire does without (see
// TestScenariosOverTheWire) is what a member has by default.
func TestRetriesHideOneFault(t *testing.T) {
	t.Parallel()
	s, controls := sandboxtest.Controlled(t, func(c *server.Config) {
		c.REST = sandboxtest.Free(t)
		c.Issuer, c.IssuerRetry = "http://"+c.REST, providerclient.DefaultRetryPolicy()
		c.IssuerRetry.Wait = 0
	})
	c := &counter{t: t, s: s, controls: controls, world: "retries"}
	for _, faults := range []struct{ times, want int }{{1, http.StatusOK}, {3, http.StatusServiceUnavailable}} {
		plan := `{"faults":[{"kind":"refuse","times":` + string(rune('0'+faults.times)) + `}]}`
		l := sandboxtest.Caller{World: "retries"}
		if err := l.Do(http.MethodPut, s.ConsoleURL+"/api/worlds/retries/faults/issuer", plan, &struct{}{}); err != nil {
			t.Fatal(err)
		}
		if c.r.ID = ""; c.submits() != faults.want {
			t.Errorf("%d faults: %+v", faults.times, c.r)
		}
	}
}
