package web

import (
	"net/http"
	"slices"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
)

// inputView is the form (p26-p31).
type inputView struct {
	frame
	Token    string
	Entry    entry
	Prefixes []string
	Keys     []string // the digits of the software keyboard in the order of its keys
	Articles []page.Article
	OtherWay bool // the card was refused because it is registered elsewhere
}

// elsewhere tells whether what was refused is a card that is registered elsewhere.
func elsewhere(refused error) bool {
	return slices.ContainsFunc(middleware.Each(refused), func(e *registration.Error) bool { return e.Code == registration.CodeOtherRegistration })
}

// An entry is what stands in the boxes of the form. The security code and the
// password are never shown again, so they are not in it.
type entry struct {
	Number      [4]string // the card number, box by box
	ExpiryMonth string
	ExpiryYear  string
	NetAnswerID string
	EmailPC     string
	EmailMobile string
	Newsletter  bool
	Again       bool // the form was sent before: what is secret must be entered again
	TermsRead   bool // the form was sent before with agreement: no need to read the terms again
}

// numberFields are the boxes of the card number, in order: the first is chosen,
// the others are written; of an AMEX number the last holds three digits (p26).
var numberFields = [4]string{"card_number_first", "card_number_second", "card_number_third", "card_number_fourth"}

// inputFields are all fields of the form.
var inputFields = append(numberFields[:], "expiry_month", "expiry_year", "security_code", "net_answer_id", "password",
	"password_confirmation", "email_pc", "email_mobile", "newsletter", "terms_agreed")

func (s *site) inputView(f frame, token string, e entry) inputView {
	v := inputView{frame: f, Token: token, Entry: e, Keys: s.web.KeyboardDigits(f.Snapshot.Policy), Articles: page.Articles(f.Snapshot.Terms())}
	for _, p := range s.web.Prefixes() {
		v.Prefixes = append(v.Prefixes, p.Digits)
	}
	return v
}

// enteredIn is the form as it is first shown, or after going back to it with
// what was accepted before (p33-3).
func enteredIn(f frame, a registration.Application) entry {
	if a.CardNumber == "" {
		return entry{Newsletter: f.Snapshot.Policy.NewsletterDefault} // p30-3
	}
	return entry{Number: boxes(a.CardNumber), ExpiryMonth: a.ExpiryMonth, ExpiryYear: a.ExpiryYear, NetAnswerID: a.NetAnswerID,
		EmailPC: a.EmailPC, EmailMobile: a.EmailMobile, Newsletter: a.Newsletter, Again: true, TermsRead: true}
}

// boxes takes a card number apart as the form does, left-aligned (p26-3).
func boxes(number string) (b [4]string) {
	for i := range b {
		n := min(4, len(number))
		b[i], number = number[:n], number[n:]
	}
	return b
}

// submit takes the form (p31-2).
func (s *site) submit(w http.ResponseWriter, r *http.Request) {
	step, f, ok := s.submission(w, r, inputFields...)
	if !ok {
		return
	}
	sent, again, err := application(f)
	if err != nil {
		s.Trouble(w, r, err)
		return
	}
	step, err = s.web.Submit(r.Context(), page.WorldOf(r), step.Registration.ID, sent)
	if err == nil && step.Refused != nil && takesForm(step.Registration.State) {
		f := s.newFrame(step.Snapshot, string(registration.Input))
		status := f.Tell(step.Refused)
		v := s.inputView(f, step.Registration.FormToken, again)
		v.OtherWay = elsewhere(step.Refused)
		s.Write(w, status, "input", v)
		return
	}
	s.land(w, r, step, err, "")
}

// takesForm tells whether a refused form is shown again: from the confirmation,
// the browser's back button leads to a form that may be sent once more.
func takesForm(state registration.State) bool {
	return state == registration.Input || state == registration.Confirm
}

// application is the form as the rules read it, and as it is shown again.
func application(f page.Form) (sent registration.Form, again entry, err error) {
	newsletter, err := f.Yes("newsletter")
	if err != nil {
		return sent, again, err
	}
	agreed, err := f.Yes("terms_agreed")
	if err != nil {
		return sent, again, err
	}
	again = entry{ExpiryMonth: page.Shown(f["expiry_month"]), ExpiryYear: page.Shown(f["expiry_year"]), NetAnswerID: page.Shown(f["net_answer_id"]),
		EmailPC: page.Shown(f["email_pc"]), EmailMobile: page.Shown(f["email_mobile"]), Newsletter: newsletter, Again: true, TermsRead: agreed}
	number := ""
	for i, name := range numberFields {
		number += f[name]
		again.Number[i] = page.Shown(f[name])
	}
	return registration.Form{
		CardNumber: number, ExpiryMonth: f["expiry_month"], ExpiryYear: f["expiry_year"], SecurityCode: f["security_code"],
		NetAnswerID: f["net_answer_id"], Password: f["password"], PasswordConfirmation: f["password_confirmation"],
		EmailPC: f["email_pc"], EmailMobile: f["email_mobile"], Newsletter: newsletter, TermsAgreed: agreed,
	}, again, nil
}
