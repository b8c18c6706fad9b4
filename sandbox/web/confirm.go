package web

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
)

// proceed goes on to the identity check (p33-2).
func (s *site) proceed(w http.ResponseWriter, r *http.Request) {
	step, _, ok := s.submission(w, r)
	if !ok {
		return
	}
	step, err := s.web.Proceed(r.Context(), page.WorldOf(r), step.Registration.ID)
	s.land(w, r, step, err, "")
}

// revise goes back to the form (p33-3).
func (s *site) revise(w http.ResponseWriter, r *http.Request) {
	step, _, ok := s.submission(w, r)
	if !ok {
		return
	}
	step, err := s.web.Revise(r.Context(), page.WorldOf(r), step.Registration.ID)
	s.land(w, r, step, err, "")
}
