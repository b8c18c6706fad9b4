package smtp_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/mailbox/smtp"
)

// A command has -provider-idle to arrive, however it drips in: a long line, of which the
// library has a piece already, as well.
func TestACommandThatDripsInEndsTheConnection(t *testing.T) {
	t.Parallel()
	for _, begins := range []string{"", strings.Repeat("x", 5000)} {
		l := dial(t, serveBy(t, &desk{}, func(c *smtp.Config) { c.Idle = 300 * time.Millisecond }))
		ended := make(chan struct{})
		go func() { // until the server has closed the connection
			defer close(ended)
			drip := time.NewTicker(50 * time.Millisecond)
			defer drip.Stop()
			for rest := begins + "N"; ; rest = "N" {
				if _, err := l.Write([]byte(rest)); err != nil {
					return
				}
				<-drip.C
			}
		}()
		if got := l.hear(); !strings.HasPrefix(got, "421 4.4.2") {
			t.Errorf("after %d bytes: %q", len(begins), got)
		}
		if got := l.hear(); strings.HasPrefix(got, "5") || strings.HasPrefix(got, "4") {
			t.Errorf("after %d bytes it goes on: %q", len(begins), got)
		}
		<-ended
	}
}

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
