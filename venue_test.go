package main

import (
	"bytes"
	"io"
	"net/url"
	"strings"
	"testing"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/actor"
)

// TestASandboxThatRunsAlreadyIsTried tries one that listens on every address
// behind a token, with everything a backend sends to it and it calls back.
func TestASandboxThatRunsAlreadyIsTried(t *testing.T) {
	s, token := everywhere(t)
	var out bytes.Buffer
	args := []string{"verify", "-driver", "api", "-rule", "s,m,t,p34-7", "-out", t.TempDir(), "-member", s.MemberURL + "/", "-console", s.ConsoleURL}
	t.Setenv("NETANSWER_CONTROL_TOKEN", token)
	if err := run(t.Context(), args, &out, io.Discard); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
	// What is sent in nobody's name stays in the world that nobody deletes.
	left, err := client.New(s.ConsoleURL, client.WithToken(token)).SMS(t.Context(), "default", "")
	if err != nil || len(left) == 0 {
		t.Errorf("it was another sandbox that was tried: %v", err)
	}
}

// TestEveryScenarioCountsInAWireMock tries all that the API can be asked with the
// scenarios' own counters in a WireMock, those of @発行元 as well.
func TestEveryScenarioCountsInAWireMock(t *testing.T) {
	dir := t.TempDir()
	if err := run(t.Context(), []string{"issuer", "export", "-dir", dir}, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"verify", "-driver", "api", "-out", t.TempDir(), "-wiremock", wireMock(t, dir)}, &out, io.Discard); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestAFailureTellsWhereItWasTried(t *testing.T) {
	s, token := everywhere(t)
	var out bytes.Buffer
	err := run(t.Context(), []string{"verify", "-driver", "api", "-rule", "p34-7", "-policy", "passcode_lifetime=11m", "-out", t.TempDir(),
		"-member", s.MemberURL, "-console", s.ConsoleURL, "-control-token", token, "-here", "localhost"}, &out, io.Discard)
	if err == nil || !strings.Contains(out.String(), " -policy passcode_lifetime=11m -member "+s.MemberURL+" -console "+s.ConsoleURL+" -here localhost") {
		t.Errorf("%v\n%s", err, out.String())
	}
	if strings.Contains(out.String(), token) {
		t.Errorf("the token is told:\n%s", out.String())
	}
}

func TestEndpointsOfThatCannotBeIsRefused(t *testing.T) {
	s, token := everywhere(t)
	u, err := url.Parse(s.ConsoleURL)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		args  []string
		wrong string
	}{
		"no member":       {[]string{"-console", s.ConsoleURL}, "-console without -member"},
		"no console":      {[]string{"-member", s.MemberURL}, "both -member and -console"},
		"no host":         {[]string{"-member", s.MemberURL, "-console", "http://:8090"}, `-console "http://:8090": want a URL`},
		"no URL":          {[]string{"-member", s.MemberURL, "-console", u.Host}, `-console "` + u.Host + `": want a URL`},
		"a path":          {[]string{"-member", s.MemberURL + "/app", "-console", s.ConsoleURL}, "-member"},
		"no address":      {[]string{"-member", s.MemberURL, "-console", s.ConsoleURL, "-smtp", "mailhost"}, `-smtp "mailhost": want an address`},
		"no WireMock":     {[]string{"-member", s.MemberURL, "-console", s.ConsoleURL, "-control-token", token, "-wiremock", s.MemberURL}, "no WireMock at " + s.MemberURL},
		"two issuers":     {[]string{"-issuer", "http://127.0.0.1:1", "-wiremock", "http://127.0.0.1:1"}, "-wiremock names the issuer"},
		"a second issuer": {[]string{"-member", s.MemberURL, "-console", s.ConsoleURL, "-issuer", "http://127.0.0.1:1"}, "has an issuer"},
		"another token":   {[]string{"-member", s.MemberURL, "-console", s.ConsoleURL, "-control-token", "another-token-altogether"}, "does not take this control token"},
		"no token":        {[]string{"-member", s.MemberURL, "-console", s.ConsoleURL}, "does not take this control token"},
		"another service": {[]string{"-member", s.MemberURL, "-console", s.MemberURL, "-control-token", token}, "no sandbox to try at " + s.MemberURL},
	} {
		var out bytes.Buffer
		err := run(t.Context(), append([]string{"verify", "-driver", "api", "-out", t.TempDir()}, tt.args...), &out, io.Discard)
		if err == nil || !strings.Contains(err.Error(), tt.wrong) {
			t.Errorf("%s: %v, want %q", name, err, tt.wrong)
		}
		if out.Len() > 0 {
			t.Errorf("%s: scenarios were tried all the same:\n%s", name, out.String())
		}
	}
}

func TestAWireMockRefusesWhatItCannotBreak(t *testing.T) {
	for wrong, f := range map[string]actor.Fault{`no fault "delay"`: {Kind: "delay", Times: 1}, "one answer at a time": {Kind: "lose", Times: 2}} {
		if err := (&issuerFixture{url: "http://127.0.0.1:1"}).plan(t.Context(), "w", f); err == nil || !strings.Contains(err.Error(), wrong) {
			t.Errorf("%+v: %v, want %q", f, err, wrong)
		}
	}
}
