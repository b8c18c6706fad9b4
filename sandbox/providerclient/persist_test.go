package providerclient_test

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/issuer"
)

func TestWhatIsAskedAgain(t *testing.T) {
	status := func(n int) http.HandlerFunc { return func(w http.ResponseWriter, _ *http.Request) { says(w, n, `{}`) } }
	cut := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	half := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		says(w, 200, `{"verified"`)
	}
	for _, tt := range []struct {
		how    string
		answer http.HandlerFunc
		way    issuer.Way
		tries  int // of a question that may be asked again
	}{
		{"500", status(500), issuer.Refused, 3}, {"502", status(502), issuer.Refused, 3}, {"503", status(503), issuer.Refused, 3},
		{"504", status(504), issuer.Refused, 3}, {"429", status(429), issuer.Refused, 3}, {"501", status(501), issuer.Refused, 1},
		{"400", status(400), issuer.Refused, 1}, {"404 without a word", status(404), issuer.Refused, 1}, {"204", status(204), issuer.Refused, 1},
		{"no field", status(200), issuer.Malformed, 1}, {"cut", cut, issuer.Broken, 3}, {"half", half, issuer.Broken, 3},
	} {
		t.Run(tt.how, func(t *testing.T) {
			var count atomic.Int32
			i := core(t, hasty(), func(w http.ResponseWriter, r *http.Request) { count.Add(1); tt.answer(w, r) })
			for name, ask := range map[string]struct {
				do    func() error
				tries int
			}{
				"verify": {func() error { _, err := i.Verify(t.Context(), "w", card); return err }, tt.tries},
				"standing": {func() error {
					_, err := i.Standing(t.Context(), "w", issuer.StandingQuestion{CardNumber: "x"})
					return err
				}, tt.tries},
				"enrol": {func() error { _, err := i.Enrol(t.Context(), "w", issuer.EnrolmentQuestion{Key: "k"}); return err },
					tt.tries},
				"enrol without key": {func() error { _, err := i.Enrol(t.Context(), "w", issuer.EnrolmentQuestion{}); return err }, 1},
				"PIN":               {func() error { _, err := i.CheckPIN(t.Context(), "w", pin); return err }, 1},
			} {
				count.Store(0)
				f := issuer.HowFailed(ask.do())
				if f == nil || f.Way != tt.way || f.Tries != ask.tries || int(count.Load()) != ask.tries {
					t.Errorf("%s: %+v, asked %d times; want %s, %d", name, f, count.Load(), tt.way, ask.tries)
				}
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	for _, tt := range []struct {
		how, after, date string
		tries            int32
	}{
		{"seconds", "1", "", 2},
		{"a date, by the issuer's own clock", "Tue, 24 Nov 2020 10:00:01 GMT", "Tue, 24 Nov 2020 10:00:00 GMT", 2},
		{"more than there is time", "3600", "", 1},
		{"a date far off", "Tue, 24 Nov 2020 11:00:01 GMT", "Tue, 24 Nov 2020 10:00:00 GMT", 1},
		{"a date gone by", "Tue, 24 Nov 2020 09:00:01 GMT", "Tue, 24 Nov 2020 10:00:00 GMT", 2},
		{"words", "soon", "", 2},
		{"below zero", "-5", "", 2},
		{"far more than a day", "99999999999", "", 1},
	} {
		t.Run(tt.how, func(t *testing.T) {
			t.Parallel()
			p := hasty()
			p.Total, p.Retries = 6*time.Second, 1
			var count atomic.Int32
			i := core(t, p, func(w http.ResponseWriter, _ *http.Request) {
				if tt.date != "" {
					w.Header().Set("Date", tt.date)
				}
				if count.Add(1) == 1 {
					w.Header().Set("Retry-After", tt.after)
					says(w, 429, `{}`)
					return
				}
				says(w, 200, `{"verified":false}`)
			})
			began := clock.Machine()
			_, err := i.Verify(t.Context(), "w", card)
			if (err == nil) != (tt.tries == 2) || count.Load() != tt.tries {
				t.Errorf("%v after %d tries", err, count.Load())
			}
			if waited := clock.Machine().Sub(began); tt.tries == 1 && waited > p.Total/2 {
				t.Errorf("waited %s for what cannot come", waited)
			}
		})
	}
}

func TestTheCircuitOfAWorld(t *testing.T) {
	var count atomic.Int32
	well := false
	p := hasty()
	p.Retries, p.Failures, p.Rest = 0, 2, 50*time.Millisecond
	i := core(t, p, func(w http.ResponseWriter, _ *http.Request) {
		if count.Add(1); well {
			says(w, 200, `{"verified":false}`)
			return
		}
		says(w, 500, `{}`)
	})
	way := func(world string) issuer.Way {
		_, err := i.Verify(t.Context(), world, card)
		if f := issuer.HowFailed(err); f != nil {
			return f.Way
		}
		return ""
	}
	got := fmt.Sprintf("%s %s %s %s %s %s %s %d", way("a"), way("b"), way("a"), way("a"), way("b"), way("a"), way("b"), count.Load())
	if want := "refused refused refused open refused open open 4"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	well = true
	for range 500 { // 50 ms, and it is shut again
		if way("a") == "" {
			break
		}
		wait(t, time.Millisecond)
	}
	if got := way("a"); got != "" {
		t.Errorf("the circuit did not shut: %s", got)
	}
}

func wait(t *testing.T, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-t.Context().Done():
	}
}

// TestMoreWorldsThanCircuits: the worlds that are well make room, the one that is
// not keeps its circuit.
func TestMoreWorldsThanCircuits(t *testing.T) {
	p := hasty()
	p.Retries, p.Failures, p.Rest = 0, 1, time.Hour
	i := core(t, p, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(issuer.WorldHeader) == "ill" {
			says(w, 500, `{}`)
			return
		}
		says(w, 200, `{"verified":false}`)
	})
	ill := func() issuer.Way {
		_, err := i.Verify(t.Context(), "ill", card)
		return issuer.HowFailed(err).Way
	}
	if first, then := ill(), ill(); first != issuer.Refused || then != issuer.Open {
		t.Fatalf("%s, %s", first, then)
	}
	for n := range 10_010 {
		if _, err := i.Verify(t.Context(), fmt.Sprint("w", n), card); err != nil {
			t.Fatal(err)
		}
	}
	if way := ill(); way != issuer.Open {
		t.Errorf("its circuit is forgotten: %s", way)
	}
}
