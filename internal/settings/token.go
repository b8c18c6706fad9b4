package settings

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// The flags of a control token.
const (
	TokenFlag     = "control-token"
	TokenFileFlag = "control-token-file"
)

// ReadToken reads a control token from its file, where a flag or variable names
// one. placed are the flags that were set. What was given and is blank is a
// mistake, like a secret that was not filled in.
func ReadToken(placed map[string]bool, token *string, file string) error {
	switch {
	case placed[TokenFlag] && placed[TokenFileFlag]:
		return errors.New("control-token, control-token-file: give one of them")
	case placed[TokenFlag] && strings.TrimSpace(*token) == "":
		return errors.New("control-token: blank; leave it out for none")
	case !placed[TokenFileFlag]:
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("control-token-file: %w", err)
	}
	if *token = strings.TrimSpace(string(text)); *token == "" {
		return fmt.Errorf("control-token-file: %s is blank", file)
	}
	return nil
}
