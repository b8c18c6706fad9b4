package web

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
)

// confirmView is what was entered, to be checked (p33).
type confirmView struct {
	frame
	Token       string
	Application registration.Application
}

// Number is the card number behind the policy's mask (p33-1).
func (v confirmView) Number() string {
	return registration.MaskNumber(v.Snapshot.Policy.CardMask, v.Application.CardNumber)
}

// Password is as many stars as the policy says, whatever the password (p33-1).
func (v confirmView) Password() string { return v.Snapshot.Policy.PasswordMask }

// Warnings are what the member should know of what they entered (p29-3).
func (v confirmView) Warnings() []string {
	var sentences []string
	for _, w := range v.Application.Warnings() {
		sentences = append(sentences, v.Say(w.Text))
	}
	return sentences
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
