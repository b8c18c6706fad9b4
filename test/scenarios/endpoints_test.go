package scenarios_test

import (
	"net/url"
	"strings"
	"testing"

	"example.com/netanswer/client"
	"example.com/netanswer/test/sandboxtest"
)

// TestASandboxThatRunsAlreadyIsTried tries one that listens on every address
// behind a token, with everything a backend sends to it and it calls back.
func TestASandboxThatRunsAlreadyIsTried(t *testing.T) {
	s, token := sandboxtest.Everywhere(t)
	args := []string{
		"verify",
		"-driver",
		"api",
		"-rule",
		"s,m,t,p34-7",
		"-out",
		t.TempDir(),
		"-member",
		s.MemberURL + "/",
		"-console",
		s.ConsoleURL,
	}
	t.Setenv("NETANSWER_CONTROL_TOKEN", token)
	if said, err := sandboxtest.Netanswer(t, args...); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
	// What is sent in nobody's name stays in the world that nobody deletes.
	left, err := client.New(s.ConsoleURL, client.WithToken(token)).SMS(t.Context(), "default", "")
	if err != nil || len(left) == 0 {
		t.Errorf("it was another sandbox that was tried: %v", err)
	}
}

func TestAFailureTellsWhereItWasTried(t *testing.T) {
	s, token := sandboxtest.Everywhere(t)
	said, err := sandboxtest.Netanswer(
		t,
		"verify",
		"-driver",
		"api",
		"-rule",
		"p34-7",
		"-policy",
		"passcode_lifetime=11m",
		"-out",
		t.TempDir(),
		"-member",
		s.MemberURL,
		"-console",
		s.ConsoleURL,
		"-control-token",
		token,
		"-here",
		"localhost",
	)
	if err == nil ||
		!strings.Contains(said, " -policy passcode_lifetime=11m -member "+s.MemberURL+" -console "+s.ConsoleURL+" -here localhost") {
		t.Errorf("%v\n%s", err, said)
	}
	if strings.Contains(said, token) {
		t.Errorf("the token is told:\n%s", said)
	}
}

func TestEndpointsThatCannotBeAreRefused(t *testing.T) {
	s, token := sandboxtest.Everywhere(t)
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
		"another token":   {[]string{"-member", s.MemberURL, "-console", s.ConsoleURL, "-control-token", "another-token-altogether"}, "この操作用トークンを受け付けません"},
		"no token":        {[]string{"-member", s.MemberURL, "-console", s.ConsoleURL}, "この操作用トークンを受け付けません"},
		"another service": {[]string{"-member", s.MemberURL, "-console", s.MemberURL, "-control-token", token}, s.MemberURL + " に試せるサンドボックスがありません"},
	} {
		said, err := sandboxtest.Netanswer(t, append([]string{"verify", "-driver", "api", "-out", t.TempDir()}, tt.args...)...)
		if err == nil || !strings.Contains(err.Error(), tt.wrong) {
			t.Errorf("%s: %v, want %q", name, err, tt.wrong)
		}
		if said != "" {
			t.Errorf("%s: scenarios were tried all the same:\n%s", name, said)
		}
	}
}
