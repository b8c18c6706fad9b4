package smtp_test

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/mailbox/smtp"
)

// desk is a server that keeps what it is given.
type desk struct {
	mu      sync.Mutex
	users   []string
	spoke   []string          // who sent to a recipient
	mails   map[string]string // by recipient
	refused []string
	errs    map[string]error // of a recipient, by the word that it begins with
}

func (d *desk) Enter(user string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.users = append(d.users, user)
	if user == "nobody" {
		return errors.New("nobody may come in")
	}
	return nil
}

func (d *desk) Admit(user, to, _ string) (fault.Fault, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.spoke = append(d.spoke, user)
	word, _, _ := strings.Cut(to, "@")
	return fault.Fault{}, d.errs[word]
}

func (d *desk) Deliver(_ string, to []smtp.Recipient, raw []byte) []error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range to {
		d.mails[r.Address] = string(raw)
	}
	return make([]error, len(to))
}

func (d *desk) Refused(_, to string, code int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refused = append(d.refused, fmt.Sprint(to, " ", code))
}

const most = 2000 // bytes of a mail here

// serve starts a listener and returns its address.
func serve(t *testing.T, d *desk) string {
	t.Helper()
	return serveBy(t, d, func(*smtp.Config) {})
}

// serveBy starts one that is configured further.
func serveBy(t *testing.T, d *desk, further func(*smtp.Config)) string {
	t.Helper()
	d.mails = map[string]string{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	config := smtp.Config{Server: d, Idle: time.Minute, Hold: time.Millisecond, Mail: most, Recipients: 3, Machine: clock.Machine,
		Log: slog.New(slog.DiscardHandler)}
	further(&config)
	s := smtp.New(config)
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), <-done); err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// A line is a dialogue by hand.
type line struct {
	*testing.T
	net.Conn
	in *bufio.Reader
}

func dial(t *testing.T, address string) line {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // it may be closed already
	l := line{t, conn, bufio.NewReader(conn)}
	l.hear()
	return l
}

// hear is an answer of one line or more.
func (l line) hear() (all string) {
	l.Helper()
	for {
		said, err := l.in.ReadString('\n')
		if all += said; err != nil {
			return all + err.Error()
		}
		if len(said) > 3 && said[3] != '-' {
			return all
		}
	}
}

func (l line) say(text string) string {
	l.Helper()
	if _, err := fmt.Fprint(l.Conn, text+"\r\n"); err != nil {
		l.Fatal(err)
	}
	return l.hear()
}

// turns are what is said, and how the answers to it begin.
type turns [][2]string

func (l line) talk(name string, all turns) {
	l.Helper()
	for _, turn := range all {
		if got := l.say(turn[0]); !strings.HasPrefix(got, turn[1]) {
			l.Errorf("%s: %.60q to %.60q, want %q", name, got, turn[0], turn[1])
			return
		}
	}
}

func TestWhatItCanDoIsSaid(t *testing.T) {
	l := dial(t, serve(t, &desk{}))
	said := l.say("EHLO x")
	for _, want := range []string{"SIZE 2000", "DSN",
		"8BITMIME", "SMTPUTF8", "PIPELINING", "CHUNKING", "AUTH PLAIN LOGIN CRAM-MD5", "LIMITS RCPTMAX=3"} {
		if !strings.Contains(said, want+"\r\n") {
			t.Errorf("%s is not in %q", want, said)
		}
	}
	if strings.Contains(said, "STARTTLS") {
		t.Error("it says STARTTLS without a certificate")
	}
}

