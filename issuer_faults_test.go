package main

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wiremock/go-wiremock"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/issuer/stubs"
	"example.com/netanswer/sandbox/relay"
	"example.com/netanswer/steps/control"
)

// This file breaks a real WireMock behind the reference backend, and looks at
// what a member sees through the JSON API, what the timeline tells, and what
// WireMock counted. They are no scenarios of features/: what breaks here is HTTP,
// of which a scenario does not speak. What a member is promised meanwhile is
// there, in fault.feature, and holds for every issuer.

// sorry is what a member reads while the issuer does not answer (a-15).
const sorry = "ただいまお手続きいただけません。入力内容はそのままです。時間をおいてもう一度お試しください。"

// A counter is a sandbox with a WireMock for its issuer, and one world in both.
type counter struct {
	t        *testing.T
	wire     scripted
	s        *sandbox
	controls *control.Client
	world    string
	stubs    stubs.Options
	r        struct {
		ID, State, Message string
		NetAnswerID        string `json:"net_answer_id"`
	}
}

// opened is a counter of a world of its own. Each may change how the backend
// bears with the issuer.
func opened(t *testing.T, w scripted, world string, change ...func(*relay.Patience)) *counter {
	t.Helper()
	p := relay.Patience{Try: 400 * time.Millisecond, Question: 4 * time.Second, Retries: 2, Failures: 100, Rest: time.Minute}
	for _, f := range change {
		f(&p)
	}
	c := tried()
	c.Issuer, c.IssuerPatience = w.URL, p
	s := startFor(t, c)
	o := stubs.Options{World: world, Attempts: stubs.DefaultAttempts}
	hanako := slices.Clip(everybody(t)[:1])
	if err := stubs.Load(w.Client, hanako, o); err != nil {
		t.Fatal(err)
	}
	return &counter{t: t, wire: w, s: s, controls: control.New(s.ConsoleURL), world: world, stubs: o}
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
	found, err := c.wire.FindRequestsByCriteria(wiremock.NewRequest("POST", wiremock.URLPathEqualTo(path)).WithHeader(issuer.WorldHeader, wiremock.EqualTo(c.world)))
	if err != nil {
		c.t.Fatal(err)
	}
	for _, r := range found.Requests {
		keys = append(keys, r.Headers[issuer.KeyHeader])
	}
	return keys
}

