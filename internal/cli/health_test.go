package cli_test

import (
	"bytes"
	"io"
	"net"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
	"example.com/netanswer/test/sandboxtest"
)

func TestHealth(t *testing.T) {
	s, token := sandboxtest.Everywhere(t)
	_, port, err := net.SplitHostPort(strings.TrimPrefix(s.ConsoleURL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	dead, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := dead.Addr().String()
	if err := dead.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name    string
		args    []string
		environ []string
		wrong   string // part of the error, "" for none
	}{
		{"an address", []string{"-console", "127.0.0.1:" + port}, nil, ""},
		{"the address that serve was given", nil, []string{"NETANSWER_CONSOLE=:" + port, "NETANSWER_CONTROL_TOKEN=" + token}, ""},
		{"every address by number", nil, []string{"NETANSWER_CONSOLE=0.0.0.0:" + port}, ""},
		{"a flag before a variable", []string{"-console", "localhost:" + port}, []string{"NETANSWER_CONSOLE=" + nobody}, ""},
		{"a token that is not its own", []string{"-console", ":" + port, "-control-token", "another-token-altogether"}, nil, "この操作用トークン"},
		{"nobody there", []string{"-console", nobody}, nil, "につながりません"},
		{"something else there", []string{"-console", strings.TrimPrefix(s.MemberURL, "http://")}, nil, "操作用 API のアドレスかどうか"},
		{"no address", []string{"-console", "here"}, nil, "ポートがありません"},
		{"an argument", []string{"please"}, nil, "please"},
		{"no time at all", []string{"-console", ":" + port, "-timeout", "0s"}, nil, "時間切れです"},
	} {
		var out bytes.Buffer
		err := cli.Run(t.Context(), cli.Process{Out: &out, Err: io.Discard, Environ: tt.environ}, append([]string{"health"}, tt.args...))
		if tt.wrong == "" && err != nil || tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.wrong)
		}
		if (err == nil) != strings.Contains(out.String(), "正常です") {
			t.Errorf("%s: said %q", tt.name, out.String())
		}
	}
}
