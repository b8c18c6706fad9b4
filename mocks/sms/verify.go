package sms

import (
	"crypto/subtle"
	"errors"
	"strconv"
	"time"
)

// A Verification is a passcode that the gateway itself makes up, sends and checks,
// on behalf of a service: of which it has one a number at a time.
type Verification struct {
	ID        string    `json:"id"`
	Service   string    `json:"service"`
	Account   string    `json:"account"`
	To        string    `json:"to"` // in national form
	Code      string    `json:"code"`
	Sent      int       `json:"sent"`    // how often
	Checked   int       `json:"checked"` // how often, in vain
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
	Until     time.Time `json:"until"` // when it expires
}

// A VerificationPolicy is how a gateway verifies.
type VerificationPolicy struct {
	Lifetime      time.Duration
	Sends, Checks int // how often one may be sent, and be checked in vain
}

// The refusals of a verification.
var (
	ErrNoVerification = errors.New("there is no verification under way")
	ErrManySends      = errors.New("the verification was sent as often as it may")
	ErrManyChecks     = errors.New("the verification was checked as often as it may")
)

// Verify begins the verification of a number for a service, or sends the one that
// is under way once more, with the same code. v has Service, Account, To and the
// Code of a new one.
func (b *Box) Verify(v Verification, p VerificationPolicy, now time.Time) (Verification, error) {
	if v.To = National(v.To); v.To == "" {
		return v, ErrRecipient
	}
	if before, ok := b.verification(v.Service, v.To, now); ok {
		if before.Sent >= p.Sends {
			return before, ErrManySends
		}
		v = before
	} else {
		b.Serial++
		v.ID, v.CreatedAt, v.Until = "sms-"+strconv.Itoa(b.Serial), now, now.Add(p.Lifetime)
	}
	v.Sent++
	v.UpdatedAt = now
	b.Verifications.Put(v.key(), v)
	return v, nil
}

// CheckVerification tells whether a code is that of the verification under way. One
// that is right ends it.
func (b *Box) CheckVerification(service, to, code string, p VerificationPolicy, now time.Time) (Verification, bool, error) {
	v, ok := b.verification(service, National(to), now)
	if !ok {
		return v, false, ErrNoVerification
	}
	if v.Checked >= p.Checks {
		return v, false, ErrManyChecks
	}
	v.UpdatedAt = now
	if subtle.ConstantTimeCompare([]byte(v.Code), []byte(code)) == 1 {
		b.Verifications.Delete(v.key())
		return v, true, nil
	}
	v.Checked++
	b.Verifications.Put(v.key(), v)
	return v, false, nil
}

// EndVerification ends a verification: it was approved elsewhere, or is not wanted.
func (b *Box) EndVerification(id string, now time.Time) (Verification, error) {
	v, ok := b.FindVerification(id, now)
	if !ok {
		return v, ErrNoVerification
	}
	b.Verifications.Delete(v.key())
	v.UpdatedAt = now
	return v, nil
}

// FindVerification returns a verification that is under way.
func (b Box) FindVerification(id string, now time.Time) (Verification, bool) {
	for _, v := range b.Verifications.All() {
		if v.ID == id && now.Before(v.Until) {
			return v, true
		}
	}
	return Verification{}, false
}

func (b Box) verification(service, to string, now time.Time) (Verification, bool) {
	v, ok := b.Verifications.Get(Verification{Service: service, To: to}.key())
	return v, ok && now.Before(v.Until)
}

func (v Verification) key() string { return v.Service + "/" + v.To }