func TestAMailIsNoLongerThanItMayBe(t *testing.T) {
	d := &desk{}
	address := serve(t, d)
	body := func(n int) string {
		return strings.Repeat("a", 98) + "\r\n" + strings.Repeat(strings.Repeat("b", 98)+"\r\n", n/100-2) + strings.Repeat("c", 98+n%100)
	}
	from, to := [2]string{"MAIL FROM:<a@b>", "250"}, [2]string{"RCPT TO:<c@d>", "250"}
	mail := turns{{"EHLO x", "250"}, from, to}
	data := append(mail[:3:3], [2]string{"DATA", "354"})
	for name, all := range map[string]turns{
		"a size that can be":              {{"EHLO x", "250"}, {"MAIL FROM:<> SIZE=2000", "250"}, to},
		"a size too many":                 {{"EHLO x", "250"}, {"MAIL FROM:<> SIZE=2001", "552 5.3.4"}, from},
		"the next":                        {{"EHLO x", "250"}, {"MAIL FROM:<a@b> SIZE=2002", "552 5.3.4"}, from},
		"more than four gigabytes":        {{"EHLO x", "250"}, {"MAIL FROM:<a@b> size=18446744073709551616 BODY=8BITMIME", "552 5.3.4"}, from},
		"none":                            {{"EHLO x", "250"}, {"MAIL FROM:<> SIZE=0", "250"}},
		"a size that is none":             {{"EHLO x", "250"}, {"MAIL FROM:<a@b> SIZE=x", "501"}, {"MAIL FROM:<a@b> SIZE=123456789012345678901", "501"}},
		"as long as it may be":            append(data[:4:4], [2]string{body(2000) + "\r\n.", "250 "}),
		"with dots that are not counted":  append(data[:4:4], [2]string{".." + body(2000)[1:] + "\r\n.", "250 "}),
		"longer by one, and another":      append(data[:4:4], [2]string{body(2001) + "\r\n.", "552 5.3.4"}, from),
		"longer by two":                   append(data[:4:4], [2]string{body(2002) + "\r\n.", "552 5.3.4"}, from),
		"far longer":                      append(data[:4:4], [2]string{body(9000) + "\r\n.", "552 5.3.4"}, from),
		"in pieces":                       append(mail[:3:3], [2]string{"BDAT 5 LAST\r\nx:y", "250"}),
		"in a piece as long as it may be": append(mail[:3:3], [2]string{"BDAT 2000 LAST\r\n" + body(2000), "250 "}),
		"in a piece longer by one":        append(mail[:3:3], [2]string{"BDAT 2001 LAST\r\n" + body(2001), "552 5.3.4"}, from),
		"in a piece longer by two":        append(mail[:3:3], [2]string{"BDAT 2002 LAST\r\n" + body(2002), "552 5.3.4"}, from),
		"in two as long as it may be": append(mail[:3:3], [2]string{"BDAT 1000\r\n" + body(1000), "250 "},
			[2]string{"BDAT 1000 LAST\r\n" + body(1000), "250 "}),
		"in two longer by one": append(mail[:3:3], [2]string{"BDAT 1000\r\n" + body(1000), "250 "},
			[2]string{"BDAT 1001 LAST\r\n" + body(1001), "552 5.3.4"}, from),
		"in two longer by one, the end empty": append(mail[:3:3], [2]string{"BDAT 2001\r\n" + body(2001), ""},
			[2]string{"BDAT 0 LAST", "5"}, from),
	} {
		l := dial(t, address)
		l.talk(name, all)
		l.talk(name+", the end", turns{{"NOOP", "250"}})
		if got := d.mails["c@d"]; len(got) > most {
			t.Errorf("%s: %d bytes were taken over", name, len(got))
		}
	}
}

func TestALineMayHave65536Bytes(t *testing.T) {
	address := serve(t, &desk{})
	dial(t, address).talk("a command of 70,000 bytes", turns{{"NOOP " + strings.Repeat("a", 70_000), "500"}})
	dial(t, address).talk("a command of 60,000", turns{{"EHLO x", "250"}, {"NOOP " + strings.Repeat("a", 60_000), "250"}})
}

