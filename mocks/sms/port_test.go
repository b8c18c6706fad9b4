package sms_test

import (
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/sms"
)

func TestAMessageToAPortIsNoTextForAPerson(t *testing.T) {
	for name, tt := range map[string]struct {
		draft    sms.Draft
		body     string
		code     bool
		segments int
	}{
		"to the person":     {sms.Draft{Body: "認証コード 482913"}, "認証コード 482913", true, 1},
		"text to a port":    {sms.Draft{Body: "認証コード 482913", Port: "5000"}, "[port 5000] 認証コード 482913", false, 1},
		"bytes to a port":   {sms.Draft{Body: "\x01\x06ÿ482913", Binary: true, Port: "2948"}, "[port 2948, 9 bytes] 0106ff343832393133", false, 1},
		"140 bytes to one":  {sms.Draft{Body: strings.Repeat("a", 140), Binary: true, Port: "0"}, "[port 0, 140 bytes] " + strings.Repeat("61", 140), false, 1},
		"bytes to a person": {sms.Draft{Body: "認証コード", Binary: true}, "認証コード", false, 1},
	} {
		var box sms.Box
		tt.draft.To = "09000001001"
		m, err := box.Take(tt.draft, time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), 10)
		if err != nil || m.Body != tt.body || (m.Carried() != nil) != tt.code || m.Segments != tt.segments {
			t.Errorf("%s: %v %q, passcode %v, %d segments", name, err, m.Body, m.Carried(), m.Segments)
		}
	}
}
