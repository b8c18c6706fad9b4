package clients_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/test/sandboxtest"
)

func TestNodemailerSendsAndImapflowReads(t *testing.T) {
	t.Parallel()
	s, controls := sandboxtest.Controlled(t)
	var got map[string]any
	node(
		t,
		"mail.mjs",
		map[string]any{
			"smtp": json.Number(sandboxtest.Port(t, s.SMTP)),
			"imap": json.Number(sandboxtest.Port(t, s.IMAP)),
			"user": "node-mail",
		},
		&got,
	)
	want := map[string]any{
		"sent":         map[string]any{"PLAIN": 1.0, "LOGIN": 1.0, "CRAM-MD5": 1.0, "starttls": 1.0, "dsn": 1.0, "いろいろ": 3.0, "told": 1.0},
		"namespace":    "/",
		"server":       "netanswer",
		"capabilities": []any{"MOVE", "NAMESPACE", "UIDPLUS", "IDLE", "STATUS=SIZE", "LIST-STATUS", "CONDSTORE"},
		"enabled":      true,
		"changed":      []any{0.0, 1.0, false, true, 1.0},
		"list":         []any{"INBOX 9", "hanako@example.jp 6", "hanako+test@example.jp 1", "shop@example.com 1", "taro@xn--r8jz45g.jp 1"},
		"found": map[string]any{
			"text":          3.0,
			"seen as it is": 3.0,
			"wide":          3.0,
			"subject":       3.0,
			"to":            3.0,
			"since":         9.0,
			"sent before":   0.0,
		},
		"appended": true, "status": []any{1.0, 0.0, true}, "moved": 1.0, "after": []any{"saburo@example.jp 1"},
		"last": map[string]any{"subject": "いろいろ", "parts": 2.0, "from": "見本の店"}, "told": true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the clients saw (-want +got):\n%s", diff)
	}
	told, err := controls.Mails(t.Context(), "node-mail", "shop@example.com")
	if err != nil || len(told) != 1 || !strings.Contains(told[0].Subject, "Delivery") {
		t.Errorf("reports of delivery: %+v %v", told, err)
	}
	mails, err := controls.Mails(t.Context(), "node-mail", "taro@例え.jp")
	if err != nil || len(mails) != 1 || mails[0].Passcode == nil || mails[0].Passcode.Code != "482913" || len(mails[0].Attachments) != 1 ||
		mails[0].Attachments[0].Name != "規約.txt" {
		t.Errorf("%+v %v", mails, err)
	}
}
