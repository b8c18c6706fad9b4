package server_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/test/sandboxtest"
)

// fetched sends a request and returns its status and body; what was cut is an error.
func fetched(t *testing.T, c *http.Client, method, address string) (int, string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := c.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body), nil
}

func TestMemberFaultsHappenAsPlanned(t *testing.T) {
	s := sandboxtest.Start(t)
	control, ctx := client.New(s.ConsoleURL), t.Context()
	plain := &http.Client{}
	plan := func(faults ...client.MemberFault) {
		t.Helper()
		if err := control.PlanMemberFaults(ctx, "default", faults...); err != nil {
			t.Fatal(err)
		}
	}
	get := func(path string) (int, string, error) { return fetched(t, plain, http.MethodGet, s.MemberURL+path) }

	plan(
		client.MemberFault{Kind: "status", Status: 503, Route: "/api/screens/*"},
		client.MemberFault{Kind: "status", Status: 429, Route: "/login"},
	)
	if status, _, _ := get("/"); status != 200 {
		t.Errorf("a page that is not meant: %d", status)
	}
	status, body, _ := get("/api/screens/input")
	var p struct{ Code, Detail string }
	if err := json.Unmarshal([]byte(body), &p); err != nil || status != 503 || p.Code != "fault_planned" ||
		!strings.Contains(p.Detail, "ただいまお手続きいただけません") {
		t.Errorf("the API: %d %s", status, body)
	}
	if status, _, _ := get("/api/screens/input"); status != 200 {
		t.Errorf("used up: %d", status)
	}
	if status, body, _ := get("/login"); status != 429 || !strings.Contains(body, "ただいま混み合っています") {
		t.Errorf("a page: %d %.300s", status, body)
	}
	if left, err := control.MemberFaults(ctx, "default"); err != nil || len(left) != 0 {
		t.Errorf("left: %v %v", left, err)
	}

	plan(client.MemberFault{Kind: "cut", Method: "POST", Route: "/api/", Times: client.Ever})
	for range 2 {
		if _, _, err := fetched(t, plain, http.MethodPost, s.MemberURL+"/api/registrations"); !errors.Is(err, io.EOF) {
			t.Errorf("a cut connection: %v", err)
		}
	}
	if all, _ := control.Registrations(ctx, "default"); len(all) != 0 {
		t.Error("what was cut was done")
	}
	plan(client.MemberFault{Kind: "lose", Method: "POST", Route: "/api/registrations"})
	if _, _, err := fetched(t, plain, http.MethodPost, s.MemberURL+"/api/registrations"); !errors.Is(err, io.EOF) {
		t.Errorf("a lost answer: %v", err)
	}
	if all, _ := control.Registrations(ctx, "default"); len(all) != 1 {
		t.Error("what was lost was not done")
	}
	plan(client.MemberFault{Kind: "delay", By: 30 * time.Millisecond})
	begun := clock.Machine()
	if status, _, _ := get("/"); status != 200 || clock.Machine().Sub(begun) < 30*time.Millisecond {
		t.Errorf("not late: %d", status)
	}
}

func TestALostSessionIsForgottenByTheBrowser(t *testing.T) {
	s := sandboxtest.Start(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	if _, body, err := fetched(t, browser, http.MethodGet, s.MemberURL+"/registration"); err != nil ||
		!strings.Contains(body, "セキュリティコード") {
		t.Fatal(err, body)
	}
	if err := client.New(s.ConsoleURL).PlanMemberFaults(t.Context(), "default", client.MemberFault{Kind: "session"}); err != nil {
		t.Fatal(err)
	}
	if _, body, err := fetched(t, browser, http.MethodGet, s.MemberURL+"/registration/input"); err != nil ||
		strings.Contains(body, "セキュリティコード") {
		t.Errorf("%v %.400s", err, body)
	}
	at, _ := url.Parse(s.MemberURL) // its own
	if left := jar.Cookies(at); len(left) != 0 {
		t.Errorf("the browser still has %v", left)
	}
}

func TestAMemberFaultThatCannotBeIsRefused(t *testing.T) {
	s := sandboxtest.Start(t)
	control := client.New(s.ConsoleURL)
	for name, f := range map[string]client.MemberFault{
		"a kind": {Kind: "explode"}, "a status": {Kind: "status", Status: 418}, "no status": {Kind: "status"}, "no delay": {Kind: "delay"},
		"too long": {Kind: "delay", By: time.Hour}, "a route": {Kind: "cut", Route: "login"}, "a method": {Kind: "cut", Method: "BREW"}, "times": {Kind: "cut", Times: -1},
	} {
		var p *client.Problem
		if err := control.PlanMemberFaults(t.Context(), "default", f); !errors.As(err, &p) || p.Status != 422 {
			t.Errorf("%s: %v", name, err)
		}
	}
	want := []client.MemberFault{
		{Kind: "delay", Method: "GET", Route: "/api/", Times: 3, By: 2 * time.Second},
		{Kind: "status", Times: 1, Status: 500},
	}
	if err := control.PlanMemberFaults(t.Context(), "default", want...); err != nil {
		t.Fatal(err)
	}
	got, err := control.MemberFaults(t.Context(), "default")
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}
