package web

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// entrance shows the log-in page.
func (s *site) entrance(w http.ResponseWriter, r *http.Request) {
	m, ok := s.Snapshot(w, r)
	if !ok {
		return
	}
	var told screen.Told
	switch page.Noticed(r) {
	case noticeUnknown:
		told.Alerts = []string{m.Say("error.registration_unknown")}
	case noticeLogin:
		told.Alerts = []string{m.Say("error.login_required")}
	}
	s.Show(w, http.StatusOK, m, screen.Entrance(m, told))
}

// greet shows the log-in page with what was refused.
func (s *site) greet(w http.ResponseWriter, m world.Snapshot, netAnswerID string, refused error) {
	told := screen.Told{Refused: refused, Entered: map[string]string{"net_answer_id": netAnswerID}}
	s.Show(w, page.StatusOf(refused), m, screen.Entrance(m, told))
}

// login checks ID and password and leads to the member's home (p36-2).
func (s *site) login(w http.ResponseWriter, r *http.Request) {
	f, err := page.Read(r, "net_answer_id", "password")
	if err != nil {
		s.Trouble(w, r, err)
		return
	}
	token, m, refused, err := s.members.Login(r.Context(), page.WorldOf(r), f["net_answer_id"], f["password"])
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case refused != nil:
		s.greet(w, m, page.Shown(f["net_answer_id"]), refused)
	default:
		page.Keep(w, r, cookieSession, token)
		page.See(w, r, "/home", "")
	}
}

// logout ends the log-in and leads to the company's home page.
func (s *site) logout(w http.ResponseWriter, r *http.Request) {
	if _, err := page.Read(r); err != nil {
		s.Trouble(w, r, err)
		return
	}
	if err := s.members.Logout(r.Context(), page.WorldOf(r), page.Held(r, cookieSession)); err != nil {
		s.Trouble(w, r, err)
		return
	}
	page.Forget(w, r, cookieSession)
	page.See(w, r, "/", "")
}
