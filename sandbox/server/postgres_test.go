package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/postgres"
	"example.com/netanswer/test/sandboxtest"
)

// TestADatabaseThatIsAway is told to members and testers, and all goes on when it is
// back. The process is alive meanwhile.
func TestADatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	database := postgres.Start(t, "fsync=off")
	s := sandboxtest.Start(t, func(c *server.Config) {
		c.Store, c.StoreLimit, c.Token = database.Database(t), 2*time.Second, "0123456789abcdef"
	})
	ask := func(when, url string, status int, want string) {
		t.Helper()
		if got, body := sandboxtest.Fetch(t, url, ""); got != status || !strings.Contains(body, want) {
			t.Errorf("%s: %s: %d %.300s, want %d and %q", when, url, got, body, status, want)
		}
	}
	for _, when := range []string{"at first", "afterwards"} {
		ask(when, s.MemberURL+"/", http.StatusOK, "")
		ask(when, s.ConsoleURL+"/readyz", http.StatusOK, `"kind":"postgres","ready":true`)
		if when == "afterwards" {
			return
		}
		database.Stop(t)
		ask("away", s.MemberURL+"/", http.StatusServiceUnavailable, "ただいまご利用いただけません")
		ask("away", s.MemberURL+"/api/registrations/reg-1", http.StatusServiceUnavailable, `"code":"store_away"`)
		ask("away", s.MemberURL+"/api/registrations/reg-1", http.StatusServiceUnavailable, `"detail":"ただいまご利用いただけません`)
		ask("away", s.ConsoleURL+"/readyz", http.StatusServiceUnavailable, `"ready":false`)
		ask("away", s.ConsoleURL+"/healthz", http.StatusOK, "ok")
		database.Begin(t)
	}
}
