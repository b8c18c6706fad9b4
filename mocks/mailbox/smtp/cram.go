package smtp

import (
	"crypto/rand"
	"errors"
	"strings"
)

// cramMD5 is the mechanism of RFC 2195.
const cramMD5 = "CRAM-MD5"

// cram is the server's side of it. As any password is taken, any digest is that
// has the form of one.
type cram struct{ enter func(user string) error }

// Next implements sasl.Server.
func (c cram) Next(response []byte) (challenge []byte, done bool, err error) {
	if response == nil {
		return []byte("<" + strings.ToLower(rand.Text()) + "@" + domain + ">"), false, nil
	}
	text := string(response)
	at := strings.LastIndexByte(text, ' ')
	if at < 1 || len(text)-at-1 != 32 || strings.Trim(text[at+1:], "0123456789abcdefABCDEF") != "" {
		return nil, false, errors.New("no user and digest")
	}
	return nil, true, c.enter(text[:at])
}
