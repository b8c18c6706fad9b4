package documents_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/test/provision"
	"example.com/netanswer/test/sandboxtest"
)

// providersPages are the pages for whoever points a backend here.
var providersPages = []string{"docs/providers.md", "docs/ja/providers.md"}

// blockOf is the block of a document that holds a text, in the language its fence
// names.
func blockOf(t *testing.T, document, language, holds string) string {
	t.Helper()
	text := sandboxtest.Read(t, document)
	for _, block := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(text, -1) {
		if strings.Contains(block[1], holds) {
			return block[1]
		}
	}
	t.Fatalf("%s has no lines in %s with %q", document, language, holds)
	return ""
}

// TestTheDocumentsLinesPointClientsHere runs what the pages tell to copy, word for
// word but for the ports.
func TestTheDocumentsLinesPointClientsHere(t *testing.T) {
	t.Parallel()
	for _, document := range providersPages {
		s, controls := sandboxtest.Controlled(t)
		c := sandboxtest.Clients(t, func(c provision.Clients) bool {
			return c.Node != "" && c.Modules != "" && c.Swaks != "" && c.Python != ""
		})
		here := strings.NewReplacer(
			"http://127.0.0.1:8091",
			s.RESTURL,
			"127.0.0.1:2775",
			s.SMPP,
			"127.0.0.1:1025",
			s.SMTP,
			"('127.0.0.1', 1143)",
			"('127.0.0.1', "+sandboxtest.Port(t, s.IMAP)+")",
		)
		dir := t.TempDir()
		if err := os.Symlink(c.Modules, filepath.Join(dir, "node_modules")); err != nil {
			t.Fatal(err)
		}
		run := func(language, holds, name string, command ...string) string {
			t.Helper()
			if err := os.WriteFile(filepath.Join(dir, name), []byte(here.Replace(blockOf(t, document, language, holds))),
				0o644); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, command[0], append(command[1:], name)...)
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("%s, %s: %v\n%s", document, name, err, out)
			}
			return string(out)
		}
		run("js", "twilio", "rest.mjs", c.Node)
		run("js", "smpp", "smpp.mjs", c.Node)
		run("sh", "swaks", "mail.sh", "sh")
		if said := run("python", "imaplib", "box.py", c.Python); !strings.Contains(said, "('OK', [b'1'])") {
			t.Errorf("%s: imaplib found %s", document, said)
		}
		texts, err := controls.SMS(t.Context(), "mine", "090-0000-1001")
		if err != nil || len(texts) != 2 || texts[0].Body != "パスコード 123456" || texts[1].Body != texts[0].Body {
			t.Errorf("%s: %+v %v", document, texts, err)
		}
		mails, err := controls.Mails(t.Context(), "mine", "hanako@example.jp")
		if err != nil || len(mails) != 1 || !strings.Contains(mails[0].Text, "パスコード 123456") {
			t.Errorf("%s: %+v %v", document, mails, err)
		}
	}
}

// TestTheDocumentsLinesPointATelephoneHere calls with baresip by the account and
// the number that the pages tell.
func TestTheDocumentsLinesPointATelephoneHere(t *testing.T) {
	s, controls := sandboxtest.Controlled(t)
	if err := controls.Arrange(t.Context(), "mine", client.Setup{Clock: sandboxtest.Frozen()}); err != nil {
		t.Fatal(err)
	}
	for _, document := range providersPages {
		told := blockOf(t, document, "sh", "baresip")
		account := regexp.MustCompile(`echo '(<sip:[^']*)'`).FindStringSubmatch(told)
		dial := regexp.MustCompile(`-e '(/dial [^']*)'`).FindStringSubmatch(told)
		if account == nil || dial == nil {
			t.Fatalf("%s tells %s", document, told)
		}
		sandboxtest.Baresip(t, strings.ReplaceAll(account[1], "127.0.0.1:5060", s.SIP()), dial[1])
	}
	calls, err := controls.Calls(t.Context(), "mine")
	if err != nil || len(calls) != 2 || calls[0].From != "0300001009" || !calls[1].HeardAll {
		t.Errorf("%+v %v", calls, err)
	}
}
