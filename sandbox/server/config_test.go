package server_test

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/server"
)

func TestSettings(t *testing.T) {
	for _, tt := range []struct {
		name    string
		args    []string
		environ []string
		wrong   string // part of the error, "" for none
	}{
		{"nothing set", nil, []string{"PATH=/bin"}, ""},
		{"a variable", nil, []string{"NETANSWER_MAX_WORLDS=7"}, ""},
		{"an unknown variable", nil, []string{"NETANSWER_MAX_WORDLS=7"}, "unknown variable NETANSWER_MAX_WORDLS"},
		{"a value that cannot be", nil, []string{"NETANSWER_MAX_WORLDS=many"}, "NETANSWER_MAX_WORLDS"},
		{"a variable of another command", nil, []string{"NETANSWER_CACHE=/tmp/x"}, ""},
		{"an argument", []string{"please"}, nil, "please"},
		{"off loopback without a token", []string{"-member", "0.0.0.0:8080"}, nil, "control token is needed"},
		{"the console off loopback without a token", []string{"-console", ":8090"}, nil, "control token is needed"},
		{"several listeners off loopback are one sentence", []string{"-member", ":8080", "-console", ":8090"}, nil, "NETANSWER_CONTROL_TOKEN): member :8080, console :8090"},
		{"off loopback with a token", []string{"-member", "0.0.0.0:8080", "-control-token", "0123456789abcdef"}, nil, ""},
		{"a token too short", []string{"-control-token", "secret"}, nil, "16 characters"},
		{"no bound at all", []string{"-max-messages", "0"}, nil, "-max-messages 0: want 1 or more"},
		{"a provider off loopback without a token", []string{"-smtp", "0.0.0.0:1025"}, nil, "control token is needed"},
		{"a provider that does not listen", []string{"-smtp", ""}, nil, ""},
		{"a port that is mapped", []string{"-member-url", "http://{world}.localhost:18080"}, nil, ""},
		{"one address for all worlds", []string{"-member-url", "http://localhost:18080/"}, nil, "member-url"},
		{"a path for each world", []string{"-member-url", "http://localhost:18080/{world}"}, nil, "member-url"},
		{"a mapped port of another kind", nil, []string{"NETANSWER_MEMBER_URL={world}.localhost:18080"}, "member-url"},
		{"hosts for call-backs", nil, []string{"NETANSWER_CALL_BACK_HOSTS=backend,backend2"}, ""},
		{"a gateway over the wire", []string{"-sms-gateway", "http://AC{world}:token@127.0.0.1:8091", "-mail-server", "smtp://{world}:x@127.0.0.1:1025"}, nil, ""},
		{"a gateway without an account", []string{"-sms-gateway", "http://127.0.0.1:8091"}, nil, "account and a token"},
		{"a mail server of another kind", []string{"-mail-server", "imap://127.0.0.1:1025"}, nil, "want smtp"},
		{"a core system over the wire", []string{"-issuer", "http://user:secret@127.0.0.1:9999/base", "-issuer-retries", "0"}, nil, ""},
		{"a core system of another kind", nil, []string{"NETANSWER_ISSUER=ldap://127.0.0.1"}, "want http"},
		{"less time for all tries than for one", []string{"-issuer-timeout", "10s"}, nil, "issuer: a try"},
		{"a telephone over the wire", []string{"-voice-token", "0123456789abcdef", "-voice-webhook", "http://AC{world}:0123456789abcdef@127.0.0.1:8080/voice/{world}"}, nil, ""},
		{"a telephone that asks the console", []string{"-voice-token", "0123456789abcdef", "-voice-webhook", "http://AC1:0123456789abcdef@localhost:8090/voice/{world}"}, nil, "(-console)"},
		{"a telephone that asks a backend without a token", []string{"-voice-webhook", "http://AC1:0123456789abcdef@127.0.0.1:8080/voice/{world}"}, nil, "with -voice-token"},
		{"a telephone that asks a page", []string{"-voice-token", "0123456789abcdef", "-voice-webhook", "http://AC1:0123456789abcdef@127.0.0.1:8080/"}, nil, "(-member)"},
		{"a telephone that asks somebody else", []string{"-voice-webhook", "http://AC1:0123456789abcdef@127.0.0.1:3000/"}, nil, ""},
		{"a telephone that asks another machine", []string{"-voice-webhook", "http://AC1:0123456789abcdef@backend:8080/"}, nil, ""},
		{"a port that there is not", []string{"-voice-webhook", "http://AC1:0123456789abcdef@127.0.0.1:99999/voice"}, nil, "no port 99999"},
		{"call-backs to a host with a port", []string{"-call-back-hosts", "backend,backend:3000"}, nil, `call-back-hosts: "backend:3000" matches no host`},
		{"a voice webhook of another kind", []string{"-voice-webhook", "sip:{world}@127.0.0.1"}, nil, "voice-webhook"},
		{"a voice token too short", []string{"-voice-token", "secret"}, nil, "16 characters"},
		{"a voice webhook of nobody", []string{"-voice-token", "0123456789abcdef", "-only", "providers"}, nil, "no backend"},
		{"only something else", []string{"-only", "pages"}, nil, "want providers"},
		{"no connection at all", []string{"-max-connections", "0"}, nil, "-max-connections 0: want 1 or more"},
		{"the telephone off loopback without a token", []string{"-sip", "0.0.0.0:5060"}, nil, "control token is needed"},
		{"no telephone", []string{"-sip", "off", "-sip-calls", "0"}, nil, ""},
		{"no telephone by a variable", nil, []string{"NETANSWER_SIP="}, ""},
		{"a telephone that takes no calls", []string{"-sip-calls", "0"}, nil, "1 call"},
		{"messages longer than any", []string{"-sip-message", "1000000"}, nil, "32768"},
		{"other ports for all", []string{"-ports", "25000"}, nil, ""},
		{"other ports than there are", []string{"-ports", "65530"}, nil, "ports: 65530"},
		{"more is logged", nil, []string{"NETANSWER_LOG_LEVEL=debug", "NETANSWER_LOG_FORMAT=json"}, ""},
		{"a level that is none", []string{"-log-level", "loud"}, nil, "log-level"},
		{"a format that is none", []string{"-log-format", "xml"}, nil, "log-format"},
		{"no time for the providers", []string{"-provider-timeout", "0s"}, nil, "provider-timeout"},
		{"an address that is none", []string{"-member", "here"}, nil, "member"},
	} {
		_, err := server.ReadConfig(tt.args, tt.environ, io.Discard)
		if tt.wrong == "" && err != nil || tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.wrong)
		}
	}
}

