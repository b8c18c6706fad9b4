package web

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/world"
)

// entranceView is the log-in page, which is also the way to a new registration
// (p23, p25).
type entranceView struct {
	frame
	NetAnswerID string // as written before a refusal; the password is never shown again
}

// entrance shows the log-in page.
func (s *site) entrance(w http.ResponseWriter, r *http.Request) {
	m, ok := s.Snapshot(w, r)
	if !ok {
		return
	}
	f := s.newFrame(m, "entrance")
	switch page.Noticed(r) {
	case noticeUnknown:
		f.Alerts = []string{m.Say("error.registration_unknown")}
	case noticeLogin:
		f.Alerts = []string{m.Say("error.login_required")}
	}
	s.Write(w, http.StatusOK, "entrance", entranceView{frame: f})
}

// greet shows the log-in page with what was refused.
func (s *site) greet(w http.ResponseWriter, m world.Snapshot, netAnswerID string, refused error) {
	f := s.newFrame(m, "entrance")
	status := f.Tell(refused)
	s.Write(w, status, "entrance", entranceView{frame: f, NetAnswerID: netAnswerID})
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
