package clients_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/provision"
	"example.com/netanswer/test/sandboxtest"
)

// command runs a foreign program and returns all it said.
func command(t *testing.T, stdin, name string, args ...string) (said string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdin = strings.NewReader(stdin)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	return out.String(), err
}

// swaks sends a mail with it and returns what was said on the line.
func swaks(t *testing.T, s *server.Sandbox, args ...string) (said string, err error) {
	t.Helper()
	c := sandboxtest.Clients(t, func(c provision.Clients) bool { return c.Swaks != "" })
	return command(t, "", c.Swaks, append([]string{"--server", s.SMTP, "--from", "shop@example.com", "--timeout", "10s"}, args...)...)
}

func TestSwaksSendsMail(t *testing.T) {
	t.Parallel()
	s, controls := sandboxtest.Controlled(t)
	ctx := t.Context()
	table := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(table, []byte("1,2"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"plain":    {"--auth", "PLAIN"},
		"login":    {"--auth", "LOGIN"},
		"tls":      {"--auth", "PLAIN", "-tls"},
		"pipeline": {"--auth", "PLAIN", "--pipeline"},
	} {
		said, err := swaks(t, s, append(
			args,
			"--auth-user",
			"swaks-"+name,
			"--auth-password",
			"x",
			"--to",
			"hanako@example.jp",
			"--header",
			"Subject: =?UTF-8?B?44OG44K544OI?=",
			"--body",
			"パスコード 123456",
			"--attach-type",
			"text/csv",
			"--attach-name",
			"a.csv",
			"--attach",
			"@"+table,
		)...)
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, said)
			continue
		}
		if name == "tls" && !strings.Contains(said, "TLS started") {
			t.Errorf("no TLS:\n%s", said)
		}
		for _, extension := range []string{"8BITMIME", "SMTPUTF8", "PIPELINING", "SIZE 10485760", "STARTTLS", "AUTH"} {
			if name == "plain" && !strings.Contains(said, extension) {
				t.Errorf("%s is not offered:\n%s", extension, said)
			}
		}
		m, err := controls.AwaitMail(ctx, "swaks-"+name, "hanako@example.jp", "", 0)
		if err != nil || m.Subject != "テスト" || m.Passcode == nil || m.Passcode.Code != "123456" {
			t.Errorf("%s: %+v %v", name, m, err)
		}
	}
	if err := controls.Claim(ctx, "claimant", "taro@example.jp"); err != nil {
		t.Fatal(err)
	}
	if said, err := swaks(t, s, "--to", "taro@example.jp,nobody@example.jp"); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	for world, to := range map[string]string{"claimant": "taro@example.jp", "default": "nobody@example.jp"} {
		if mails, err := controls.Mails(ctx, world, ""); err != nil || len(mails) != 1 || mails[0].To != to {
			t.Errorf("%s: %+v %v", world, mails, err)
		}
	}
}

func TestSwaksIsRefusedAsByAMailServer(t *testing.T) {
	t.Parallel()
	s, controls := sandboxtest.Controlled(t, func(c *server.Config) { c.Limits.Hold, c.Limits.Mail = time.Millisecond, 2000 })
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(controls.RejectMail(ctx, "default", "hanako@example.jp", "example.com"))
	must(controls.RefuseMail(ctx, "default", "misaki@example.jp", "example.com"))
	must(
		controls.PlanFaults(
			ctx,
			"default",
			client.ProviderMail,
			client.Fault{Kind: "refuse", To: "a@example.jp"},
			client.Fault{Kind: "time_out", To: "b@example.jp"},
		),
	)
	for name, tt := range map[string]struct {
		args []string
		want string
		ok   bool
	}{
		"a domain it answers about": {[]string{"--to", "hanako@example.jp"}, "550 5.7.1", false},
		"a domain it drops":         {[]string{"--to", "misaki@example.jp"}, "250 2.0.0", true},
		"a refusal as planned":      {[]string{"--to", "a@example.jp"}, "451 4.3.0", false},
		"a time-out as planned":     {[]string{"--to", "b@example.jp"}, "closed connection unexpectedly", false},
		"too large":                 {[]string{"--to", "c@example.jp", "--body", strings.Repeat(`long\n`, 1000)}, "552", false},
		"no world":                  {[]string{"--to", "c@example.jp", "--auth", "PLAIN", "--auth-user", "No World", "--auth-password", "x"}, "535 5.7.8", false},
	} {
		said, err := swaks(t, s, tt.args...)
		if (err == nil) != tt.ok || !strings.Contains(strings.ToLower(said), tt.want) {
			t.Errorf("%s: %v, want %q\n%s", name, err, tt.want, said)
		}
	}
	if mails, err := controls.Mails(ctx, "default", ""); err != nil || len(mails) != 0 {
		t.Errorf("%+v %v", mails, err)
	}
}
