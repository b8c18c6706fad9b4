package registration

import (
	"strconv"
	"time"
)

// RequestPasscode asks for the passcode at the destination shown, 「認証」
// (p13-3), or comes back to it from the PIN. code is a fresh passcode; send
// tells whether it is to be sent: not while another one is on its way or there
// (a-16).
func (r Registration) RequestPasscode(p Policy, now time.Time, code string) (next Registration, send bool, err error) {
	r = r.At(p, now)
	if err := r.step(Proceeded); err != nil {
		return r, false, err
	}
	switch {
	case r.State == AwaitPasscode:
		return r, false, nil
	case r.Holder.Barred:
		return r.end(Unavailable, ""), false, nil
	case !Mobile(r.Holder.Phone):
		return r, false, &Error{Kind: Conflict, Code: "sms_unavailable", Text: "error.sms_unavailable"}
	case now.Before(r.Passcode.ExpiresAt): // back from the PIN
		r = r.to(Proceeded).Touch(now)
		r.Method = BySMS
		return r, false, nil
	}
	again := r.Passcode.Code != ""
	if again { // it expired meanwhile: another one is a reissue
		if err := r.mayReissue(p, now); err != nil {
			return r, false, err
		}
		r.Reissues++
		r.Passcode = Passcode{}
	}
	r = r.to(Proceeded)
	r.Method = BySMS
	r = r.issue(p, now, code)
	r.Passcode.Again = again
	return r, true, nil
}

// Back goes back to an earlier step with what was entered there. Being there
// already is no error (a-16). Nothing leads back over the identity check.
func (r Registration) Back(p Policy, now time.Time, to State) (Registration, error) {
	r = r.At(p, now)
	if err := r.Ended(); err != nil {
		return r, err
	}
	for back := r; ; back = back.to(Revised) {
		if back.State == to {
			return back.Touch(now), nil
		}
		if _, ok := Next(back.Channel, back.State, Revised); !ok {
			return r, &Error{Kind: Conflict, Code: "step_not_allowed", Text: "error.step"}
		}
	}
}

// SetEmail takes the mail address and goes on to the password (p15-1).
func (r Registration) SetEmail(p Policy, now time.Time, email string) (Registration, error) {
	r = r.At(p, now)
	if err := r.step(Addressed); err != nil {
		return r, err
	}
	r = r.Touch(now)
	var errs Errors
	if email == "" {
		errs.add(FieldEmail, "required", "error.required")
	}
	checkEmail(&errs, FieldEmail, email)
	if err := errs.Err(); err != nil {
		return r, err
	}
	r.Application.EmailMobile = email
	return r.to(Addressed), nil
}

// SetPassword takes the Net Answer password, of which digest is kept, and goes
// on to the terms (p16).
func (r Registration) SetPassword(p Policy, now time.Time, password, digest string) (Registration, error) {
	r = r.At(p, now)
	if err := r.step(Secured); err != nil {
		return r, err
	}
	r = r.Touch(now)
	var errs Errors
	checkCredential(&errs, FieldPassword, password, p.PasswordMin, p.PasswordMax, p)
	if err := errs.Err(); err != nil {
		return r, err
	}
	r.Application.PasswordDigest = digest
	return r.to(Secured), nil
}

// Agree completes the registration, 「規約に同意して登録」 (p17-2). Without
// agreement it stays where it is (a-17).
func (r Registration) Agree(p Policy, now time.Time, agreed bool) (Registration, error) {
	r = r.At(p, now)
	if r.State == Completed {
		return r, nil // a second tap on the same button (a-16)
	}
	if err := r.step(Agreed); err != nil {
		return r, err
	}
	r = r.Touch(now)
	if !agreed {
		return r, invalid(FieldTerms, "terms_declined", "error.terms_declined")
	}
	return r.to(Agreed), nil
}

// mayReissue tells why no other passcode can be had now, nil if it can (a-07).
func (r Registration) mayReissue(p Policy, now time.Time) error {
	if r.Reissues >= p.PasscodeReissues {
		// Anew it can be begun when this registration has ended by itself.
		return &Error{Kind: TooMany, Code: "reissue_limit", Text: "error.reissue_limit", Retry: r.ExpiresAt(p),
			Args: pairs([]string{"limit", strconv.Itoa(p.PasscodeReissues)})}
	}
	if left := r.Passcode.IssuedAt.Add(p.PasscodeReissueInterval.Of()).Sub(now); left > 0 {
		seconds := int((left + time.Second - 1) / time.Second)
		return &Error{Kind: TooMany, Code: "reissue_interval", Text: "error.reissue_interval", Retry: now.Add(left),
			Args: pairs([]string{"seconds", strconv.Itoa(seconds)})}
	}
	return nil
}
