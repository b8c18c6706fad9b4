package web

import "net/http"

// homeView is the company's home page (p25).
type homeView struct{ frame }

// home shows the company's home page. It has two links to the log-in page, one
// for the width of a desktop and one for that of a smartphone; the style sheet
// shows one of them.
func (s *site) home(w http.ResponseWriter, r *http.Request) {
	if m, ok := s.Snapshot(w, r); ok {
		s.Write(w, http.StatusOK, "home", homeView{s.newFrame(m, "home")})
	}
}
