package issuer_test

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wiremock/go-wiremock"

	"example.com/netanswer/client"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/issuer/stubs"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// A counter is a sandbox with a WireMock for its issuer, and one world in both.
type counter struct {
	t        *testing.T
	wire     scripted
	s        *server.Sandbox
	controls *client.Client
	world    string
	stubs    stubs.Options
	r        struct {
		ID, State, Message string
		NetAnswerID        string `json:"net_answer_id"`
	}
}

// opened is a counter of a world of its own. Each may change how the backend
// bears with the issuer.
func opened(t *testing.T, w scripted, world string, change ...func(*providerclient.RetryPolicy)) *counter {
	t.Helper()
	p := providerclient.RetryPolicy{Try: 10 * time.Second, Total: 30 * time.Second, Retries: 2, Failures: 100, Rest: time.Minute}
	for _, f := range change {
		f(&p)
	}
	s := sandboxtest.Start(t, func(c *server.Config) { c.Issuer, c.IssuerRetry = w.URL, p })
	o := stubs.Options{World: world, Attempts: stubs.DefaultAttempts}
	hanako := slices.Clip(everybody(t)[:1])
	if err := stubs.Load(w.Client, hanako, o); err != nil {
		t.Fatal(err)
	}
	return &counter{t: t, wire: w, s: s, controls: client.New(s.ConsoleURL), world: world, stubs: o}
}

// on begins a stub that breaks a question of this world.
func (c *counter) on(path string) *wiremock.StubRule { return stubs.On(c.world, path) }

// breaks puts stubs before all others; mended takes them away.
func (c *counter) breaks(rules ...*wiremock.StubRule) (mended func()) {
	c.t.Helper()
	for _, rule := range rules {
		if err := c.wire.StubFor(rule); err != nil {
			c.t.Fatal(err)
		}
	}
	return func() {
		c.t.Helper()
		for _, rule := range rules {
			if err := c.wire.DeleteStub(rule); err != nil {
				c.t.Fatal(err)
			}
		}
	}
}

// asked are the questions that came to WireMock, by what the keys of enrolments
// were.
func (c *counter) asked(path string) (keys []string) {
	c.t.Helper()
	found, err := c.wire.FindRequestsByCriteria(
		wiremock.NewRequest("POST", wiremock.URLPathEqualTo(path)).WithHeader(issuer.WorldHeader, wiremock.EqualTo(c.world)),
	)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, r := range found.Requests {
		keys = append(keys, r.Headers[issuer.KeyHeader])
	}
	return keys
}

// step takes a step by the JSON API and returns its status.
func (c *counter) step(method, path, body string) int {
	c.t.Helper()
	q, err := http.NewRequestWithContext(
		c.t.Context(),
		method,
		c.s.MemberURL+"/api/"+strings.ReplaceAll(path, "{id}", c.r.ID),
		strings.NewReader(body),
	)
	if err != nil {
		c.t.Fatal(err)
	}
	q.Header.Set("Netanswer-World", c.world)
	q.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	var problem struct{ Detail string }
	if answer.StatusCode >= 300 {
		err = json.Unmarshal(data, &problem)
		c.r.Message = problem.Detail
	} else {
		err = json.Unmarshal(data, &c.r)
	}
	if err != nil {
		c.t.Fatalf("%s %s: %v: %s", method, path, err, data)
	}
	return answer.StatusCode
}

// submits starts a registration, unless one is under way, and sends the form.
func (c *counter) submits() int {
	c.t.Helper()
	if c.r.ID == "" {
		c.step("POST", "registrations", "")
	}
	return c.step("PUT", "registrations/{id}/form", sandboxtest.HanakosForm)
}

// completes goes on from the confirmation to the end.
func (c *counter) completes() {
	c.t.Helper()
	c.step("POST", "registrations/{id}/identity-check", "")
	m, err := c.controls.AwaitSMS(c.t.Context(), c.world, "090-0000-1001", "", 5*time.Second)
	if err != nil {
		c.t.Fatal(err)
	}
	if status := c.step("POST", "registrations/{id}/passcode", `{"passcode":"`+m.Passcode.Code+`"}`); status != 200 ||
		c.r.State != "completed" {
		c.t.Fatalf("%d %+v", status, c.r)
	}
}

// refused fails unless the member was told to try again later, and the timeline
// tells why.
func (c *counter) refused(status int, why string) {
	c.t.Helper()
	if status != http.StatusServiceUnavailable || c.r.Message != sorry {
		c.t.Errorf("%d %q", status, c.r.Message)
	}
	if told := c.faults(); len(told) == 0 || told[len(told)-1] != why {
		c.t.Errorf("the timeline tells %q, want %q at its end", told, why)
	}
}

// faults are what the timeline tells of faults.
func (c *counter) faults() (told []string) {
	c.t.Helper()
	events, err := c.controls.Timeline(c.t.Context(), c.world)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, e := range events {
		if e.Kind == "fault" {
			told = append(told, e.What)
		}
	}
	return told
}

// noSecret fails if any of a text is secret.
func noSecret(t *testing.T, where, text string) {
	t.Helper()
	for _, secret := range []string{"4242420000010017", "2580", `"123"`, "=123"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s has %q in it: %s", where, secret, text)
		}
	}
}