// step takes a step by the JSON API and answers with its status.
func (c *counter) step(method, path, body string) int {
	c.t.Helper()
	q, err := http.NewRequestWithContext(c.t.Context(), method, c.s.MemberURL+"/api/"+strings.ReplaceAll(path, "{id}", c.r.ID), strings.NewReader(body))
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

const hanakosForm = `{"card_number":"4242420000010017","expiry_month":"11","expiry_year":"35","security_code":"123","net_answer_id":"hanako2026",` +
	`"password":"Secret-2026","password_confirmation":"Secret-2026","email_pc":"hanako@example.jp","terms_agreed":true}`

// submits starts a registration, unless one is under way, and sends the form.
func (c *counter) submits() int {
	c.t.Helper()
	if c.r.ID == "" {
		c.step("POST", "registrations", "")
	}
	return c.step("PUT", "registrations/{id}/form", hanakosForm)
}

// completes goes on from the confirmation to the end.
func (c *counter) completes() {
	c.t.Helper()
	c.step("POST", "registrations/{id}/identity-check", "")
	m, err := c.controls.AwaitSMS(c.t.Context(), c.world, "090-0000-1001", "", 5*time.Second)
	if err != nil {
		c.t.Fatal(err)
	}
	if status := c.step("POST", "registrations/{id}/passcode", `{"passcode":"`+m.Passcode.Code+`"}`); status != 200 || c.r.State != "completed" {
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

// TestIssuerFaultsOnWireMock shares one WireMock, a world for each part.
func TestIssuerFaultsOnWireMock(t *testing.T) {
	t.Parallel()
	w := script(t, t.TempDir())
	for name, part := range map[string]func(t *testing.T, w scripted){
		"whole journeys":                     wholeJourneys,
		"every way to fail has its words":    everyWayToFail,
		"500 once is not noticed":            fiveHundredOnce,
		"429 is waited for if there is time": tooMany,
		"the circuit opens and closes":       circuitOpens,
		"a lost enrolment is done once":      lostEnrolment,
		"a lost PIN check counts once":       lostPIN,
		"a log-in without points":            standingFails,
	} {
		t.Run(name, func(t *testing.T) { part(t, w) })
	}
}

// wholeJourneys are both registrations from the card to the end, with nothing
// broken.
func wholeJourneys(t *testing.T, w scripted) {
	c := opened(t, w, "whole")
	if status := c.submits(); status != 200 || c.r.State != "confirm" {
		t.Fatalf("%d %+v", status, c.r)
	}
	c.completes()
	if c.r.NetAnswerID != "hanako2026" {
		t.Errorf("%+v", c.r)
	}
	app := opened(t, w, "whole-app")
	for _, s := range []struct{ method, path, body, state string }{
		{"POST", "", `{"device":"iphone","card_company":"saison"}`, "card"},
		{"PUT", "/{id}/card", `{"card_number":"4242420000010017","expiry":"11/35","security_code":"123"}`, "destination"},
		{"POST", "/{id}/identity-check", `{"method":"pin"}`, "pin"},
		{"POST", "/{id}/pin", `{"pin":"0000"}`, ""},
		{"POST", "/{id}/pin", `{"pin":"2580"}`, "email"},
		{"PUT", "/{id}/email", `{"email":"hanako@example.jp"}`, "password"},
		{"PUT", "/{id}/password", `{"password":"Secret-2026"}`, "terms"},
		{"POST", "/{id}/completion", `{"terms_agreed":true}`, "completed"},
	} {
		if status := app.step(s.method, "app/registrations"+s.path, s.body); s.state != "" && (status >= 300 || app.r.State != s.state) {
			t.Fatalf("%s: %d %+v", s.path, status, app.r)
		} else if s.state == "" && !strings.Contains(app.r.Message, "2") {
			t.Errorf("a wrong PIN: %d %q", status, app.r.Message)
		}
	}
	for _, one := range []*counter{c, app} {
		if told := one.faults(); told != nil {
			t.Errorf("%s: %q", one.world, told)
		}
		if n := len(one.asked(issuer.EnrolmentPath)); n != 1 {
			t.Errorf("%s: %d enrolments", one.world, n)
		}
	}
}

// everyWayToFail proves that the member loses nothing and is told the same, and
// the tester is not.
func everyWayToFail(t *testing.T, w scripted) {
	c := opened(t, w, "ways", func(p *relay.Patience) { p.Retries = 1 })
	card := `{"verified":true,"holder":{"member_id":"hanako","name":"山田 花子","birth_date":"1985-04-12","brand":"visa","product":"saison","status":"`
	for _, broken := range []struct {
		how  string
		as   wiremock.Response
		why  string
		many int
	}{
		{"slow", wiremock.OK().WithFixedDelay(2 * time.Second), "発行元から時間内に答えがありませんでした（2回試しました）", 2},
		{"dribbling", wiremock.OK().WithBody(strings.Repeat(" ", 100)).WithChunkedDribbleDelay(10, 5*time.Second), "発行元から時間内に答えがありませんでした（2回試しました）", 2},
		{"reset", wiremock.NewResponse().WithFault(wiremock.FaultConnectionResetByPeer), "発行元との接続が、答えの前に切れました（2回試しました）", 2},
		{"empty", wiremock.NewResponse().WithFault(wiremock.FaultEmptyResponse), "発行元との接続が、答えの前に切れました（2回試しました）", 2},
		{"500", wiremock.NewResponse().WithStatus(500), "発行元が受け付けませんでした（HTTP 500）（2回試しました）", 2},
		{"401", wiremock.NewResponse().WithStatus(401), "発行元が受け付けませんでした（HTTP 401）", 1},
		{"elsewhere", wiremock.NewResponse().WithStatus(307).WithHeader("Location", "/elsewhere"), "発行元が受け付けませんでした（HTTP 307）", 1},
		{"cut JSON", json200(`{"verified":tr`), "発行元の答えが、取り決めた形ではありませんでした", 1},
		{"no answer in it", json200(`{}`), "発行元の答えが、取り決めた形ではありませんでした", 1},
		{"unknown status", json200(card + `gone"}}`), "発行元の答えが、取り決めた形ではありませんでした", 1},
		{"a page", wiremock.OK().WithBody("<html>").WithHeader("Content-Type", "text/html"), "発行元の答えが、取り決めた形ではありませんでした", 1},
		{"far too long", json200(`{"verified":false,"x":"` + strings.Repeat("x", 300<<10) + `"}`), "発行元の答えが、取り決めた形ではありませんでした", 1},
	} {
		before := len(c.asked(issuer.VerificationPath))
		mended := c.breaks(c.on(issuer.VerificationPath).WillReturnResponse(broken.as))
		status := c.submits()
		c.refused(status, "カードの確認: "+broken.why)
		if n := len(c.asked(issuer.VerificationPath)) - before; n != broken.many {
			t.Errorf("%s: asked %d times, want %d", broken.how, n, broken.many)
		}
		mended()
	}
	if status := c.submits(); status != 200 || c.r.State != "confirm" { // the same registration
		t.Fatalf("%d %+v", status, c.r)
	}
	c.completes()
}

func json200(body string) wiremock.Response {
	return wiremock.OK().WithBody(body).WithHeader("Content-Type", "application/json")
}

// once is a stub that happens to the first question only, by a scenario of its
// own.
func (c *counter) once(path, what string, as wiremock.Response) *wiremock.StubRule {
	return c.on(path).InScenario(c.world + " " + what).WhenScenarioStateIs(stubs.Started).WillSetStateTo("over").WillReturnResponse(as)
}

func fiveHundredOnce(t *testing.T, w scripted) {
	c := opened(t, w, "five-hundred")
	c.breaks(c.once(issuer.VerificationPath, "breaks", wiremock.NewResponse().WithStatus(500)))
	if status := c.submits(); status != 200 || c.r.State != "confirm" {
		t.Fatalf("%d %+v", status, c.r)
	}
	if n := len(c.asked(issuer.VerificationPath)); n != 2 {
		t.Errorf("asked %d times", n)
	}
	c.completes()
	if told := c.faults(); told != nil {
		t.Errorf("%q", told)
	}
}

func tooMany(t *testing.T, w scripted) {
	later := func(seconds string) wiremock.Response {
		return wiremock.NewResponse().WithStatus(429).WithHeader("Retry-After", seconds)
	}
	c := opened(t, w, "too-many")
	c.breaks(c.once(issuer.VerificationPath, "busy", later("1")))
	began := clock.Machine()
	if status := c.submits(); status != 200 || c.r.State != "confirm" {
		t.Fatalf("%d %+v", status, c.r)
	}
	if waited := clock.Machine().Sub(began); waited < time.Second {
		t.Errorf("asked again after %s", waited)
	}
	if n := len(c.asked(issuer.VerificationPath)); n != 2 {
		t.Errorf("asked %d times", n)
	}
	busy := opened(t, w, "far-too-many")
	busy.breaks(busy.on(issuer.VerificationPath).WillReturnResponse(later("3600")))
	began = clock.Machine()
	status := busy.submits()
	if waited := clock.Machine().Sub(began); waited > 3*time.Second {
		t.Errorf("a member waited %s for nothing", waited)
	}
	busy.refused(status, "カードの確認: 発行元が受け付けませんでした（HTTP 429）")
	if n := len(busy.asked(issuer.VerificationPath)); n != 1 {
		t.Errorf("asked %d times", n)
	}
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

// eventually asks until something is so.
func eventually(t *testing.T, within time.Duration, so func() bool) {
	t.Helper()
	end, again := time.NewTimer(within), time.NewTicker(20*time.Millisecond)
	defer end.Stop()
	defer again.Stop()
	for !so() {
		select {
		case <-again.C:
		case <-end.C:
			t.Fatalf("not so within %s", within)
		}
	}
}
