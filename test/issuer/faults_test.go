package issuer_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wiremock/go-wiremock"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/issuer/stubs"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/test/sandboxtest"
)

// This file breaks a real WireMock behind the reference backend, and looks at
// what a member sees through the JSON API, what the timeline tells, and what
// WireMock counted. They are no scenarios of features/: what breaks here is HTTP,
// of which a scenario does not speak. What a member is promised meanwhile is
// there, in fault.feature, and holds for every issuer.

// sorry is what a member reads while the issuer does not answer (a-15).
const sorry = "ただいまお手続きいただけません。入力内容はそのままです。時間をおいてもう一度お試しください。"

// TestIssuerFaultsOnWireMock shares one WireMock, a world for each part.
func TestIssuerFaultsOnWireMock(t *testing.T) {
	t.Parallel()
	w := script(t, t.TempDir())
	for name, part := range map[string]func(t *testing.T, w scripted){
		"whole journeys":                     wholeJourneys,
		"every way to fail has its words":    everyWayToFail,
		"slow is told from broken":           slow,
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
	c := opened(t, w, "ways", func(p *providerclient.RetryPolicy) { p.Retries = 1 })
	card := `{"verified":true,"holder":{"member_id":"hanako","name":"山田 花子","birth_date":"1985-04-12","brand":"visa","product":"saison","status":"`
	for _, broken := range []struct {
		how  string
		as   wiremock.Response
		why  string
		many int
	}{
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

// slow: no time that an answer takes, whole or in drops, is waited for longer
// than one may.
func slow(t *testing.T, w scripted) {
	c := opened(t, w, "slow", func(p *providerclient.RetryPolicy) { p.Try, p.Retries = 500*time.Millisecond, 1 })
	for how, as := range map[string]wiremock.Response{
		"late": wiremock.OK().WithFixedDelay(5 * time.Second), "in drops": wiremock.OK().WithBody(strings.Repeat(" ",
			100)).WithChunkedDribbleDelay(10, 10*time.Second),
	} {
		before := len(c.asked(issuer.VerificationPath))
		mended := c.breaks(c.on(issuer.VerificationPath).WillReturnResponse(as))
		c.refused(c.submits(), "カードの確認: 発行元から時間内に答えがありませんでした（2回試しました）")
		if n := len(c.asked(issuer.VerificationPath)) - before; n != 2 {
			t.Errorf("%s: asked %d times", how, n)
		}
		mended()
	}
	sandboxtest.Eventually(t, 10*time.Second, func() bool { return c.submits() == http.StatusOK }) // the same registration
	pin := opened(t, w, "slow-pin", func(p *providerclient.RetryPolicy) { p.Try = 2 * time.Second })
	pin.reachesPIN()
	pin.breaks(pin.on(issuer.PINPath).WillReturnResponse(wiremock.OK().WithFixedDelay(6 * time.Second)))
	pin.refused(pin.enters("2580"), "暗証番号の照合: 発行元から時間内に答えがありませんでした")
	if n := len(pin.asked(issuer.PINPath)); n != 1 {
		t.Errorf("a PIN was asked about %d times", n)
	}
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
	if waited := clock.Machine().Sub(began); waited > 10*time.Second {
		t.Errorf("a member waited %s for nothing", waited)
	}
	busy.refused(status, "カードの確認: 発行元が受け付けませんでした（HTTP 429）")
	if n := len(busy.asked(issuer.VerificationPath)); n != 1 {
		t.Errorf("asked %d times", n)
	}
}
