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
		"no member":       {[]string{"-console", s.ConsoleURL}, "-console だけが指定されています"},
		"no console":      {[]string{"-member", s.MemberURL}, "-member と -console の両方で指定します"},
		"no host":         {[]string{"-member", s.MemberURL, "-console", "http://:8090"}, `-console "http://:8090": http://127.0.0.1:8080 のような`},
		"no URL":          {[]string{"-member", s.MemberURL, "-console", u.Host}, `-console "` + u.Host + `": http://127.0.0.1:8080 のような`},
		"a path":          {[]string{"-member", s.MemberURL + "/app", "-console", s.ConsoleURL}, "-member"},
		"no address":      {[]string{"-member", s.MemberURL, "-console", s.ConsoleURL, "-smtp", "mailhost"}, `-smtp "mailhost": 127.0.0.1:1025 のような`},
		"no WireMock":     {[]string{"-member", s.MemberURL, "-console", s.ConsoleURL, "-control-token", token, "-wiremock", s.MemberURL}, "WireMock が " + s.MemberURL + " にありません"},
		"two issuers":     {[]string{"-issuer", "http://127.0.0.1:1", "-wiremock", "http://127.0.0.1:1"}, "-wiremock は発行元を決めます"},
		"a second issuer": {[]string{"-member", s.MemberURL, "-console", s.ConsoleURL, "-issuer", "http://127.0.0.1:1"}, "サンドボックスには発行元があります"},
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
