package web

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/screen"
)

// portal shows the member's home, or leads to the log-in page.
func (s *site) portal(w http.ResponseWriter, r *http.Request) {
	p, refused, err := s.members.Portal(r.Context(), page.WorldOf(r), page.Held(r, cookieSession))
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case refused != nil && p.Account.NetAnswerID == "":
		page.Forget(w, r, cookieSession)
		page.See(w, r, "/login", noticeLogin)
	case refused != nil: // logged in, but what is behind the service did not answer
		s.Show(w, page.StatusOf(refused), p.Snapshot, screen.Trouble(p.Snapshot, screen.Told{Refused: refused}))
	default:
		s.Show(w, http.StatusOK, p.Snapshot, screen.Portal(p.Snapshot, p))
	}
}
