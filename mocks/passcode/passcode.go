// Package passcode reads a one-time passcode out of what a person received, as
// the person would. Providers are told nothing of passcodes, so what is known of
// one is what the message says.
//
// A passcode is four to eight digits that the words around them call one, in any
// order, in full or half width, grouped (482-913, 482 913), with a letter in
// front (G-482913), in brackets, one digit at a time as a voice reads them, or
// the last line that browsers read (https://wicg.github.io/sms-one-time-codes/).
// It is never a date, a time, an amount, a telephone number, the end of a card
// number, an order number or part of an address. Where two could be meant, the
// reading tells both and why.
//
// Not modelled: passcodes with letters or written in words, and words of other
// languages than Japanese and English.
package passcode

import (
	"cmp"
	"regexp"
	"slices"
	"time"
)

// A Passcode is what a message tells of a one-time passcode.
type Passcode struct {
	Code       string      `json:"code"`
	IssuedAt   time.Time   `json:"issued_at" doc:"when the message was accepted"`
	ExpiresAt  time.Time   `json:"expires_at,omitzero" doc:"as the message words it: a clock time in whole minutes, or a time from its acceptance; left out where it words none"`
	Superseded bool        `json:"superseded" doc:"a later message to the same recipient carries another passcode"`
	Candidates []Candidate `json:"candidates,omitempty" doc:"where two or more could be meant: each, the likeliest, which is code, first; else left out"`
}

// A Candidate is a number that could be meant.
type Candidate struct {
	Code   string `json:"code"`
	Reason string `json:"reason" doc:"why it could be meant"`
	score  int
}

// Find reads the passcode of a text accepted at now. nil where there is none.
func Find(text string, now time.Time) *Passcode { return FindIn("", text, now) }

// FindIn is Find for a text that has a subject, which says what it is about and
// may carry the passcode itself.
func FindIn(subject, text string, now time.Time) *Passcode {
	if !mayCarry(subject) && !mayCarry(text) {
		return nil
	}
	r := read(subject, text)
	if len(r.likely) == 0 {
		return nil
	}
	p := &Passcode{Code: r.likely[0].Code, IssuedAt: now, ExpiresAt: r.expiry(now)}
	if len(r.likely) > 1 {
		p.Candidates = r.likely
	}
	return p
}

// FindBy reads the passcode of a text by a caller's own pattern: its group named
// code, else its first group, else all that it matches. The text is looked at as
// it came, and no further than MaxSearched: a pattern can take a microsecond for each
// byte, and nobody can stop it.
func FindBy(pattern *regexp.Regexp, text string, now time.Time) *Passcode {
	found := pattern.FindStringSubmatch(text[:min(len(text), MaxSearched)])
	if found == nil {
		return nil
	}
	at := 0
	if len(found) > 1 {
		at = max(1, pattern.SubexpIndex("code"))
	}
	if found[at] == "" {
		return nil
	}
	return &Passcode{Code: found[at], IssuedAt: now, ExpiresAt: read("", text).expiry(now)}
}

// MaxPattern bounds the length of a caller's pattern, and MaxSearched how many bytes of
// a text it is looked for in.
const (
	MaxPattern  = 500
	MaxSearched = 256 << 10
)

// A Dismissed is a number that is not meant, and why.
type Dismissed struct {
	Number string `json:"number"`
	Reason string `json:"reason"`
}

// Explain tells every number of a text that could be a passcode by its digits:
// those that could be meant, the likeliest first, and those that are not.
func Explain(text string) (could []Candidate, not []Dismissed) {
	r := read("", text)
	return r.likely, r.not
}

// close is how much less likely a number may be to be told as well.
const close = 8

// settle puts the likeliest first, and leaves out what is much less likely and
// what is the same number.
func settle(all []Candidate) []Candidate {
	slices.SortStableFunc(all, func(a, b Candidate) int { return cmp.Compare(b.score, a.score) })
	var likely []Candidate
	for _, c := range all {
		if c.score < all[0].score-close {
			break
		}
		if !slices.ContainsFunc(likely, func(have Candidate) bool { return have.Code == c.Code }) {
			likely = append(likely, c)
		}
	}
	return likely[:min(len(likely), maxCandidates)]
}

const (
	maxCandidates = 5
	maxNumbers    = 200      // of a text that are looked at
	maxText       = 64 << 10 // bytes that are looked at
)
