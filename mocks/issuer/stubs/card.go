package stubs

import (
	"strconv"

	"github.com/wiremock/go-wiremock"

	"example.com/netanswer/mocks/issuer"
)

// card makes the stubs of one card.
func (m *maker) card(name string, c issuer.Card) {
	question := issuer.CardQuestion{CardNumber: c.Number, ExpiryMonth: c.Expiry[:2], ExpiryYear: c.Expiry[3:], SecurityCode: c.SecurityCode}
	m.add(name, "verified", m.on(issuer.VerificationPath, exact).WithBodyPattern(whole(question)).WillReturnResponse(answer(200, c.Told())))
	m.add(name, "standing", m.on(issuer.StandingPath, partly).WithBodyPattern(about(c)).WillReturnResponse(answer(200, c.Standing())))
	m.enrolment(name, c)
	m.pin(name, c)
}

// enrolment is done once; a state remembers it.
func (m *maker) enrolment(name string, c issuer.Card) {
	for _, s := range []struct {
		name, state string
		status      int64
	}{{"enrolled", Started, 201}, {"enrolled again", Enrolled, 200}} {
		m.add(
			name,
			s.name,
			m.on(issuer.EnrolmentPath, partly).WithBodyPattern(about(c)).WithHeader(issuer.KeyHeader, wiremock.Matching(".+")).
				InScenario(m.EnrolmentScenario(name)).WhenScenarioStateIs(s.state).WillSetStateTo(Enrolled).
				WillReturnResponse(answer(s.status, issuer.Enrolment{Repeated: s.state == Enrolled})),
		)
	}
}

// pin counts wrong PINs in a row by the states of a scenario; behind the last of
// them the PIN stays stopped.
func (m *maker) pin(name string, c issuer.Card) {
	in := func(wrong, then int, priority int64, body wiremock.BasicParamMatcher, says issuer.PINCheck) *wiremock.StubRule {
		return m.on(issuer.PINPath, priority).WithBodyPattern(body).InScenario(m.PINScenario(name)).
			WhenScenarioStateIs(m.Wrong(wrong)).WillSetStateTo(m.Wrong(then)).WillReturnResponse(answer(200, says))
	}
	for wrong := range m.Attempts {
		after := " after " + strconv.Itoa(wrong) + " wrong"
		if c.PIN != "" {
			m.add(name, "PIN right"+after, in(wrong, 0, exact, whole(issuer.PINQuestion{CardNumber: c.Number, PIN: c.PIN}),
				issuer.PINCheck{Right: true, Left: m.Attempts}))
		}
		m.add(name, "PIN wrong"+after, in(wrong, wrong+1, partly, about(c), issuer.PINCheck{Left: m.Attempts - wrong - 1}))
	}
	m.add(name, "PIN stopped", in(m.Attempts, m.Attempts, partly, about(c), issuer.PINCheck{Stopped: true}))
}

// strangers are the answers about a card that nobody has.
func (m *maker) strangers() {
	unknown := problem(404, issuer.CodeUnknownCard, issuer.ErrUnknownCard.Error())
	m.add("", "not verified", m.on(issuer.VerificationPath, nothing).WillReturnResponse(answer(200, issuer.Verification{})))
	m.add("", "standing of an unknown card", m.on(issuer.StandingPath, nothing).WillReturnResponse(unknown))
	m.add("", "PIN of an unknown card", m.on(issuer.PINPath, nothing).WillReturnResponse(unknown))
	m.add("", "enrolment of an unknown card", m.on(issuer.EnrolmentPath, nothing).WithHeader(issuer.KeyHeader, wiremock.Matching(".+")).
		WillReturnResponse(unknown))
	m.add("", "enrolment without a key", m.on(issuer.EnrolmentPath, nothing).WithHeader(issuer.KeyHeader, wiremock.Absent()).
		WillReturnResponse(problem(400, "idempotency_key_missing", "the header "+issuer.KeyHeader+" is missing")))
}

// whole matches a body that says just this; a backend may say more.
func whole(question any) wiremock.BasicParamMatcher {
	return wiremock.MustEqualToJson(question, wiremock.IgnoreExtraElements)
}

// about matches a body about a card, whatever else it says.
func about(c issuer.Card) wiremock.BasicParamMatcher {
	return wiremock.MatchingJsonPath("$[?(@.card_number == '" + c.Number + "')]")
}
