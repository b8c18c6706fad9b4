package web

import (
	"net/http"
	"strconv"
	"time"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
)

// passcodeView is where the one-time passcode is entered (p34).
type passcodeView struct {
	frame
	Token       string
	destination string
}

// Destination is where the passcode went, behind the policy's mask (p34-2).
func (v passcodeView) Destination() string {
	return registration.MaskDestination(v.Snapshot.Policy.DestinationMask, v.destination)
}

// Minutes is how long a passcode is good for, in whole minutes as the guide
// words it (p34-7).
func (v passcodeView) Minutes() string {
	return strconv.Itoa(int(v.Snapshot.Policy.PasscodeLifetime.Of() / time.Minute))
}

// enter checks a passcode (p34-3).
func (s *site) enter(w http.ResponseWriter, r *http.Request) {
	step, f, ok := s.submission(w, r, "passcode")
	if !ok {
		return
	}
	step, err := s.web.Enter(r.Context(), page.WorldOf(r), step.Registration.ID, f["passcode"])
	s.land(w, r, step, err, "")
}

// reissue sends another passcode (p34-4).
func (s *site) reissue(w http.ResponseWriter, r *http.Request) {
	step, _, ok := s.submission(w, r)
	if !ok {
		return
	}
	step, err := s.web.Reissue(r.Context(), page.WorldOf(r), step.Registration.ID)
	s.land(w, r, step, err, noticeReissued)
}
