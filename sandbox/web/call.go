package web

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
)

// finishCall completes the registration after the call (p35-5).
func (s *site) finishCall(w http.ResponseWriter, r *http.Request) {
	step, _, ok := s.submission(w, r)
	if !ok {
		return
	}
	step, err := s.web.Finish(r.Context(), page.WorldOf(r), step.Registration.ID)
	s.land(w, r, step, err, "")
}
