package smtp_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// RFC 5321, 4.5.1: who runs the server is written to without a domain, in any case.
func TestPostmasterNeedsNoDomain(t *testing.T) {
	d := &desk{}
	l := dial(t, serve(t, d))
	l.talk("a mail", turns{{"EHLO x", "250"}, {"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<postmaster>", "250"},
		{"rcpt to:<PostMaster> NOTIFY=NEVER", "250"}, {"RCPT TO:<hanako>", "501"}, {"RCPT TO:<postmaster@d>", "250"},
		{"DATA", "354"}, {"Subject: x\r\n\r\nRCPT TO:<postmaster>\r\n.", "250"}})
	d.mu.Lock()
	defer d.mu.Unlock()
	if diff := cmp.Diff([]string{"PostMaster@netanswer.invalid", "postmaster@d", "postmaster@netanswer.invalid"}, slices.Sorted(maps.Keys(d.mails))); diff != "" {
		t.Errorf("recipients (-want +got):\n%s", diff)
	}
	if got := d.mails["postmaster@d"]; got != "Subject: x\r\n\r\nRCPT TO:<postmaster>\r\n" {
		t.Errorf("%q", got)
	}
}