func TestPortsGoesOnlyWhereNothingElseWasSaid(t *testing.T) {
	c, err := server.ReadConfig([]string{"-ports", "25000", "-smtp", "127.0.0.1:25"}, []string{"NETANSWER_IMAP="}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{c.Member, c.Console, c.REST, c.SMTP, c.IMAP, c.SMPP, c.SIP}
	want := []string{"127.0.0.1:25000", "127.0.0.1:25001", "127.0.0.1:25002", "127.0.0.1:25", "", "127.0.0.1:25005", "127.0.0.1:25006"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("addresses (-want +got):\n%s", diff)
	}
}

func TestAFlagGoesBeforeAVariable(t *testing.T) {
	c, err := server.ReadConfig([]string{"-max-worlds", "5"}, []string{"NETANSWER_MAX_WORLDS=7"}, io.Discard)
	if err != nil || c.Bounds.Worlds != 5 {
		t.Errorf("%d worlds, %v", c.Bounds.Worlds, err)
	}
}

func TestNoForeignCardIsWrittenDown(t *testing.T) {
	t.Parallel()
	_, err := server.ReadConfig(
		[]string{"-store", "sqlite:worlds.db", "-issuer", "http://127.0.0.1:8091", "-issuer-cards", "any"},
		nil,
		io.Discard,
	)
	if err == nil || !strings.Contains(err.Error(), "-issuer-cards any needs -store memory") {
		t.Error(err)
	}
	if _, err := server.ReadConfig([]string{"-store", "postgress://u:secret@h/d"}, nil, io.Discard); err == nil ||
		strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}
