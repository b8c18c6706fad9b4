// Package passcode reads a one-time passcode out of what a person received, as
// the person would. Providers are told nothing of passcodes, so what is known of
// one is what the message says.
package passcode

import (
	"regexp"
	"strconv"
	"time"
)

// A Passcode is what a message tells of a one-time passcode.
type Passcode struct {
	Code       string    `json:"code"`
	IssuedAt   time.Time `json:"issued_at" doc:"when the message was accepted"`
	ExpiresAt  time.Time `json:"expires_at" doc:"as the message words it: a clock time in whole minutes, or minutes from its acceptance; zero where it words none"`
	Superseded bool      `json:"superseded" doc:"a later message to the same recipient carries another passcode"`
}

var (
	subject  = regexp.MustCompile(`(?i)パスコード|認証コード|passcode|verification code`)
	code     = regexp.MustCompile(`(?:^|[^0-9])([0-9]{4,10})(?:[^0-9]|$)`)
	clock    = regexp.MustCompile(`有効期限[:：]\s*([0-9]{1,2})/([0-9]{1,2}) ([0-9]{1,2}):([0-9]{2})`)
	lifetime = regexp.MustCompile(`有効期限は\s*([0-9]{1,4})\s*分間`)
)

// Find reads the passcode of a text accepted at now: the first group of four to
// ten digits in a text that speaks of one. nil where there is none.
func Find(text string, now time.Time) *Passcode {
	if !subject.MatchString(text) {
		return nil
	}
	found := code.FindStringSubmatch(text)
	if found == nil {
		return nil
	}
	p := &Passcode{Code: found[1], IssuedAt: now}
	if e := clock.FindStringSubmatch(text); e != nil {
		p.ExpiresAt = nearest(number(e[1]), number(e[2]), number(e[3]), number(e[4]), now)
	} else if l := lifetime.FindStringSubmatch(text); l != nil {
		p.ExpiresAt = now.Add(time.Duration(number(l[1])) * time.Minute)
	}
	return p
}

// nearest is the moment of that month, day, hour and minute nearest to now; what
// is sent on New Year's Eve may expire in the new year.
func nearest(month, day, hour, minute int, now time.Time) time.Time {
	best := time.Date(now.Year(), time.Month(month), day, hour, minute, 0, 0, now.Location())
	for _, year := range []int{now.Year() - 1, now.Year() + 1} {
		t := time.Date(year, time.Month(month), day, hour, minute, 0, 0, now.Location())
		if t.Sub(now).Abs() < best.Sub(now).Abs() {
			best = t
		}
	}
	return best
}

// number reads digits that a pattern has found.
func number(digits string) int {
	n, _ := strconv.Atoi(digits) // four digits at the most
	return n
}
