package sip

import "testing"

func TestAnINFOTellsAKeyByItsSignOrItsEvent(t *testing.T) {
	for name, tt := range map[string]struct{ media, body, key string }{
		"a digit":                            {"application/dtmf-relay", "Signal=9\r\nDuration=300\r\n", "9"},
		"no end of the last line":            {"application/dtmf-relay", "Signal=9\r\nDuration=300", "9"},
		"lines of LF alone":                  {"application/dtmf-relay", "Signal=1\nDuration=160", "1"},
		"blanks around":                      {"application/dtmf-relay", "Signal= 5\r\nDuration= 160\r\n", "5"},
		"a letter in small":                  {"application/dtmf-relay", "Signal=a\r\n", "A"},
		"the star by its event":              {"application/dtmf-relay", "Signal=10\r\nDuration=160\r\n", "*"},
		"the number sign by its event":       {"application/dtmf-relay", "Signal=11\r\nDuration=160\r\n", "#"},
		"a letter by its event":              {"application/dtmf-relay", "Signal=15\r\n", "D"},
		"the flash, which is no key":         {"application/dtmf-relay", "Signal=16\r\n", ""},
		"two keys":                           {"application/dtmf-relay", "Signal=99\r\n", ""},
		"a key with a nought before":         {"application/dtmf-relay", "Signal=01\r\n", ""},
		"bare, the number sign by its event": {"application/dtmf", "11", "#"},
		"bare, a digit":                      {"application/dtmf", "5\r\n", "5"},
		"another medium":                     {"text/plain", "5", ""},
	} {
		if key := infoKey(tt.media, []byte(tt.body)); key != tt.key {
			t.Errorf("%s: %q, want %q", name, key, tt.key)
		}
	}
}
