package page

import (
	"context"
	"errors"
	"net/http"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// Sorry answers every request with one sentence.
func (f *Site) Sorry(status int, text string, pairs ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.Apologize(w, r, status, text, pairs...)
	})
}

// Apologize returns a page that says one sentence: in the world's words, or where
// they cannot be had, in those of every world.
func (f *Site) Apologize(w http.ResponseWriter, r *http.Request, status int, text string, pairs ...string) {
	m, err := f.service.Snapshot(r.Context(), WorldOf(r))
	if err != nil {
		m = f.service.Fresh(WorldOf(r))
	}
	f.Show(w, status, m, screen.Trouble(m, screen.Told{Alerts: []string{m.Say(text, pairs...)}}))
}

// Trouble answers where the request is at fault or has ended, the sandbox is full, or what keeps the
// worlds does not answer. Any
// other error is a failure of ours: it panics, and Survive answers.
func (f *Site) Trouble(w http.ResponseWriter, r *http.Request, err error) {
	var unreadable *UnreadableError
	switch {
	case errors.As(err, &unreadable):
		f.Apologize(w, r, unreadable.Status, unreadable.Text)
	case errors.Is(err, world.ErrName), errors.Is(err, middleware.ErrWorlds):
		f.Apologize(w, r, middleware.Trouble(err).Status, "error.world")
	case errors.Is(err, world.ErrWorlds):
		f.Apologize(w, r, middleware.Trouble(err).Status, "error.busy")
	case errors.Is(err, world.ErrAway):
		f.Apologize(w, r, middleware.Trouble(err).Status, "error.away")
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		f.Apologize(w, r, http.StatusServiceUnavailable, "error.away")
	default:
		panic(err)
	}
}

// planned answers where a status is planned.
func (f *Site) planned(w http.ResponseWriter, r *http.Request, fault world.MemberFault) {
	if fault.Status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "30")
	}
	m, ok := f.Snapshot(w, r)
	if ok {
		f.Show(w, fault.Status, m, screen.Trouble(m, screen.Told{Alerts: []string{m.Planned(fault)}}))
	}
}

// Failed returns a page that tells of a panic, by its incident number.
func (f *Site) Failed(w http.ResponseWriter, r *http.Request, incident string) {
	f.Apologize(w, r, http.StatusInternalServerError, "error.internal", "incident", incident)
}
