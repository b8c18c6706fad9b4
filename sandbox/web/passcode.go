package web

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
)

// enter checks a passcode (p34-3).
func (s *site) enter(w http.ResponseWriter, r *http.Request) {
	step, f, ok := s.submission(w, r, "passcode")
	if !ok {
		return
	}
	step, err := s.web.Enter(r.Context(), page.WorldOf(r), step.Registration.ID, f["passcode"])
	s.land(w, r, step, err, "")
}

// reissue sends another passcode (p34-4).
func (s *site) reissue(w http.ResponseWriter, r *http.Request) {
	step, _, ok := s.submission(w, r)
	if !ok {
		return
	}
	step, err := s.web.Reissue(r.Context(), page.WorldOf(r), step.Registration.ID)
	s.land(w, r, step, err, noticeReissued)
}
