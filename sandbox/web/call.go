package web

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
)

// callView is where the member is asked to call the free-dial number (p35).
type callView struct {
	frame
	Token string
	Call  registration.Call
}

// Minutes is how long there is to call, in whole minutes as the guide words it
// (p35-2).
func (v callView) Minutes() string {
	return strconv.Itoa(int(v.Snapshot.Policy.CallWindow.Of() / time.Minute))
}

// Confirmed tells whether a call was confirmed.
func (v callView) Confirmed() bool { return !v.Call.ConfirmedAt.IsZero() }

// Left is how many seconds there are left to call.
func (v callView) Left() int {
	return max(0, int((v.Call.Until.Sub(v.Snapshot.Now)+time.Second-1)/time.Second))
}

// LeftText is Left as a person reads it.
func (v callView) LeftText() string { return fmt.Sprintf("%d分%02d秒", v.Left()/60, v.Left()%60) }

// Running tells whether the world's clock goes on by itself, and with it the
// time left.
func (v callView) Running() bool { return v.Snapshot.Clock.Running }

// finishCall completes the registration after the call (p35-5).
func (s *site) finishCall(w http.ResponseWriter, r *http.Request) {
	step, _, ok := s.submission(w, r)
	if !ok {
		return
	}
	step, err := s.web.Finish(r.Context(), page.WorldOf(r), step.Registration.ID)
	s.land(w, r, step, err, "")
}
