package second_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/test/sandboxtest"
)

var secondSeal = regexp.MustCompile(`name="seal" value="([^"]+)"`)

// TestTheSecondImplementationTellsNoSecrets goes on to an SMS that nobody takes,
// and looks for what was typed in everything that it writes, and in the form
// that it shows again.
func TestTheSecondImplementationTellsNoSecrets(t *testing.T) {
	t.Parallel()
	const number, code, password, token = "4242420000010017", "123", "Secret-2026", "token-of-the-account"
	gateway := httptest.NewServer(
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }),
	)
	defer gateway.Close()
	cmd := exec.CommandContext(t.Context(), sandboxtest.Node(t).Node, "implementation/server.mjs")
	cmd.Env = append(os.Environ(), "PORT=0", "SMS_URL="+gateway.URL, "SMS_ACCOUNT=ACsecret", "SMS_TOKEN="+token)
	var wrote bytes.Buffer
	cmd.Stderr = &wrote
	leash, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewReader(output)
	line, err := said.ReadString('\n')
	base, ok := strings.CutPrefix(strings.TrimSpace(line), "listening ")
	if err != nil || !ok {
		t.Fatalf("says %q, %v", line, err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	seal := ""
	page := func(answer *http.Response, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		if err := answer.Body.Close(); err != nil {
			t.Error(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		if found := secondSeal.FindSubmatch(text); found != nil {
			seal = string(found[1])
		}
		return string(text)
	}
	form := func(id string) url.Values {
		return url.Values{
			"seal":  {seal},
			"n1":    {number[:4]},
			"n2":    {number[4:8]},
			"n3":    {number[8:12]},
			"n4":    {number[12:]},
			"month": {"11"},
			"year":  {"35"},
			"code": {
				code,
			},
			"id":       {id},
			"password": {password},
			"repeated": {password},
			"desk":     {"hanako@example.jp"},
			"pocket":   {""},
			"letter":   {"1"},
			"agreed":   {"1"},
		}
	}
	page(client.Get(base + "/apply"))
	again := page(client.PostForm(base+"/apply/1-form", form("short")))
	for _, secret := range []string{`value="` + code + `"`, password} {
		if strings.Contains(again, secret) {
			t.Errorf("the form that was refused shows %s again", secret)
		}
	}
	if text := page(client.PostForm(base+"/apply/1-form", form("han-2026"))); !strings.Contains(text, "4242-42**-****-017") {
		t.Fatalf("no confirmation: %s", text)
	}
	if text := page(client.PostForm(base+"/apply/2-review", url.Values{"seal": {seal}})); !strings.Contains(text, "ただいまお手続きいただけません。") {
		t.Errorf("an SMS that nobody takes is not told: %s", text)
	}
	if err := leash.Close(); err != nil {
		t.Error(err)
	}
	rest, err := io.ReadAll(said)
	if err != nil {
		t.Error(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	all := line + string(rest) + wrote.String()
	if !strings.Contains(all, "SMS: returned 503") {
		t.Errorf("that no SMS went is not told: %s", all)
	}
	for _, secret := range []string{number, number[6:12], password, token, "090-0000-1001", "+8190"} {
		if strings.Contains(all, secret) {
			t.Errorf("it writes %q:\n%s", secret, all)
		}
	}
}
