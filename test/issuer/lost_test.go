package issuer_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/wiremock/go-wiremock"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/issuer/stubs"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/test/sandboxtest"
)

var reset = wiremock.NewResponse().WithFault(wiremock.FaultConnectionResetByPeer)

// circuitOpens: after three failures the issuer is left alone, and asked once
// more after the rest.
func circuitOpens(t *testing.T, w scripted) {
	c := opened(t, w, "circuit", func(p *providerclient.RetryPolicy) { p.Retries, p.Failures, p.Rest = 0, 3, 3*time.Second })
	mended := c.breaks(c.on(issuer.VerificationPath).WillReturnResponse(wiremock.NewResponse().WithStatus(500)))
	for range 3 {
		c.refused(c.submits(), "カードの確認: 発行元が受け付けませんでした（HTTP 500）")
	}
	mended()
	c.refused(c.submits(), "カードの確認: 発行元が続けて答えなかったため、しばらく問い合わせを控えています")
	if n := len(c.asked(issuer.VerificationPath)); n != 3 {
		t.Errorf("asked %d times although the circuit is open", n)
	}
	// What fails in one world is no reason not to ask in another.
	if err := stubs.Load(w.Client, everybody(t)[:1], stubs.Options{World: "circuit-other"}); err != nil {
		t.Fatal(err)
	}
	other := *c
	other.world, other.r.ID = "circuit-other", ""
	if status := other.submits(); status != 200 {
		t.Errorf("another world: %d %+v", status, other.r)
	}
	sandboxtest.Eventually(t, 20*time.Second, func() bool { return c.submits() == http.StatusOK })
	c.completes()
}

// lostEnrolment: the first answer is lost after the question was taken. The card
// is enrolled once, as WireMock counts by the key of the tries.
func lostEnrolment(t *testing.T, w scripted) {
	c := opened(t, w, "lost-enrolment")
	c.breaks(c.on(issuer.EnrolmentPath).InScenario(c.stubs.EnrolmentScenario("hanako-1")).WhenScenarioStateIs(stubs.Started).
		WillSetStateTo(stubs.Enrolled).WillReturnResponse(reset))
	c.submits()
	c.completes()
	keys := c.asked(issuer.EnrolmentPath)
	if len(keys) != 2 || keys[0] == "" || keys[0] != keys[1] {
		t.Errorf("the keys of the tries are %q, want the same twice", keys)
	}
	if told := c.faults(); told != nil {
		t.Errorf("%q", told)
	}
	// Where no try gets through, the registration stands, and the timeline says so.
	never := opened(t, w, "never-enrolled")
	never.breaks(never.on(issuer.EnrolmentPath).WillReturnResponse(reset))
	never.submits()
	never.completes()
	keys = never.asked(issuer.EnrolmentPath)
	if len(keys) != 3 || keys[0] == "" || keys[0] != keys[1] || keys[1] != keys[2] || keys[0] == c.asked(issuer.EnrolmentPath)[0] {
		t.Errorf("the keys of the tries are %q", keys)
	}
	if told := strings.Join(never.faults(), "\n"); !strings.Contains(told, "本人認証サービス（3Dセキュア）の登録: 発行元との接続が、答えの前に切れました（3回試しました）") {
		t.Errorf("%s", told)
	}
	for _, mail := range []*counter{c, never} {
		if m, err := mail.controls.AwaitMail(t.Context(), mail.world, "hanako@example.jp", "", 5*time.Second); err != nil {
			t.Errorf("%s: %+v %v", mail.world, m, err)
		}
	}
}

// reachesPIN begins a registration in the app and goes on to the PIN.
func (c *counter) reachesPIN() {
	c.t.Helper()
	c.step("POST", "app/registrations", `{"device":"iphone","card_company":"saison"}`)
	c.step("PUT", "app/registrations/{id}/card", `{"card_number":"4242420000010017","expiry":"11/35","security_code":"123"}`)
	if status := c.step("POST", "app/registrations/{id}/identity-check", `{"method":"pin"}`); status >= 300 || c.r.State != "pin" {
		c.t.Fatalf("%d %+v", status, c.r)
	}
}

