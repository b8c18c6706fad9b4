package suite

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/wiremock/go-wiremock"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/issuer/stubs"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/steps/actor"
)

// plan makes the next questions of a world go wrong: refused, not answered, or
// answered to nobody. Whoever has to wait for no answer learns it at once, as the
// connection is closed.
func (d *issuerFixture) plan(ctx context.Context, world string, f actor.Fault) error {
	var wrong wiremock.Response
	paths := []string{issuer.VerificationPath, issuer.StandingPath, issuer.EnrolmentPath, issuer.PINPath}
	var mappings []map[string]any
	switch f.Kind {
	case "refuse":
		wrong = wiremock.NewResponse().WithStatus(http.StatusServiceUnavailable)
	case "time_out":
		wrong = wiremock.NewResponse().WithFault(wiremock.FaultEmptyResponse)
	case "lose": // what counts has to count
		wrong, paths = wiremock.NewResponse().WithFault(wiremock.FaultEmptyResponse), paths[:2]
		if f.Times != 1 {
			return errors.New("a WireMock loses one answer at a time")
		}
		var err error
		if mappings, err = d.losing(ctx, world); err != nil {
			return err
		}
	default:
		return fmt.Errorf("no fault %q at a WireMock", f.Kind)
	}
	for _, rule := range failing(world, f.Times, paths, wrong) {
		mapping, err := mappingOf(rule, world)
		if err != nil {
			return err
		}
		mappings = append(mappings, mapping)
	}
	return d.load(ctx, mappings, world)
}

// failing answers the next questions wrongly, each as often as the reference
// backend asks one that fails: a PIN once.
func failing(world string, questions int, paths []string, wrong wiremock.Response) (rules []*wiremock.StubRule) {
	state := func(question, try int) string {
		if question == 0 && try == 0 {
			return stubs.Started
		}
		return fmt.Sprintf("question %d, try %d", question, try)
	}
	for q := range questions {
		for _, path := range paths {
			tries := 1 + providerclient.DefaultRetryPolicy().Retries
			if path == issuer.PINPath {
				tries = 1
			}
			for try := range tries {
				then := state(q, try+1)
				if try == tries-1 {
					then = state(q+1, 0)
				}
				rules = append(rules, stubs.On(world, path).InScenario(world+" faults").WhenScenarioStateIs(state(q, try)).
					WillSetStateTo(then).WillReturnResponse(wrong))
			}
		}
	}
	return rules
}

// losing are the counters of a world that, as they stand, count and then answer
// nobody. They lose one answer, since no counter stands so again; that of a PIN
// that is right at once changes no counter and is not lost.
func (d *issuerFixture) losing(ctx context.Context, world string) (mappings []map[string]any, err error) {
	states, err := d.states(ctx)
	if err != nil {
		return nil, err
	}
	counters, _ := d.opened.Load(world)
	for _, m := range counters.([]map[string]any) {
		name, _ := m["scenarioName"].(string)
		state, known := states[strings.ReplaceAll(name, anyWorld, world)]
		if !known || m["requiredScenarioState"] != state || m["newScenarioState"] == state {
			continue
		}
		m = maps.Clone(m)
		priority, _ := m["priority"].(float64)
		m["priority"] = priority - 1 // the right PIN is still told from a wrong one
		m["response"] = map[string]any{"fault": wiremock.FaultEmptyResponse}
		mappings = append(mappings, m)
	}
	return mappings, nil
}

// states are how all of WireMock's scenarios stand.
func (d *issuerFixture) states(ctx context.Context) (map[string]string, error) {
	var found struct {
		Scenarios []struct{ Name, State string }
	}
	if err := d.admin(ctx, http.MethodGet, "scenarios", "", &found); err != nil {
		return nil, err
	}
	states := map[string]string{}
	for _, s := range found.Scenarios {
		states[s.Name] = s.State
	}
	return states, nil
}

// enrolments are how often a card was enrolled in a world: once or never, as its
// counter tells.
func (d *issuerFixture) enrolments(ctx context.Context, world, number string) (int, error) {
	states, err := d.states(ctx)
	if err == nil && states[stubs.Options{World: world}.EnrolmentScenario(d.cards[number])] == stubs.Enrolled {
		return 1, nil
	}
	return 0, err
}
