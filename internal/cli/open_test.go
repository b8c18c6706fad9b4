package cli_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
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

// TestAHostileControlAPISteersNothing lets a server that is no sandbox answer what
// prints what it is told.
func TestAHostileControlAPISteersNothing(t *testing.T) {
	const evil = `\u001b]0;T\u0007\u202e`
	for name, tt := range map[string]struct {
		args         []string
		status       int
		answer, says string
	}{
		"a place":             {[]string{"open"}, 200, `{"places":[{"at":"x` + evil + `","title":"y"}]}`, "y"},
		"a link":              {[]string{"open", "passcode", "-print"}, 200, `{"link":"http://w.example/` + `\u202e"}`, "w.example"},
		"a file":              {[]string{"open", "passcode", "-print"}, 200, `{"link":"file:///etc/hosts"}`, "操作用 API"},
		"a flag":              {[]string{"open", "passcode"}, 200, `{"link":"--help"}`, "操作用 API"},
		"a world":             {[]string{"world", "list"}, 200, `{"worlds":[{"name":"w` + evil + `"}]}`, "登録0"},
		"a note":              {[]string{"world", "kept"}, 200, `{"snapshots":[{"name":"s","note":"n` + evil + `"}]}`, "から"},
		"a fork":              {[]string{"world", "fork", "a", "b"}, 200, `{"name":"w` + evil + `"}`, "w"},
		"a refusal":           {[]string{"world", "list"}, 400, `{"code":"c","detail":"d` + evil + `","errors":[{"field":"f` + evil + `"}]}`, "操作用 API"},
		"a refusal of a fork": {[]string{"world", "fork", "a", "b"}, 302, `{}`, "たどりません"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(tt.status)
			_, _ = io.WriteString(w, tt.answer)
		}))
		var out bytes.Buffer
		environ := []string{"NETANSWER_CONSOLE=" + strings.TrimPrefix(server.URL, "http://")}
		err := cli.Run(t.Context(), cli.Process{Out: &out, Err: io.Discard, Environ: environ}, tt.args)
		server.Close()
		told := out.String()
		if err != nil {
			told += err.Error()
		}
		if strings.ContainsAny(told, "\x1b\a\u202e") || !strings.Contains(told, tt.says) {
			t.Errorf("%s: %q, want %q in it", name, told, tt.says)
		}
	}
}
