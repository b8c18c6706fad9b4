package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/sandbox/providerclient"
)

func TestTheCoreSystemIsServedAndTold(t *testing.T) {
	t.Parallel()
	s, _ := withProviders(t, func(c *config) {
		c.Issuer = "http://bank:a-password@127.0.0.1:1/base"
		c.IssuerRetry = providerclient.RetryPolicy{Try: time.Second, Total: 2 * time.Second, Retries: 3, Wait: time.Millisecond, Failures: 4, Rest: time.Minute}
	})
	for path, says := range map[string]string{"/issuer/v1/openapi.json": `"openapi":"3.1.0"`, "/issuer/v1/docs/": "/issuer/v1/openapi.json", "/issuer/v1/x": `"code":"not_found"`,
		"/2010-04-01/x": `"code":20404`} {
		if _, body := fetch(t, s.RESTURL+path, ""); !strings.Contains(body, says) {
			t.Errorf("%s does not say %s: %.300s", path, says, body)
		}
	}
	_, body := fetch(t, s.ConsoleURL+"/api/providers", "")
	var told struct{ Issuer json.RawMessage }
	if err := json.Unmarshal([]byte(body), &told); err != nil {
		t.Fatal(err)
	}
	const want = `{"address":"http://bank:xxxxx@127.0.0.1:1/base","try":"1s","question":"2s","retries":3,"wait":"1ms","failures":4,"rest":"1m0s"}`
	if string(told.Issuer) != want {
		t.Errorf("%s, want %s", told.Issuer, want)
	}
	var said bytes.Buffer
	if greet(&said, s); !strings.Contains(said.String(), s.RESTURL+"/issuer/v1/docs/") {
		t.Errorf("the greeting does not tell of it:\n%s", said.String())
	}
	own := sandboxFor(t)
	if _, body := fetch(t, own.ConsoleURL+"/api/providers", ""); strings.Contains(body, `"issuer"`) {
		t.Errorf("one in process is told: %s", body)
	}
}

func TestTheIssuerCommand(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"import"}, {"export", "more"}, {"export", "-attempts", "-1"}, {"export", "-attempts", "101"}, {"export", "-x"}} {
		if err := issuerCommand(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q is carried out", args)
		}
	}
	dir := filepath.Join(t.TempDir(), "new")
	var said bytes.Buffer
	if err := run(t.Context(), []string{"issuer", "export", "-dir", dir, "-world", "mine", "-attempts", "5"}, &said, io.Discard); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "mappings", "hanako-1.json"))
	if err != nil || !strings.Contains(string(text), "mine PIN hanako-1") || !strings.Contains(string(text), "hanako-1 PIN wrong after 4 wrong") {
		t.Errorf("%v: %.300s", err, text)
	}
	if !strings.Contains(said.String(), "16 files") || !strings.Contains(said.String(), "--root-dir "+dir) {
		t.Errorf("%s", said.String())
	}
}

// TestRetriesHideOneFault: what a scenario over the wire does without (see
// TestScenariosOverTheWire) is what a member has by default.
func TestRetriesHideOneFault(t *testing.T) {
	t.Parallel()
	s, controls := withProviders(t, func(c *config) {
		c.REST = free(t)
		c.Issuer, c.IssuerRetry = "http://"+c.REST, providerclient.DefaultRetryPolicy()
		c.IssuerRetry.Wait = 0
	})
	c := &counter{t: t, s: s, controls: controls, world: "retries"}
	for _, faults := range []struct{ times, want int }{{1, http.StatusOK}, {3, http.StatusServiceUnavailable}} {
		plan := `{"faults":[{"kind":"refuse","times":` + string(rune('0'+faults.times)) + `}]}`
		l := &load{http: http.DefaultClient, s: s, world: "retries"}
		if err := l.do(http.MethodPut, s.ConsoleURL+"/api/worlds/retries/faults/issuer", plan, &struct{}{}); err != nil {
			t.Fatal(err)
		}
		if c.r.ID = ""; c.submits() != faults.want {
			t.Errorf("%d faults: %+v", faults.times, c.r)
		}
	}
}
