// Package stubs is the card company's core system as WireMock stubs: the answers
// of package issuer's contract, made from the same fixtures, for a test that has
// WireMock at hand and wants to break it.
//
// What is counted is in WireMock's scenarios: wrong PINs and enrolments, one
// scenario a card. It models the members of the fixtures, not what a test adds,
// not generated members, and no clock; a PIN stays stopped until the scenarios
// are reset. Questions that are not as the contract says find no stub.
package stubs

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/google/uuid"
	"github.com/wiremock/go-wiremock"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
)

// Options say how the core system is. The zero value is that of the fixtures.
type Options struct {
	// World is the only world whose questions are answered, with states of its
	// own; "" answers all worlds alike, as one.
	World string
	// Attempts is how many PINs may be wrong in a row; 0 means DefaultAttempts.
	Attempts int
}

// DefaultAttempts is the fixtures' policy.
const DefaultAttempts = 3

func (o Options) attempts() int {
	if o.Attempts == 0 {
		return DefaultAttempts
	}
	return o.Attempts
}

// Priorities: a test's own stubs, which break things, come before all of ours.
const (
	Break   = 1 // for whoever scripts a fault
	exact   = 5 // all that was asked is right
	partly  = 6 // the card is known
	nothing = 9 // no card is
)

// A Stub is one mapping, and what it is called.
type Stub struct {
	Name string // begins with Card, if it is about one
	Card string // like hanako-1: the member and which of their cards; "" for the rest
	Rule *wiremock.StubRule
}

// ID is the same for the same stub each time.
func (s Stub) ID() string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(issuer.ProblemType+s.Name)).String()
}

// maker makes stubs.
type maker struct {
	Options
	stubs []Stub
}

// All are the stubs of the members' cards, in their order, and of what is asked
// about any other.
func All(members []fixtures.Member, o Options) []Stub {
	o.Attempts = o.attempts()
	m := &maker{Options: o}
	book := issuer.NewBook(members)
	for _, member := range members {
		for i, c := range member.Cards {
			card, _ := book.Find(c.Number) // it was just put there
			m.card(member.ID+"-"+strconv.Itoa(i+1), card)
		}
	}
	m.strangers()
	return m.stubs
}

// Load puts the stubs of the members' cards into a running WireMock, before or
// beside whatever is there.
func Load(client *wiremock.Client, members []fixtures.Member, o Options) error {
	for _, s := range All(members, o) {
		if err := client.StubFor(s.Rule); err != nil {
			return fmt.Errorf("stub %s: %w", s.Name, err)
		}
	}
	return nil
}

// On is a stub of a question of the contract to begin a fault with, like
// On("mine", issuer.PINPath).WillReturnResponse(…), which comes before all others.
// World "" is any.
func On(world, path string) *wiremock.StubRule {
	rule := wiremock.Post(wiremock.URLPathEqualTo(path)).AtPriority(Break)
	if world != "" {
		rule.WithHeader(issuer.WorldHeader, wiremock.EqualTo(world))
	}
	return rule
}

func (m *maker) on(path string, priority int64) *wiremock.StubRule {
	return On(m.World, path).AtPriority(priority)
}

func (m *maker) add(card, name string, rule *wiremock.StubRule) {
	if card != "" {
		name = card + " " + name
	}
	m.stubs = append(m.stubs, Stub{Name: name, Card: card, Rule: rule})
}

// PINScenario is the name of the scenario that counts the wrong PINs of a card,
// like hanako-1, so that a test can count one whose answer it loses.
func (o Options) PINScenario(card string) string { return o.scenario("PIN", card) }

// EnrolmentScenario is the name of the scenario that remembers the enrolment of a
// card, likewise; behind it stands Enrolled.
func (o Options) EnrolmentScenario(card string) string { return o.scenario("3-D Secure", card) }

// The states of the scenarios that a test may want to set.
const (
	Started  = "Started" // how every scenario of WireMock begins
	Enrolled = "enrolled"
	Stopped  = "stopped"
)

// Wrong is the state of a PIN that was wrong so often in a row.
func (o Options) Wrong(times int) string {
	switch times {
	case 0:
		return Started
	case o.attempts():
		return Stopped
	}
	return strconv.Itoa(times) + " wrong"
}

func (o Options) scenario(what, card string) string {
	if o.World != "" {
		return o.World + " " + what + " " + card
	}
	return what + " " + card
}

func answer(status int64, body any) wiremock.Response {
	return wiremock.NewResponse().WithStatus(status).WithJSONBody(body).WithHeader("Content-Type", "application/json")
}

func problem(status int64, code, detail string) wiremock.Response {
	return wiremock.NewResponse().WithStatus(status).WithHeader("Content-Type", "application/problem+json").WithJSONBody(map[string]any{
		"type": issuer.ProblemType + code, "title": http.StatusText(int(status)), "status": status, "code": code, "detail": detail})
}
