package web

import (
	"errors"
	"net/http"

	"example.com/netanswer/sandbox/gate"
	"example.com/netanswer/sandbox/world"
)

// troubleView is the page of a request that no screen can answer.
type troubleView struct{ frame }

func worldOf(r *http.Request) string { return gate.World(r.Context()) }

// sorry answers every request with one sentence.
func (s *site) sorry(status int, text string, pairs ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.apologize(w, r, status, text, pairs...)
	})
}

// apologize answers with a page that says one sentence. If not even the world's
// texts can be had, it says the status alone.
func (s *site) apologize(w http.ResponseWriter, r *http.Request, status int, text string, pairs ...string) {
	m, err := s.service.Moment(worldOf(r))
	if err != nil {
		http.Error(w, http.StatusText(status), status)
		return
	}
	f := s.newFrame(m, "trouble")
	f.Alerts = []string{m.Say(text, pairs...)}
	s.write(w, status, "trouble", troubleView{f})
}

// trouble answers where the request is at fault, or the sandbox is full. Any
// other error is a failure of ours: it panics, and Survive answers.
func (s *site) trouble(w http.ResponseWriter, r *http.Request, err error) {
	var unreadable *unreadableError
	switch {
	case errors.As(err, &unreadable):
		s.apologize(w, r, unreadable.status, unreadable.text)
	case errors.Is(err, world.ErrName), errors.Is(err, gate.ErrWorlds):
		s.apologize(w, r, gate.Trouble(err).Status, "error.world")
	case errors.Is(err, world.ErrWorlds):
		s.apologize(w, r, gate.Trouble(err).Status, "error.busy")
	default:
		panic(err)
	}
}

// failed answers after a panic.
func (s *site) failed(w http.ResponseWriter, r *http.Request, incident string) {
	s.apologize(w, r, http.StatusInternalServerError, "error.internal", "incident", incident)
}
