package second_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/client"
	"example.com/netanswer/test/sandboxtest"
)

const doctorsTarget = `app: %[1]s/
providers: {%[2]s: qa, console: "%[3]s", voice: "%[1]s/voice"}
reset: {url: "%[1]s/reset", headers: {X-Token: "${DOCTORS_TOKEN}"}}
clock: {url: "%[1]s/clock?at={unix}"}
can: [sms, email, call]
members:
  - {called: 花子さん, card: "4900000000000002", expiry: 09/29, code: "123", phone: 090-0000-1001, email: hanako@example.com}
`

func TestTheDoctorTriesEveryAddress(t *testing.T) {
	t.Setenv("DOCTORS_TOKEN", "token-of-the-doctor")
	s := sandboxtest.Start(t)
	theirs := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/voice":
			w.Header().Set("Content-Type", "text/xml")
			_, err := io.WriteString(w, "<Response><Say>おかけ直しください</Say></Response>")
			if err != nil {
				t.Error(err)
			}
		case r.URL.Path == "/reset" && r.Header.Get("X-Token") != "token-of-the-doctor":
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer theirs.Close()
	file := filepath.Join(t.TempDir(), "target.yaml")
	write := func(way string) {
		if err := os.WriteFile(file, fmt.Appendf(nil, doctorsTarget, theirs.URL, way, s.ConsoleURL), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	examine := func() (string, error) {
		return sandboxtest.Netanswer(t, "verify", "doctor", "-quick", "-target", file)
	}
	const well = "✓ app のページ\n✓ reset\n✓ clock\n✓ 花子さんへのSMS\n✓ 花子さんへのメール\n✓ 電話\n"
	for way, want := range map[string]string{"world": well, "claim": well} {
		write(way)
		said, err := examine()
		if err != nil || said != want {
			t.Errorf("by %s: got %q, %v, want %q", way, said, err, want)
		}
	}
	write("claim")
	controls := client.New(s.ConsoleURL)
	if claims, err := controls.Claims(t.Context(), "qa"); err != nil || len(claims) > 0 {
		t.Errorf("claims %v stay, %v", claims, err)
	}
	t.Setenv("DOCTORS_TOKEN", "wrong-token")
	said, err := examine()
	if err == nil || !strings.Contains(err.Error(), "1 件") || !strings.Contains(said, "✗ reset: resetの呼び出し（POST ") ||
		!strings.Contains(said, "401 で断られました") {
		t.Errorf("with a wrong token: got %q, %v", said, err)
	}
	if strings.Contains(said, "wrong-token") {
		t.Errorf("a secret is told: %q", said)
	}
	if err := controls.Claim(t.Context(), "other", "09000001001"); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	said, err = examine()
	if err == nil || !strings.Contains(err.Error(), "4 件") || strings.Count(said, "✗") != 4 || strings.Count(said, "→") != 4 {
		t.Errorf("got %q, %v, want four things wrong with advice", said, err)
	}
}
