package app

import (
	"net/http"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
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
		f := s.newFrame(step.Snapshot, "app_entrance")
		status := f.Tell(step.Refused)
		s.Write(w, status, "entrance", entranceView{f})
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
		f := s.newFrame(p.Snapshot, page.Trouble)
		status := f.Tell(refused)
		s.Write(w, status, page.Trouble, f)
	default:
		return p, true
	}
	return p, false
}

// walletView is the question of the wallet (p18).
type walletView struct {
	frame
	Service string // the wallet's name
	Card    string // behind the policy's mask
	Added   bool
}

func newWalletView(f frame, a account.Account) walletView {
	return walletView{frame: f, Service: f.Wallet(a.Wallet.Service), Added: a.Wallet.Added(),
		Card: registration.MaskNumber(f.Snapshot.Policy.CardMask, a.CardNumber)}
}

// Title has no place for a wallet's name.
func (v walletView) Title() string { return v.Say("app_wallet.title") }

func (s *site) wallet(w http.ResponseWriter, r *http.Request) {
	p, ok := s.portal(w, r)
	if !ok {
		return
	}
	if p.Account.Wallet.Service == "" { // logged in by other means than the app
		page.See(w, r, Prefix+"/home", "")
		return
	}
	s.Write(w, http.StatusOK, "wallet", newWalletView(s.newFrame(p.Snapshot, "app_wallet"), p.Account))
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
