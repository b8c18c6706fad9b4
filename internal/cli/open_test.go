package cli_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
	"example.com/netanswer/test/sandboxtest"
)

func TestOpen(t *testing.T) {
	s := sandboxtest.Start(t)
	console := "NETANSWER_CONSOLE=" + strings.TrimPrefix(s.ConsoleURL, "http://")
	for _, tt := range []struct {
		name  string
		args  []string
		says  string // part of what is printed
		wrong string // part of the error, "" for none
	}{
		{"a place", []string{"passcode", "-print"}, ".localhost:", ""},
		{"a place in a world", []string{"passcode", "-print", "-world", "w", "-member", "花子さん"}, "http://w.localhost:", ""},
		{"a place in the app", []string{"pin", "-print", "-channel", "app", "-device", "android"}, "/app/continue?phone=", ""},
		{"no place", nil, "expired-superseded -channel app", ""},
		{"a place that is none", []string{"moon", "-print"}, "", `状態: "moon" という状態は web にありません`},
		{"nobody", []string{"passcode", "-print", "-member", "誰か"}, "", "誰か"},
		{"two places", []string{"passcode", "call"}, "", "call"},
		{"no address", []string{"passcode", "-console", "here"}, "", "ポートがありません"},
	} {
		var out bytes.Buffer
		err := cli.Run(
			t.Context(),
			cli.Process{Out: &out, Err: io.Discard, Environ: []string{console}},
			append([]string{"open"}, tt.args...),
		)
		if tt.wrong == "" && err != nil || tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.wrong)
		}
		if !strings.Contains(out.String(), tt.says) || tt.wrong != "" && out.Len() > 0 {
			t.Errorf("%s: it says %q, want %q", tt.name, out.String(), tt.says)
		}
	}
}
