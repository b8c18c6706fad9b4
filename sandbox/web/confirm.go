package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
)

// token is what the forms of a registration's page bear. That of the confirmation tells
// what it shows as well: another tab of the browser may have changed it since (p33-1).
func token(reg registration.Registration) string {
	if reg.State != registration.Confirm {
		return reg.FormToken
	}
	return reg.FormToken + "." + shown(reg)
}

// shown is a digest of what the confirmation shows. Nothing secret is in it.
func shown(reg registration.Registration) string {
	a := reg.Application
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", []any{reg.Holder.MemberID, reg.Holder.Brand, a.ExpiryMonth, a.ExpiryYear,
		a.NetAnswerID, a.EmailPC, a.EmailMobile, fmt.Sprint(a.Newsletter)}))
	return hex.EncodeToString(sum[:8])
}

// proceed goes on to the identity check (p33-2).
func (s *site) proceed(w http.ResponseWriter, r *http.Request) {
	step, _, ok := s.submission(w, r)
	if !ok {
		return
	}
	step, err := s.web.Proceed(r.Context(), page.WorldOf(r), step.Registration.ID)
	s.land(w, r, step, err, "")
}

// revise goes back to the form (p33-3).
func (s *site) revise(w http.ResponseWriter, r *http.Request) {
	step, _, ok := s.submission(w, r)
	if !ok {
		return
	}
	step, err := s.web.Revise(r.Context(), page.WorldOf(r), step.Registration.ID)
	s.land(w, r, step, err, "")
}
