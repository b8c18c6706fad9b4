package web

import (
	"net/http"

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
	m, ok := s.moment(w, r)
	if !ok {
		return
	}
	f := s.newFrame(m, "entrance")
	switch noticed(r) {
	case noticeUnknown:
		f.Alerts = []string{m.Say("error.registration_unknown")}
	case noticeLogin:
		f.Alerts = []string{m.Say("error.login_required")}
	}
	s.write(w, http.StatusOK, "entrance", entranceView{frame: f})
}

// greet shows the log-in page with what was refused.
func (s *site) greet(w http.ResponseWriter, m world.Moment, netAnswerID string, refused error) {
	f := s.newFrame(m, "entrance")
	status := f.tell(m, refused)
	s.write(w, status, "entrance", entranceView{frame: f, NetAnswerID: netAnswerID})
}

// login checks ID and password and leads to the member's home (p36-2).
func (s *site) login(w http.ResponseWriter, r *http.Request) {
	f, err := read(r, "net_answer_id", "password")
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	token, m, refused, err := s.service.Login(worldOf(r), f["net_answer_id"], f["password"])
	switch {
	case err != nil:
		s.trouble(w, r, err)
	case refused != nil:
		s.greet(w, m, shown(f["net_answer_id"]), refused)
	default:
		keep(w, r, cookieSession, token)
		see(w, r, "/home", "")
	}
}

// logout ends the log-in and leads to the company's home page.
func (s *site) logout(w http.ResponseWriter, r *http.Request) {
	if _, err := read(r); err != nil {
		s.trouble(w, r, err)
		return
	}
	if err := s.service.Logout(worldOf(r), held(r, cookieSession)); err != nil {
		s.trouble(w, r, err)
		return
	}
	forget(w, r, cookieSession)
	see(w, r, "/", "")
}
