package app

import (
	"net/http"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A portalView is a screen of what the member has.
type portalView struct {
	frame
	Account  account.Account
	Standing world.Standing
}

func (s *site) newPortalView(p world.Portal, screen string) portalView {
	return portalView{frame: s.newFrame(p.Snapshot, screen), Account: p.Account, Standing: p.Standing}
}

// Tabs tells that the screen has the tabs at its foot.
func (v portalView) Tabs() bool { return true }

// Tab is the tab that the screen belongs to.
func (v portalView) Tab() string {
	switch v.Screen {
	case "app_home":
		return "home"
	case "app_menu", "app_inquiry":
		return "menu"
	}
	return "statement"
}

// Card is the card's number behind the policy's mask.
func (v portalView) Card() string {
	return registration.MaskNumber(v.Snapshot.Policy.CardMask, v.Account.CardNumber)
}

// WalletName is the wallet of the device, "" where there is none.
func (v portalView) WalletName() string {
	if v.Account.Wallet.Service == "" {
		return ""
	}
	return v.Wallet(v.Account.Wallet.Service)
}

// Yen writes an amount.
func (v portalView) Yen(amount int) string {
	return v.Say("portal.yen", "amount", page.Grouped(amount))
}

// Points is what the points come to.
func (v portalView) Points() string {
	return v.Say("portal.points_value", "points", page.Grouped(v.Standing.Points))
}

// Payment is what is to be paid.
func (v portalView) Payment() string { return v.Yen(account.Spent(v.Standing.Purchases)) }

// Date writes a date as the screens do.
func (v portalView) Date(date string) string { return strings.ReplaceAll(date, "-", "/") }

// Recent are the newest purchases.
func (v portalView) Recent() []fixtures.Purchase {
	return account.Recent(v.Standing.Purchases, 3)
}

// Limit, Used, Available and Cashing are what may be spent.
func (v portalView) Limit() string { return v.Yen(v.Standing.CreditLimit) }

// Used is what was spent of the limit.
func (v portalView) Used() string { return v.Payment() }

// Available is what is left of the limit.
func (v portalView) Available() string {
	return v.Yen(account.Available(v.Standing.CreditLimit, v.Standing.Purchases))
}

// home shows the home screen (p20).
func (s *site) home(w http.ResponseWriter, r *http.Request) {
	p, ok := s.portal(w, r)
	if !ok {
		return
	}
	v := s.newPortalView(p, "app_home")
	if page.Noticed(r) == noticeAdded && p.Account.Wallet.Added() {
		v.Notices = []string{v.Say("app_wallet.added", "wallet", v.WalletName())}
	}
	s.Write(w, http.StatusOK, "home", v)
}

// show shows a screen of what the member has.
func (s *site) show(screen string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if p, ok := s.portal(w, r); ok {
			s.Write(w, http.StatusOK, strings.TrimPrefix(screen, "app_"), s.newPortalView(p, screen))
		}
	}
}
