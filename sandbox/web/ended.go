package web

import (
	"slices"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
)

// endedView is a registration that has ended without completion: expired,
// locked, or with no way to check the identity.
type endedView struct{ frame }

// newEndedView says why the registration has ended: the same sentence that
// refuses whatever is still tried with it, and only once.
func newEndedView(f frame, reg registration.Registration) endedView {
	for _, e := range middleware.Each(reg.Ended()) {
		if why := f.Snapshot.Explain(e); !slices.Contains(f.Alerts, why) {
			f.Alerts = append(f.Alerts, why)
		}
	}
	return endedView{f}
}

// Restart tells whether a new registration may help. Where there is no way to
// check the identity, only the desk can (p35-6).
func (v endedView) Restart() bool { return v.Screen != string(registration.Unavailable) }
