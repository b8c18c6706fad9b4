package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/steps/control"
)

const doctorsTarget = `web: %[1]s/
providers: {%[2]s: qa}
clock: {url: "%[1]s/clock?at={unix}"}
can: [web, sms, email]
members:
  - {called: 花子さん, card: "4900000000000002", expiry: 09/29, code: "123", phone: 090-0000-1001, email: hanako@example.com}
`

func TestTheDoctorTriesEveryAddress(t *testing.T) {
	s := startFor(t, config{Member: "127.0.0.1:0", Console: "127.0.0.1:0", REST: "127.0.0.1:0", SMTP: "127.0.0.1:0",
		Bounds: world.DefaultBounds(), Limits: gateway.DefaultLimits()})
	theirs := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer theirs.Close()
	file := filepath.Join(t.TempDir(), "target.yaml")
	write := func(way string) {
		if err := os.WriteFile(file, fmt.Appendf(nil, doctorsTarget, theirs.URL, way), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	examine := func() (string, error) {
		var out bytes.Buffer
		err := run(t.Context(), []string{"verify", "doctor", "-target", file, "-console", s.ConsoleURL, "-rest", s.RESTURL, "-smtp", s.SMTP}, &out, io.Discard)
		return out.String(), err
	}
	for _, way := range []string{"world", "claim"} {
		write(way)
		said, err := examine()
		if want := "✓ web のページ\n✓ 時計\n✓ 花子さんへのSMS\n✓ 花子さんへのメール\n"; err != nil || said != want {
			t.Errorf("by %s: got %q, %v, want %q", way, said, err, want)
		}
	}
	controls := control.New(s.ConsoleURL)
	if claims, err := controls.Claims(t.Context(), "qa"); err != nil || len(claims) > 0 {
		t.Errorf("claims %v stay, %v", claims, err)
	}
	if err := controls.Claim(t.Context(), "other", "09000001001"); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	said, err := examine()
	if err == nil || !strings.Contains(err.Error(), "3 件") || strings.Count(said, "✗") != 3 || strings.Count(said, "→") != 3 {
		t.Errorf("got %q, %v, want three things wrong with advice", said, err)
	}
}