func TestWhoLogsInIsTheUser(t *testing.T) {
	d := &desk{}
	address := serve(t, d)
	code := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	digest := strings.Repeat("0", 32)
	dial(t, address).talk("who sends", turns{{"EHLO x", "250"}, {"AUTH PLAIN " + code("\x00sender\x00x"), "235"}, {"MAIL FROM:<a@b>", "250"},
		{"RCPT TO:<c@d>", "250"}, {"RSET", "250"}, {"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<c@d>", "250"}})
	dial(t, address).talk("nobody who sends", turns{{"EHLO x", "250"}, {"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<c@d>", "250"}})
	if diff := cmp.Diff([]string{"sender", "sender", ""}, d.spoke); diff != "" {
		t.Errorf("who sent (-want +got):\n%s", diff)
	}
	for name, all := range map[string]turns{
		"PLAIN at once":            {{"AUTH PLAIN " + code("\x00plain\x00x"), "235"}},
		"PLAIN asked for":          {{"AUTH PLAIN", "334"}, {code("\x00asked\x00x"), "235"}},
		"LOGIN":                    {{"AUTH LOGIN", "334 " + code("Username:")}, {code("login"), "334 " + code("Password:")}, {code("x"), "235"}},
		"LOGIN with the name":      {{"AUTH LOGIN " + code("named"), "334 " + code("Password:")}, {code("x"), "235"}},
		"CRAM-MD5":                 {{"AUTH CRAM-MD5", "334"}, {code("cram " + digest), "235"}},
		"one who cannot be":        {{"AUTH PLAIN " + code("\x00nobody\x00x"), "535 5.7.8"}, {"MAIL FROM:<a@b>", "250"}},
		"PLAIN that is none":       {{"AUTH PLAIN =", "535 5.7.8"}, {"AUTH PLAIN " + code("x"), "535 5.7.8"}},
		"CRAM-MD5 that is none":    {{"AUTH CRAM-MD5", "334"}, {code("cramped 0"), "535 5.7.8"}},
		"a mechanism that is none": {{"AUTH XOAUTH2 eA==", "504"}},
		"given up":                 {{"AUTH LOGIN", "334"}, {"*", "501"}, {"MAIL FROM:<a@b>", "250"}},
		"twice":                    {{"AUTH PLAIN " + code("\x00twice\x00x"), "235"}, {"AUTH PLAIN " + code("\x00again\x00x"), "503"}},
	} {
		dial(t, address).talk(name, append(turns{{"EHLO x", "250"}}, all...))
	}
	for _, user := range []string{"plain", "asked", "login", "named", "cram", "twice", "nobody"} {
		if n := strings.Count(" "+strings.Join(d.users, " ")+" ", " "+user+" "); n != 1 {
			t.Errorf("%s came in %d times: %q", user, n, d.users)
		}
	}
	if strings.Contains(strings.Join(d.users, " "), "again") {
		t.Error("a second log-in counts")
	}
}

func TestEachRecipientIsRefusedByItself(t *testing.T) {
	d := &desk{errs: map[string]error{"shut": mailbox.ErrRefused, "none": mailbox.ErrRecipient, "full": mailbox.ErrFull, "disk": mailbox.ErrStorage,
		"busy": fault.Fault{Kind: fault.Refuse}.Fails(), "what": errors.New("what")}}
	l := dial(t, serve(t, d))
	l.talk("a mail", turns{{"EHLO x", "250"}, {"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<shut@d>", "550 5.7.1"}, {"RCPT TO:<none@d>", "550 5.1.1"},
		{"RCPT TO:<full@d>", "452 4.2.2"}, {"RCPT TO:<disk@d>", "452 4.3.1"}, {"RCPT TO:<busy@d>", "451 4.3.0"}, {"RCPT TO:<what@d>", "451 4.3.0"},
		{"RCPT TO:<one@d>", "250"}, {"RCPT TO:<two@d>", "250"}, {"RCPT TO:<three@d>", "250"}, {"RCPT TO:<four@d>", "452 4.5.3"},
		{"DATA", "354"}, {"Subject: x\r\n\r\ny\r\n.", "250"}})
	d.mu.Lock()
	defer d.mu.Unlock()
	want := map[string]string{"one@d": "Subject: x\r\n\r\ny\r\n", "two@d": "Subject: x\r\n\r\ny\r\n", "three@d": "Subject: x\r\n\r\ny\r\n"}
	if diff := cmp.Diff(want, d.mails); diff != "" {
		t.Errorf("mails (-want +got):\n%s", diff)
	}
	// What was planned stands in the timeline as a fault.
	if diff := cmp.Diff([]string{"shut@d 550", "none@d 550", "full@d 452", "disk@d 452", "what@d 451"}, d.refused); diff != "" {
		t.Errorf("refusals (-want +got):\n%s", diff)
	}
}

