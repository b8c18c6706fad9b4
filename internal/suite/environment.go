package suite

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/integrator"
	"example.com/netanswer/steps/runner"
)

// An Environment is where the scenarios take place: each in a world of its own, whose
// clock stands still at the same moment.
type Environment struct {
	controls   *client.Client
	base       string // the member-facing origin
	members    []fixtures.Member
	cast       map[string]actor.Person
	run        string // begins the names of this run's worlds
	setup      client.Setup
	issuer     *issuerFixture     // the WireMock behind the sandbox, nil for none
	integrator integrator.Backend // where a backend finds the providers, and they find it
	beginnings *beginnings        // what scenarios have left for others, nil where each is walked
}

// NewEnvironment is where scenarios take place on a sandbox: in worlds whose
// names begin with run, set up so.
func NewEnvironment(ctx context.Context, e Endpoints, run string, setup client.Setup) (Environment, error) {
	members, _, err := fixtures.Members()
	if err != nil {
		return Environment{}, err
	}
	begins, still := actor.Opening, false
	setup.Clock = &client.ClockMove{Now: &begins, Running: &still}
	s := Environment{
		controls:   e.controls(),
		base:       e.Member,
		cast:       external.CastOf(members),
		members:    members,
		integrator: e.integrator(),
		run:        run,
		setup:      setup,
	}
	if e.WireMock != "" {
		s.issuer, err = newIssuerFixture(ctx, e.WireMock, members)
	}
	return s, err
}

// with is the same environment with other names and another setting-up.
func (s Environment) with(run string, setup client.Setup) Environment {
	setup.Clock = s.setup.Clock
	s.run, s.setup = run, setup
	s.beginnings = nil
	return s
}

// ScenarioLimit bounds a scenario, for each ten steps of it, by the machine's clock: a
// hang is a failure, a long way on a slow machine is none.
const ScenarioLimit = time.Minute

// Begin implements runner.Environment.
func (s Environment) Begin(ctx context.Context, sc runner.Scenario, d driver.Driver) (context.Context, error) {
	at := s.world(sc, d)
	if err := s.controls.Arrange(ctx, at.Name, s.setup); err != nil {
		return ctx, fmt.Errorf("make world %s: %w", at.Name, err)
	}
	if err := s.issuer.open(ctx, at.Name, sc); err != nil {
		return ctx, err
	}
	begun, _ := s.enter(ctx, sc, d, at)
	return begun, nil
}

// world is where a scenario takes place.
func (s Environment) world(sc runner.Scenario, d driver.Driver) driver.World {
	name := worldName(s.run, d.Name(), sc.ID())
	if sc.Repetition > 0 {
		name += fmt.Sprintf("-%d", sc.Repetition)
	}
	if sc.OfProvider() {
		name = shortName(name)
	}
	return driver.World{Name: name, Base: s.base, Device: sc.Device()}
}

// enter puts the scene of a scenario into a context.
func (s Environment) enter(ctx context.Context, sc runner.Scenario, d driver.Driver, at driver.World) (context.Context, *actor.Scene) {
	scene := &actor.Scene{Driver: d, World: at, Around: surroundings{actor.Providers{Controls: s.controls}, s.issuer},
		Cast: s.cast, App: sc.InApp()}
	backend := s.integrator
	backend.Controls, backend.Now = s.controls, clock.Machine
	return integrator.Enter(actor.Enter(ctx, scene), &backend), scene
}

// worldName is a name of its own for each scenario of a run and driver.
func worldName(run, driver, scenario string) string {
	sum := uint64(14695981039346656037) // FNV-1a
	for _, b := range []byte(scenario) {
		sum = (sum ^ uint64(b)) * 1099511628211
	}
	return fmt.Sprintf("%s-%s-%x", run, driver, sum)
}

// shortName is a name for a world, of the same length and as much its own, that
// fits into SMPP's system_id.
func shortName(name string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // a hash takes everything
	return "p" + strconv.FormatUint(h.Sum64(), 36)
}

// Evidence implements runner.Environment: what the screens show, and what the
// providers recorded.
func (s Environment) Evidence(ctx context.Context) []driver.Evidence {
	scene, err := actor.In(ctx)
	if err != nil {
		return nil
	}
	return append(scene.Evidence(ctx), actor.Received(ctx, s.controls, scene.World.Name)...)
}

// End implements runner.Environment. The world of a failed scenario stays to be looked at.
func (s Environment) End(ctx context.Context, failed bool) error {
	scene, err := actor.In(ctx)
	if err != nil {
		return err
	}
	err = errors.Join(scene.Leave(), integrator.Leave(ctx), s.issuer.close(ctx, scene.World.Name))
	if failed {
		return err
	}
	return errors.Join(err, s.controls.Delete(ctx, scene.World.Name))
}

// surroundings tell package member what the control API tells, and the issuer
// where that is none of the sandbox's.
type surroundings struct {
	actor.Providers
	issuer *issuerFixture
}

// PlanFault implements member.Surroundings.
func (s surroundings) PlanFault(ctx context.Context, world, provider string, f actor.Fault) error {
	if provider == client.ProviderIssuer && s.issuer != nil {
		return s.issuer.plan(ctx, world, f)
	}
	return s.Providers.PlanFault(ctx, world, provider, f)
}

// Enrolments implements member.Surroundings.
func (s surroundings) Enrolments(ctx context.Context, world, number string) (int, error) {
	if s.issuer != nil {
		return s.issuer.enrolments(ctx, world, number)
	}
	return s.Providers.Enrolments(ctx, world, number)
}

// SetPolicy implements member.Surroundings.
func (s surroundings) SetPolicy(ctx context.Context, world, name, value string) error {
	if name == pinAttempts && s.issuer != nil {
		if err := s.issuer.attempts(ctx, world, value); err != nil {
			return err
		}
	}
	return s.Providers.SetPolicy(ctx, world, name, value)
}

// Recard implements actor's register. The cards of a core system behind the sandbox
// stay as they are.
func (s surroundings) Recard(ctx context.Context, world, card string, change func(*client.Card)) error {
	if s.issuer != nil {
		return fmt.Errorf("%w: 発行元のカードは変えられません", driver.ErrInapplicable)
	}
	return s.Providers.Recard(ctx, world, card, change)
}

// Rephone implements actor's register.
func (s surroundings) Rephone(ctx context.Context, world, card, phone string) error {
	if s.issuer != nil {
		if err := s.issuer.rephone(ctx, world, card, phone); err != nil {
			return err
		}
	}
	return s.Providers.Rephone(ctx, world, card, phone)
}
