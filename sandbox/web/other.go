package web

import "net/http"

// otherView is where a way on ends, because what it leads to is outside the
// sandbox: the other registration of Club On/Millennium cards (p26-5), and the
// video (p4-4).
type otherView struct {
	frame
	Back string
}

// Sentence is a sentence of the screen's own.
func (v otherView) Sentence(what string) string { return v.Say(v.Screen + "." + what) }

// outside shows the end of such a way; back is where it came from.
func (s *site) outside(screen, back string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if m, ok := s.Snapshot(w, r); ok {
			s.Write(w, http.StatusOK, "other", otherView{s.newFrame(m, screen), back})
		}
	}
}
