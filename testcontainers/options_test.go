package netanswer_test

import (
	"strings"
	"testing"

	"example.com/netanswer/client"
	netanswer "example.com/netanswer/testcontainers"
)

// TestOptionsThatCannotBeStartNothing needs no engine, since none is asked.
func TestOptionsThatCannotBeStartNothing(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		option netanswer.Option
		wrong  string
	}{
		"a token too short":          {netanswer.WithControlToken("secret"), "WithControlToken: 6 characters, want 16 or more"},
		"a world without a name":     {netanswer.WithWorld("", client.Setup{}), "WithWorld: a world has a name"},
		"a policy without a name":    {netanswer.WithPolicy("", 1), "WithPolicy: a value of the policy has a name"},
		"an issuer without a scheme": {netanswer.WithIssuer("issuer:8080"), `WithIssuer: "issuer:8080": want a URL`},
		"an issuer without a host":   {netanswer.WithIssuer("http://:8080"), "want a URL like http://issuer:8080"},
		"an issuer of nothing":       {netanswer.WithIssuer(""), "want a URL"},
		"an issuer in the container": {netanswer.WithIssuer("http://localhost:8080"), "localhost is the container itself"},
		"an issuer there by number":  {netanswer.WithIssuer("http://127.0.0.1:8080"), "127.0.0.1 is the container itself"},
	} {
		c, err := netanswer.Run(t.Context(), "an image that is not asked for", tt.option)
		if c != nil || err == nil || !strings.HasPrefix(err.Error(), "netanswer: ") || !strings.Contains(err.Error(), tt.wrong) {
			t.Errorf("%s: %v, want %q", name, err, tt.wrong)
		}
	}
}