func (c *counter) enters(pin string) int {
	c.t.Helper()
	return c.step("POST", "app/registrations/{id}/pin", `{"pin":"`+pin+`"}`)
}

// lostPIN: a wrong PIN whose answer is lost was counted by the issuer; asking
// again would cost the member another try, so it is asked once.
func lostPIN(t *testing.T, w scripted) {
	c := opened(t, w, "lost-pin")
	mended := c.breaks(c.on(issuer.PINPath).InScenario(c.stubs.PINScenario("hanako-1")).WhenScenarioStateIs(stubs.Started).
		WillSetStateTo(c.stubs.Wrong(1)).WillReturnResponse(reset))
	c.reachesPIN()
	c.refused(c.enters("0000"), "暗証番号の照合: 発行元との接続が、答えの前に切れました")
	if n := len(c.asked(issuer.PINPath)); n != 1 {
		t.Errorf("a PIN was asked about %d times", n)
	}
	if status := c.enters("0000"); status != http.StatusUnprocessableEntity || !strings.Contains(c.r.Message, "1") {
		t.Errorf("the second wrong PIN: %d %q, want one try left", status, c.r.Message)
	}
	mended()
	// Refused and too many are not asked again either.
	for _, broken := range []wiremock.Response{
		wiremock.NewResponse().WithStatus(503).WithHeader("Retry-After", "0"), wiremock.NewResponse().WithStatus(429),
	} {
		before := len(c.asked(issuer.PINPath))
		mended := c.breaks(c.on(issuer.PINPath).WillReturnResponse(broken))
		if status := c.enters("2580"); status != http.StatusServiceUnavailable || c.r.Message != sorry {
			t.Errorf("%d %q", status, c.r.Message)
		}
		if n := len(c.asked(issuer.PINPath)) - before; n != 1 {
			t.Errorf("a PIN was asked about %d times", n)
		}
		mended()
	}
	if status := c.enters("2580"); status != 200 || c.r.State != "email" {
		t.Errorf("%d %+v", status, c.r)
	}
	events, err := c.controls.Timeline(t.Context(), c.world)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		noSecret(t, "the timeline", e.What)
	}
}

// standingFails: who has logged in sees the sentence, and what there is once the
// issuer answers again.
func standingFails(t *testing.T, w scripted) {
	c := opened(t, w, "standing")
	c.submits()
	c.completes()
	var session struct{ Token string }
	l := sandboxtest.Caller{World: c.world}
	if err := l.Do("POST", c.s.MemberURL+"/api/sessions", `{"net_answer_id":"hanako2026","password":"Secret-2026"}`, &session); err != nil {
		t.Fatal(err)
	}
	home := func() (status int, points int) {
		q, err := http.NewRequestWithContext(t.Context(), "GET", c.s.MemberURL+"/api/home", nil)
		if err != nil {
			t.Fatal(err)
		}
		q.Header.Set("Netanswer-World", c.world)
		q.Header.Set("Authorization", "Bearer "+session.Token)
		answer, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		var seen struct{ Points int }
		if err := json.NewDecoder(answer.Body).Decode(&seen); err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, seen.Points
	}
	mended := c.breaks(c.on(issuer.StandingPath).WillReturnResponse(reset))
	status, _ := home()
	if status != http.StatusServiceUnavailable {
		t.Errorf("%d", status)
	}
	if diff := cmp.Diff([]string{"ご利用状況の照会: 発行元との接続が、答えの前に切れました（3回試しました）"}, c.faults()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	mended()
	if status, points := home(); status != 200 || points != 12345 {
		t.Errorf("%d, %d points", status, points)
	}
}
