package api_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/api"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// failing is a store that keeps nothing and fails in one way.
type failing struct {
	world.Store
	as error
}

func (f failing) View(context.Context, string) (world.State, error)              { return world.State{}, f.as }
func (f failing) Update(context.Context, string, func(*world.State) error) error { return f.as }

// TestTroubleIsToldInTheMembersLanguage as every other refusal is.
func TestTroubleIsToldInTheMembersLanguage(t *testing.T) {
	for name, tt := range map[string]struct {
		as     error
		world  string
		status int
		says   string
	}{
		"what keeps the worlds is away": {world.ErrAway, "mine", 503, `"detail":"ただいまご利用いただけません`},
		"the sandbox is full":           {world.ErrWorlds, "mine", 503, `"detail":"ただいま混み合っています`},
		"no world has that name":        {world.ErrName, "mine", 400, `"detail":"ワールドの指定が正しくありません`},
		"nor one like it":               {nil, "Mine!", 400, `"detail":"ワールドの指定が正しくありません`},
	} {
		var kept world.Store = store.NewMemory(clock.Machine, world.DefaultBounds())
		if tt.as != nil {
			kept = failing{kept, tt.as}
		}
		s, err := world.New(world.Config{Machine: clock.Machine, Bounds: world.DefaultBounds(), Store: kept})
		if err != nil {
			t.Fatal(err)
		}
		handler := api.New(s, slog.New(slog.DiscardHandler))
		for _, asked := range []string{"POST /api/registrations", "GET /api/registrations/reg-1", "GET /api/described/login", "GET /api/app/home"} {
			method, path, _ := strings.Cut(asked, " ")
			q := httptest.NewRequest(method, "http://localhost"+path, nil)
			q.Header.Set("Netanswer-World", tt.world)
			q.Header.Set("Authorization", "Bearer any")
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, q)
			if w.Code == http.StatusNotFound {
				continue // no such address: another test's
			}
			if body := w.Body.String(); w.Code != tt.status || !strings.Contains(body, tt.says) {
				t.Errorf("%s: %s: %d %s", name, asked, w.Code, body)
			}
		}
	}
}
