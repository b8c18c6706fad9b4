package server

import (
	"errors"
	"strings"
)

// checkToken tells what is wrong with a control token; "" is none.
func checkToken(token string) error {
	blank := func(c rune) bool { return c <= ' ' || c > '~' } // a header would not carry it
	switch {
	case token == "":
		return nil
	case strings.ContainsFunc(token, blank):
		return errors.New("control-token: letters, digits and signs of ASCII only, without blanks")
	case len(token) < 16:
		return errors.New("control-token: at least 16 characters")
	}
	return nil
}