func TestWhoAsksIsToldOfTheDelivery(t *testing.T) {
	for name, tt := range map[string]struct{ mail, rcpt, has, hasNot string }{
		"of success":             {"MAIL FROM:<a@b> RET=HDRS ENVID=e1", "RCPT TO:<c@d> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;o@d", "Original-Envelope-Id: e1", "secret"},
		"of success, in full":    {"MAIL FROM:<a@b> RET=FULL", "RCPT TO:<c@d> NOTIFY=SUCCESS", "secret", "Original-Envelope-Id"},
		"of failure, which none": {"MAIL FROM:<a@b>", "RCPT TO:<c@d> NOTIFY=FAILURE", "", "Action"},
		"never":                  {"MAIL FROM:<a@b>", "RCPT TO:<c@d> NOTIFY=NEVER", "", "Action"},
		"nobody":                 {"MAIL FROM:<>", "RCPT TO:<c@d> NOTIFY=SUCCESS", "", "Action"},
	} {
		d := &desk{}
		l := dial(t, serve(t, d))
		l.talk(name, turns{{"EHLO x", "250"}, {tt.mail, "250"}, {tt.rcpt, "250"}, {"DATA", "354"}, {"Subject: x\r\n\r\nsecret\r\n.", "250"}})
		d.mu.Lock()
		told, any := d.mails["a@b"]
		d.mu.Unlock()
		if any != (tt.has != "") || !strings.Contains(told, tt.has) || any && strings.Contains(told, tt.hasNot) {
			t.Errorf("%s: %q", name, told)
		}
	}
}

// disorders are dialogues with what is out of order or unknown.
var disorders = map[string]turns{
	"a parameter of MAIL that is none":   {{"EHLO x", "250"}, {"MAIL FROM:<a@b> X=1", "555 5.5.4 "}, {"MAIL FROM:<a@b>", "250"}},
	"words behind an address":            {{"EHLO x", "250"}, {"MAIL FROM: a@b c@d", "555 5.5.4 "}},
	"a parameter of RCPT that is none":   {{"EHLO x", "250"}, {"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<c@d> X=1", "555 5.5.4 "}},
	"RCPT before MAIL":                   {{"EHLO x", "250"}, {"RCPT TO:<c@d>", "503 5.5.1 "}},
	"DATA before RCPT":                   {{"EHLO x", "250"}, {"MAIL FROM:<a@b>", "250"}, {"DATA", "503 5.5.1 "}},
	"MAIL before EHLO":                   {{"MAIL FROM:<a@b>", "503 5.5.1 "}},
	"AUTH before EHLO":                   {{"AUTH PLAIN AGEAYg==", "503 5.5.1 "}},
	"AUTH by nothing":                    {{"EHLO x", "250"}, {"AUTH", "501 5.5.4 "}},
	"DATA, MAIL and RCPT between pieces": {{"EHLO x", "250"}, {"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<c@d>", "250"}, {"BDAT 5\r\nx:y", "250"}, {"DATA", "503 5.5.1 "}, {"MAIL FROM:<a@b>", "503 5.5.1 "}, {"RCPT TO:<c@d>", "503 5.5.1 "}},
	"a sender that AUTH cannot name":     {{"EHLO x", "250"}, {"MAIL FROM:<a@b> AUTH=+ZZ", "501 5.5.4 "}, {"MAIL FROM:<a@b> AUTH=x+20y", "501 5.5.4 "}},
	"a log-in that is no base64":         {{"EHLO x", "250"}, {"AUTH PLAIN ?", "501 5.5.2 "}, {"AUTH LOGIN", "334"}, {"?", "501 5.5.2 "}},
	"a command that is none":             {{"EHLO x", "250"}, {"XYZZ", "50"}},
}

func TestWhatIsOutOfOrderOrUnknownHasTheStandardsCode(t *testing.T) {
	address := serve(t, &desk{})
	for name, all := range disorders {
		dial(t, address).talk(name, all)
	}
}
