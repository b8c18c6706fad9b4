// Package providerclient hands the SMS and mail of the reference backend over to
// providers by their own protocols: Twilio's REST and SMTP. The providers may be
// the sandbox's own listeners or anybody's test double of them. What it offers
// fits the ports of package world.
//
// It tries once and waits no longer than it is told; what is not accepted in
// that time was not accepted.
package providerclient

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// worldPlace is what stands in an address for the name of the world.
const worldPlace = "{world}"

// A Target is where a provider is and who speaks to it.
type Target struct {
	address  *url.URL
	user     string // with worldPlace in it
	password string
	timeout  time.Duration
}

// target reads an address like scheme://user:password@host:port.
func target(text string, timeout time.Duration, schemes ...string) (Target, error) {
	u, err := url.Parse(strings.ReplaceAll(text, worldPlace, "%7Bworld%7D"))
	if err != nil {
		var wrong *url.Error
		if errors.As(err, &wrong) {
			err = wrong.Err // without the address, which may hold a password
		}
		return Target{}, fmt.Errorf("address of a provider: %w", err)
	}
	known := false
	for _, s := range schemes {
		known = known || u.Scheme == s
	}
	if !known || u.Host == "" {
		return Target{}, fmt.Errorf(
			"address of a provider: %q, want %s://user:password@host:port",
			u.Redacted(),
			strings.Join(schemes, " or "),
		)
	}
	password, _ := u.User.Password()
	return Target{address: u, user: u.User.Username(), password: password, timeout: timeout}, nil
}

// speaker is the user name of a world.
func (t Target) speaker(world string) string { return strings.ReplaceAll(t.user, worldPlace, world) }
