package web

import "net/http"

// otherView is where the way on for Club On/Millennium cards ends (p26-5): the
// other registration is a service outside the sandbox.
type otherView struct{ frame }

func (s *site) other(w http.ResponseWriter, r *http.Request) {
	m, ok := s.moment(w, r)
	if !ok {
		return
	}
	s.write(w, http.StatusOK, "other", otherView{s.newFrame(m, "other")})
}
