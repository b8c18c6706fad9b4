package clients_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/test/sandboxtest"
)

// TestMbsyncCopiesAMailbox copies both ways: what is here, and what is put there.
func TestMbsyncCopiesAMailbox(t *testing.T) {
	t.Parallel()
	mbsync := sandboxtest.Installed(t, "mbsync")
	s, controls := sandboxtest.Controlled(t)
	said, err := swaks(
		t,
		s,
		"--auth",
		"PLAIN",
		"--auth-user",
		"isync",
		"--auth-password",
		"x",
		"--to",
		"hanako@example.jp",
		"--header",
		"Subject: one",
		"--body",
		"hello",
	)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	dir := t.TempDir()
	config := fmt.Sprintf(
		"IMAPStore far\nHost 127.0.0.1\nPort %s\nUser isync\nPass any\nSSLType None\nAuthMechs LOGIN\n\nMaildirStore near\nPath %s/\nInbox %s/INBOX\nSubFolders Verbatim\n\n"+
			"Channel all\nFar :far:hanako@example.jp\nNear :near:hanako\nCreate Near\nExpunge Both\nSyncState *\n",
		sandboxtest.Port(t, s.IMAP),
		dir,
		dir,
	)
	rc := filepath.Join(dir, "mbsyncrc")
	if err := os.WriteFile(rc, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := command(t, "", mbsync, "-c", rc, "all"); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	copied, err := filepath.Glob(filepath.Join(dir, "hanako", "*", "*"))
	if err != nil || len(copied) == 0 {
		t.Fatalf("nothing was copied: %q %v", copied, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "hanako", "cur", "1.put.here:2,S"), []byte("Subject: two\nTo: hanako@example.jp\n\nput by a program\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := command(t, "", mbsync, "-c", rc, "all"); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	mails, err := controls.Mails(t.Context(), "isync", "hanako@example.jp")
	if err != nil || len(mails) != 2 || mails[1].Subject != "two" {
		t.Errorf("%+v %v", mails, err)
	}
}

// free is a port that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return sandboxtest.Port(t, l.Addr().String())
}

// TestKannelSends sends by Kannel: at once, in parts, flashing, later, and asks it
// for the reports of delivery.
func TestKannelSends(t *testing.T) {
	t.Parallel()
	bearerbox, smsbox := sandboxtest.Installed(t, "bearerbox"), sandboxtest.Installed(t, "smsbox")
	s, controls := sandboxtest.Controlled(t)
	dir, admin, box, send := t.TempDir(), free(t), free(t), free(t)
	reports := make(chan string, 10)
	desk := &http.Server{
		ReadHeaderTimeout: time.Second,
		Handler:           http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { reports <- r.URL.Query().Get("type") }),
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = desk.Serve(l) }() // ends with Close
	t.Cleanup(func() { _ = desk.Close() })
	config := fmt.Sprintf(
		"group = core\nadmin-port = %s\nadmin-password = x\nsmsbox-port = %s\nbox-allow-ip = 127.0.0.1\nlog-level = 1\n\n"+
			"group = smsc\nsmsc = smpp\nsmsc-id = here\nhost = 127.0.0.1\nport = %s\ntransceiver-mode = true\nsmsc-username = kannel\nsmsc-password = any\nsystem-type = x\ninterface-version = 34\nmsg-id-type = 0x00\n\n"+
			"group = smsbox\nbearerbox-host = 127.0.0.1\nsendsms-port = %s\nglobal-sender = 12345\n\n"+
			"group = sendsms-user\nusername = me\npassword = me\nmax-messages = 10\nconcatenation = true\n\n"+
			"group = sms-service\nkeyword = default\ntext = none\nmax-messages = 0\n",
		admin,
		box,
		sandboxtest.Port(t, s.SMPP),
		send,
	)
	path := filepath.Join(dir, "kannel.conf")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, program := range []string{bearerbox, smsbox} {
		if program == smsbox { // it ends where it finds nobody
			eventually(t, "bearerbox", func() bool {
				c, err := net.Dial("tcp", "127.0.0.1:"+box)
				return err == nil && c.Close() == nil
			})
		}
		ctx, cancel := context.WithCancel(t.Context())
		cmd := exec.CommandContext(ctx, program, path)
		cmd.Dir = dir
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			cancel()
			_ = cmd.Wait() // it was ended
		})
	}
	ask := func(more url.Values) string {
		q := url.Values{
			"username": {"me"},
			"password": {"me"},
			"to":       {"09000001001"},
			"dlr-mask": {"31"},
			"dlr-url":  {"http://" + l.Addr().String() + "/?type=%d"},
		}
		for k, v := range more {
			q[k] = v
		}
		r, err := http.Get("http://127.0.0.1:" + send + "/cgi-bin/sendsms?" + q.Encode())
		if err != nil {
			return err.Error()
		}
		defer r.Body.Close()
		said, _ := io.ReadAll(r.Body) // what cannot be read shows below
		return string(said)
	}
	long := strings.Repeat("認証コードのお知らせ。", 10) + "482913"
	for name, more := range map[string]url.Values{
		"plain": {"text": {"user_1@example.jp"}},
		"long":  {"text": {long}, "coding": {"2"}, "charset": {"UTF-8"}},
		"flash": {"text": {"認証"}, "coding": {"2"}, "charset": {"UTF-8"}, "mclass": {"0"}},
		"later": {"text": {"later"}, "deferred": {"60"}},
		"valid": {"text": {"valid"}, "validity": {"30"}},
	} {
		eventually(t, name, func() bool { return strings.Contains(ask(more), "Accepted") })
	}
	there := func(body string) (client.SMS, bool) {
		found, err := controls.SMS(t.Context(), "kannel", "090-0000-1001")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range found {
			if m.Body == body {
				return m, true
			}
		}
		return client.SMS{}, false
	}
	for _, body := range []string{"user_1@example.jp", long, "認証", "valid"} {
		eventually(t, body, func() bool { _, ok := there(body); return ok })
	}
	if m, _ := there("認証"); m.Class != "0" {
		t.Errorf("a message that is shown at once: %+v", m)
	}
	if _, ok := there("later"); ok {
		t.Error("a message for later is there at once")
	}
	eventually(t, "the message for later, under way", func() bool {
		_, said := sandboxtest.Fetch(t, s.ConsoleURL+"/api/worlds/kannel/sms", "")
		return strings.Contains(said, `"under_way":1`)
	})
	if _, err := controls.Advance(t.Context(), "kannel", 61*time.Minute); err != nil {
		t.Fatal(err)
	}
	eventually(t, "later", func() bool { _, ok := there("later"); return ok })
	eventually(t, "a report of delivery", func() bool {
		select {
		case kind := <-reports:
			return kind == "1"
		default:
			return false
		}
	})
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := clock.Machine().Add(30 * time.Second); clock.Machine().Before(end); {
		if so() {
			return
		}
		if err := clock.Pass(t.Context(), 100*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("%s does not come", what)
}
