package web

import (
	"net/http"
	"strings"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// portalView is what a member sees after log-in (p38).
type portalView struct {
	frame
	Name      string
	Card      string // behind the policy's mask
	Points    string
	Amount    string
	Purchases []purchase
}

// A purchase is one line of the statement.
type purchase struct{ Date, Shop, Price string }

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
		f := s.newFrame(p.Snapshot, page.Trouble)
		status := f.Tell(refused)
		s.Write(w, status, page.Trouble, f)
	default:
		s.Write(w, http.StatusOK, "portal", newPortalView(s.newFrame(p.Snapshot, "portal"), p))
	}
}

func newPortalView(f frame, p world.Portal) portalView {
	v := portalView{frame: f, Name: p.Standing.Name, Points: f.Say("portal.points_value", "points", page.Grouped(p.Standing.Points)),
		Card: registration.MaskNumber(p.Snapshot.Policy.CardMask, p.Account.CardNumber)}
	sum := 0
	for _, line := range p.Standing.Purchases {
		sum += line.Amount
		v.Purchases = append(v.Purchases, purchase{Date: strings.ReplaceAll(line.Date, "-", "/"), Shop: line.Shop,
			Price: f.Say("portal.yen", "amount", page.Grouped(line.Amount))})
	}
	v.Amount = f.Say("portal.yen", "amount", page.Grouped(sum))
	return v
}
