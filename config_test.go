package main

import (
	"io"
	"strings"
	"testing"
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
		{"off loopback with a token", []string{"-member", "0.0.0.0:8080", "-control-token", "0123456789abcdef"}, nil, ""},
		{"a token too short", []string{"-control-token", "secret"}, nil, "16 characters"},
		{"no bound at all", []string{"-max-messages", "0"}, nil, "bounds"},
		{"the telephone off loopback without a token", []string{"-sip", "0.0.0.0:5060"}, nil, "control token is needed"},
		{"no telephone", []string{"-sip", "off", "-sip-calls", "0"}, nil, ""},
		{"no telephone by a variable", nil, []string{"NETANSWER_SIP="}, ""},
		{"a telephone that takes no calls", []string{"-sip-calls", "0"}, nil, "1 call"},
		{"messages longer than any", []string{"-sip-message", "1000000"}, nil, "32768"},
		{"an address that is none", []string{"-member", "here"}, nil, "member"},
	} {
		_, err := readConfig(tt.args, tt.environ, io.Discard)
		if tt.wrong == "" && err != nil || tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.wrong)
		}
	}
}

func TestAFlagGoesBeforeAVariable(t *testing.T) {
	c, err := readConfig([]string{"-max-worlds", "5"}, []string{"NETANSWER_MAX_WORLDS=7"}, io.Discard)
	if err != nil || c.Bounds.Worlds != 5 {
		t.Errorf("%d worlds, %v", c.Bounds.Worlds, err)
	}
}
