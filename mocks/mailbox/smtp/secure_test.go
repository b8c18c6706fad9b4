package smtp_test

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/netanswer/mocks/mailbox/smtp"
)

// secured starts a listener with a certificate and returns its address.
func secured(t *testing.T, d *desk) string {
	t.Helper()
	web := httptest.NewUnstartedServer(nil) // it has a certificate
	web.StartTLS()
	defer web.Close()
	return serveBy(t, d, func(c *smtp.Config) { c.TLS = &tls.Config{Certificates: web.TLS.Certificates} })
}

// beneath is the dialogue beneath TLS.
func (l line) beneath() line {
	l.Helper()
	l.talk("STARTTLS", turns{{"STARTTLS", "220 "}})
	conn := tls.Client(l.Conn, &tls.Config{InsecureSkipVerify: true}) // the certificate is self-made
	if err := conn.Handshake(); err != nil {
		l.Fatal(err)
	}
	return line{l.T, conn, bufio.NewReader(conn)}
}

func TestBeneathTLSTheStandardsCodesAreSaidAsWell(t *testing.T) {
	address := secured(t, &desk{})
	for name, all := range disorders {
		l := dial(t, address)
		l.talk(name, turns{{"EHLO x", "250"}})
		l.beneath().talk(name+", beneath TLS", all)
	}
}

func TestTLSBeginsAnew(t *testing.T) {
	d := &desk{}
	l := dial(t, secured(t, d))
	if said := l.say("EHLO x"); !strings.Contains(said, "STARTTLS\r\n") {
		t.Errorf("STARTTLS is not in %q", said)
	}
	name := base64.StdEncoding.EncodeToString([]byte("\x00clear\x00x"))
	l.talk("in the clear", turns{{"STARTTLS now", "501 5.5.4 "}, {"AUTH PLAIN " + name, "235"}, {"MAIL FROM:<a@b>", "250"}})
	l = l.beneath()
	l.talk("EHLO is forgotten", turns{{"MAIL FROM:<a@b>", "503 5.5.1 "}})
	if said := l.say("EHLO x"); strings.Contains(said, "STARTTLS\r\n") || !strings.Contains(said, "AUTH PLAIN") {
		t.Errorf("beneath TLS it says %q", said)
	}
	l.talk("and the mail and who logged in", turns{{"STARTTLS", "503 5.5.1 "}, {"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<c@d>", "250"},
		{"DATA", "354"}, {"Subject: x\r\n\r\nSTARTTLS\r\n.", "250"}, {"QUIT", "221"}})
	if d.mails["c@d"] != "Subject: x\r\n\r\nSTARTTLS\r\n" || d.spoke[len(d.spoke)-1] != "" {
		t.Errorf("%q for %q", d.mails, d.spoke)
	}
	if said := l.hear(); said != "EOF" {
		t.Errorf("behind the end stands %q", said)
	}
}

// What is said before TLS and behind the command (CVE-2011-0411) is not heard.
func TestWhatIsSaidBehindSTARTTLSIsNotHeard(t *testing.T) {
	d := &desk{}
	l := dial(t, secured(t, d))
	l.talk("a command", turns{{"EHLO x", "250"}, {"STARTTLS\r\nEHLO x\r\nMAIL FROM:<evil@b>\r\nRCPT TO:<c@d>", "220 "}})
	conn := tls.Client(l.Conn, &tls.Config{InsecureSkipVerify: true})
	if err := conn.Handshake(); err != nil {
		t.Fatal(err)
	}
	line{t, conn, bufio.NewReader(conn)}.talk("what was sent in the clear", turns{{"NOOP", "250"}, {"EHLO x", "250"}, {"RCPT TO:<c@d>", "503 5.5.1 "}})
	if len(d.spoke) != 0 {
		t.Errorf("%q sent", d.spoke)
	}
}

// The word is a command only where one is expected.
func TestSTARTTLSInAMailIsNoCommand(t *testing.T) {
	d := &desk{}
	l := dial(t, secured(t, d))
	const text = "Subject: x\r\n\r\nSTARTTLS\r\n"
	l.talk("in data, in pieces, as an answer", turns{{"EHLO x", "250"}, {"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<c@d>", "250"},
		{"DATA", "354"}, {text + ".", "250"}, {"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<e@f>", "250"},
		{"BDAT 14\r\nSubject: x\r\n", "250"}, {"BDAT 10 LAST\r\nSTARTTLS", "250"},
		{"AUTH LOGIN", "334"}, {"STARTTLS", "334"}, {"*", "501"},
		{"BDAT 10\r\nSTARTTLS", "503 5.5.1 "}, {"NOOP", "250"}, {"NOOP " + strings.Repeat("a", 4091) + "STARTTLS", "250"}})
	if d.mails["c@d"] != text || d.mails["e@f"] != text {
		t.Errorf("%q", d.mails)
	}
}
