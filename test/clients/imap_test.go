package clients_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/test/provision"
	"example.com/netanswer/test/sandboxtest"
)

func TestPythonsImaplib(t *testing.T) {
	t.Parallel()
	c := sandboxtest.Clients(t, func(c provision.Clients) bool { return c.Python != "" })
	s, controls := sandboxtest.Controlled(t)
	if err := controls.Claim(t.Context(), "imaplib", "hanako@example.jp"); err != nil {
		t.Fatal(err)
	}
	argument, err := json.Marshal(
		map[string]any{
			"port": json.Number(sandboxtest.Port(t, s.IMAP)),
			"smtp": json.Number(sandboxtest.Port(t, s.SMTP)),
			"user": "imaplib",
		},
	)
	if err != nil {
		t.Fatal(err)
	}
	said, err := command(t, "", c.Python, filepath.Join("testdata", "imap.py"), string(argument))
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(said), &got); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	numbers := func(n ...float64) []any {
		all := []any{}
		for _, one := range n {
			all = append(all, one)
		}
		return all
	}
	want := map[string]any{
		"stranger": "refused", "list": []any{"INBOX", "hanako@example.jp", "taro@example.jp"}, "exists": 3.0,
		"subject": numbers(1), "body": numbers(3), "text": numbers(1, 2, 3), "nothing": numbers(), "unseen": numbers(1, 2, 3),
		"fetched": []any{"ワンタイムパスコードのお知らせ", "パスコード 123456"}, "seen": numbers(1), "flags": []any{`$Label`, `\Flagged`},
		"uid": 3.0, "uidsearch": numbers(2, 3), "create": "NO", "idle": "* 4 EXISTS", "expunged": numbers(2), "left": 3.0, "mailbox": 1.0, "own": 2.0,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the client saw (-want +got):\n%s", diff)
	}
	if m, err := controls.AwaitMail(t.Context(), "default", "花子@例え.jp", "", 0); err != nil || m.Subject != "題" {
		t.Errorf("an address that is not ASCII: %+v %v", m, err)
	}
	mails, err := controls.Mails(t.Context(), "imaplib", "")
	if err != nil || len(mails) != 3 {
		t.Errorf("%d mails are left in the world, %v", len(mails), err)
	}
}

func TestCurlReadsByIMAP(t *testing.T) {
	t.Parallel()
	c := sandboxtest.Clients(t, func(c provision.Clients) bool { return c.Curl != "" })
	s, controls := sandboxtest.Controlled(t)
	mail := "From: shop@example.com\r\nTo: hanako@example.jp\r\nSubject: =?UTF-8?B?44OG44K544OI?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nパスコード 123456\r\n"
	curl := func(stdin string, args ...string) string {
		t.Helper()
		said, err := command(t, stdin, c.Curl, append([]string{"-sS", "--max-time", "20"}, args...)...)
		if err != nil {
			t.Fatalf("curl %v: %v\n%s", args, err, said)
		}
		return said
	}
	curl(
		mail,
		"smtp://"+s.SMTP,
		"--user",
		"curl:x",
		"--mail-from",
		"shop@example.com",
		"--mail-rcpt",
		"hanako@example.jp",
		"--upload-file",
		"-",
	)
	if m, err := controls.AwaitMail(t.Context(), "curl", "hanako@example.jp", "", 0); err != nil || m.Passcode == nil {
		t.Fatalf("%+v %v", m, err)
	}
	inbox := "imap://" + s.IMAP + "/INBOX"
	if said := curl("", inbox+";MAILINDEX=1", "--user", "curl:x"); said != mail {
		t.Errorf("fetched %q", said)
	}
	if said := curl("", inbox, "--user", "curl:x", "--insecure", "--ssl-reqd", "--request", `SEARCH CHARSET UTF-8 SUBJECT "テスト"`); !strings.Contains(
		said,
		"* SEARCH 1",
	) {
		t.Errorf("found %q", said)
	}
	if said := curl("", "imap://"+s.IMAP, "--user", "curl:x"); !strings.Contains(said, "INBOX") {
		t.Errorf("listed %q", said)
	}
}
