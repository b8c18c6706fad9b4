package server

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// readToken reads the control token from its file, if there is one. What was given
// and is blank is a mistake, like a secret that was not filled in.
func (c *Config) readToken(placed map[string]bool) error {
	switch {
	case placed["control-token"] && placed["control-token-file"]:
		return errors.New("control-token, control-token-file: give one of them")
	case placed["control-token"] && strings.TrimSpace(c.Token) == "":
		return errors.New("control-token: blank; leave it out for none")
	case !placed["control-token-file"]:
		return nil
	}
	text, err := os.ReadFile(c.TokenFile)
	if err != nil {
		return fmt.Errorf("control-token-file: %w", err)
	}
	if c.Token = strings.TrimSpace(string(text)); c.Token == "" {
		return fmt.Errorf("control-token-file: %s is blank", c.TokenFile)
	}
	return nil
}

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
