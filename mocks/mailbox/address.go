package mailbox

import (
	"strings"

	"golang.org/x/net/idna"
)

// Address writes a mail address in the one form for all that name its mailbox:
// lower case, the domain in ASCII (RFC 5891), and + where a form of the web made
// a space of it. What cannot be an address is written in lower case.
func Address(text string) string {
	if settled(text) { // most are
		return text
	}
	at := strings.LastIndexByte(text, '@')
	if at < 0 {
		return strings.ToLower(text)
	}
	local, domain := text[:at], text[at+1:]
	if !strings.HasPrefix(local, `"`) && strings.IndexByte(local, ' ') > 0 {
		local = strings.ReplaceAll(local, " ", "+")
	}
	for i := 0; i < len(domain); i++ {
		if domain[i] >= 0x80 {
			if short, err := idna.Lookup.ToASCII(domain); err == nil {
				domain = short
			}
			break
		}
	}
	return strings.ToLower(local + "@" + domain)
}

// settled tells whether an address is in that form.
func settled(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= 0x80 || c == ' ' || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// same tells whether two addresses name one mailbox.
func same(a, b string) bool {
	return a == b || Address(a) == Address(b)
}
