package external

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/target"
)

// TestAClockThatRanOnTooFarIsNobodysFault: on a busy machine a limit is reached by the
// clock alone. What comes after a limit, or in time, is judged.
func TestAClockThatRanOnTooFarIsNobodysFault(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	wrong := errors.New("「完了」のはずが「有効期限切れ」です")
	for name, c := range map[string]struct {
		advance, took time.Duration
		undecided     bool
	}{
		"just before, in time":     {9*time.Minute + 59*time.Second, 4 * time.Second, false},
		"just before, and too far": {9*time.Minute + 59*time.Second, 6 * time.Second, true},
		"just after":               {10*time.Minute + time.Second, time.Minute, false},
		"nowhere near":             {7 * time.Minute, time.Minute, false},
	} {
		now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
		clock := &target.Clock{Call: target.Call{URL: server.URL, Body: "{now}"}, Precision: 5 * time.Second}
		a := &around{client: server.Client(), now: func() time.Time { return now }}
		a.instance.Clock = clock
		if err := a.SetClock(t.Context(), "", now); err != nil {
			t.Fatal(err)
		}
		if err := a.Advance(t.Context(), "", c.advance); err != nil {
			t.Fatal(err)
		}
		now = now.Add(c.took)
		err := (&Environment{}).Weigh(context.WithValue(t.Context(), aroundKey{}, a), wrong)
		if errors.Is(err, driver.ErrUndecidable) != c.undecided || !strings.Contains(err.Error(), wrong.Error()) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
