package app

import (
	"net/http"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// start starts an app whose registration is completed: with the question of the
// wallet at the first start (p18-2), and at home later. Where the card was
// registered anew elsewhere, the member is told and can register once more.
func (s *site) start(w http.ResponseWriter, r *http.Request, phone world.Phone) {
	token, step, a, err := s.app.Open(r.Context(), page.WorldOf(r), phone.RegistrationID)
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case step.Refused != nil:
		s.enter(w, page.StatusOf(step.Refused), step.Snapshot, screen.Told{Refused: step.Refused})
	default:
		page.Keep(w, r, cookieSession, token)
		if a.Wallet.Asks() {
			page.See(w, r, Prefix+"/wallet", "")
			return
		}
		page.See(w, r, Prefix+"/home", "")
	}
}

// portal is what the member has whom the app is logged in for. An app whose
// log-in is over starts again by itself; where it cannot, or what is behind the
// service does not answer, that is answered already and ok is false.
func (s *site) portal(w http.ResponseWriter, r *http.Request) (p world.Portal, ok bool) {
	p, refused, err := s.members.Portal(r.Context(), page.WorldOf(r), page.Held(r, cookieSession))
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case refused != nil && p.Account.NetAnswerID == "":
		page.Forget(w, r, cookieSession)
		page.See(w, r, Prefix+"/open", "")
	case refused != nil:
		s.Show(w, page.StatusOf(refused), p.Snapshot, screen.Trouble(p.Snapshot, screen.Told{Refused: refused}))
	default:
		return p, true
	}
	return p, false
}

// wallet shows the question of the wallet (p18).
func (s *site) wallet(w http.ResponseWriter, r *http.Request) {
	p, ok := s.portal(w, r)
	if !ok {
		return
	}
	if p.Account.Wallet.Service == "" { // logged in by other means than the app
		page.See(w, r, Prefix+"/home", "")
		return
	}
	s.Show(w, http.StatusOK, p.Snapshot, screen.AppWallet(p.Snapshot, p.Account, screen.Told{}))
}

// answerWallet takes what the member says (p18-3, p18-4).
func (s *site) answerWallet(w http.ResponseWriter, r *http.Request) {
	f, err := page.Read(r, "answer")
	if err != nil {
		s.Trouble(w, r, err)
		return
	}
	p, refused, err := s.members.AnswerWallet(r.Context(), page.WorldOf(r), page.Held(r, cookieSession), account.WalletAnswer(f["answer"]))
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case refused != nil && p.Account.NetAnswerID == "":
		page.See(w, r, Prefix+"/open", "")
	case refused != nil:
		s.Trouble(w, r, &page.UnreadableError{Status: http.StatusBadRequest, Text: "error.malformed"})
	case f["answer"] == string(account.WalletAdd):
		page.See(w, r, Prefix+"/home", noticeAdded)
	default:
		page.See(w, r, Prefix+"/home", "")
	}
}
