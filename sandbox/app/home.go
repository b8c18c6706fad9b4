package app

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/screen"
)

// show shows a screen of what the member has (p20-p22).
func (s *site) show(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p, ok := s.portal(w, r)
		if !ok {
			return
		}
		var told screen.Told
		if name == "app_home" && page.Noticed(r) == noticeAdded && p.Account.Wallet.Added() {
			told.Notices = []string{p.Snapshot.Say("app_wallet.added", "wallet", screen.Wallet(p.Snapshot, p.Account))}
		}
		s.Show(w, http.StatusOK, p.Snapshot, screen.AppPortal(p.Snapshot, name, p, told))
	}
}
