package main

import (
	"context"
	"fmt"
	"net/http"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/steps/control"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/member"
	"example.com/netanswer/steps/suite"
	"example.com/netanswer/steps/target"
)

// abroad is where scenarios take place on somebody else's implementation: one
// at a time on each of its instances, which is put back before.
type abroad struct {
	target  target.Target
	client  *http.Client
	cast    map[string]member.Person
	strange []literal
	run     string        // begins the names of this run's worlds
	free    chan instance // those on which nothing takes place
}

// An instance is a copy of the implementation and the providers it sends by.
type instance struct {
	target.Instance
	controls *control.Client // nil where an adapter tells
	world    string          // that its messages arrive in
	inbox    inbox
}

// An inbox tells what arrived.
type inbox interface {
	Texts(ctx context.Context, world, phone string) ([]member.Message, error)
	Mails(ctx context.Context, world, address string) ([]member.Message, error)
	NextText(ctx context.Context, world, phone, after string) (member.Message, error)
	NextMail(ctx context.Context, world, address, after string) (member.Message, error)
}

// newAbroad makes a stage of a file.
func newAbroad(t target.Target, members []fixtures.Member, client *http.Client) *abroad {
	copies := t.Copies()
	a := &abroad{target: t, client: client, cast: castAbroad(t, members), strange: literalsOf(t, members),
		run: fmt.Sprintf("t%x", clock.Machine().UnixNano()), free: make(chan instance, len(copies))}
	for _, c := range copies {
		a.free <- newInstance(c, client)
	}
	return a
}

func newInstance(c target.Instance, client *http.Client) instance {
	i := instance{Instance: c, world: c.Providers.World + c.Providers.Claim}
	if c.Providers.Adapter != "" {
		i.inbox = adapter{target.Adapter{Base: c.Providers.Adapter, Client: client}}
		return i
	}
	i.controls = control.New(c.Providers.Console, control.WithToken(c.Providers.Token))
	i.inbox = surroundings{i.controls}
	return i
}

// Begin implements suite.Stage.
func (a *abroad) Begin(ctx context.Context, sc suite.Scenario, d driver.Driver) (context.Context, error) {
	if why := a.lacks(sc); why != "" {
		return ctx, fmt.Errorf("%w: %s", driver.ErrInapplicable, why)
	}
	var i instance
	select {
	case i = <-a.free:
	case <-ctx.Done():
		return ctx, context.Cause(ctx)
	}
	around := &around{inbox: i.inbox, instance: i, target: a.target, client: a.client, left: a.target.WaitUpTo}
	if err := a.prepare(ctx, around, sc); err != nil {
		a.free <- i
		return ctx, err
	}
	base := map[string]string{"api": i.API, "iphone": i.App, "android": i.App}[d.Name()]
	if base == "" {
		base = i.Web
	}
	scene := &member.Scene{Driver: d, World: driver.World{Name: worldName(a.run, d.Name(), sc.ID()), Base: base, Device: sc.Device()},
		Around: around, Cast: a.cast, App: sc.InApp()}
	return context.WithValue(member.Enter(ctx, scene), aroundKey{}, around), nil
}

type aroundKey struct{}

// lacks tells why a scenario cannot be asked.
func (a *abroad) lacks(sc suite.Scenario) string {
	if sc.OfProvider() {
		return "提供者の約束は、実装ではなく netanswer のものです"
	}
	var steps []string
	for _, s := range sc.Steps {
		steps = append(steps, s.Text)
	}
	if why := a.target.Lacks(sc.Rules, steps); why != "" {
		return why
	}
	return quotes(sc.Written(), a.strange)
}

// prepare puts an instance back, gives it a fresh world of the providers and
// sets both clocks.
func (a *abroad) prepare(ctx context.Context, to *around, sc suite.Scenario) error {
	i := to.instance
	if i.Reset != nil {
		if err := i.Reset.Make(ctx, a.client, "reset"); err != nil {
			return err
		}
	}
	if i.controls != nil {
		if err := i.freshWorld(ctx, a.recipients(sc)); err != nil {
			return fmt.Errorf("プロバイダーのワールド %s を用意できません: %w", i.world, err)
		}
	}
	if i.Clock == nil {
		return nil
	}
	return to.SetClock(ctx, "", opening)
}

// freshWorld empties the world of the providers.
func (i instance) freshWorld(ctx context.Context, recipients []string) error {
	if err := i.controls.Delete(ctx, i.world); err != nil {
		return err
	}
	now := clock.Machine()
	if err := i.controls.Arrange(ctx, i.world, control.Setup{Clock: &control.ClockMove{Now: &now, Running: new(i.Clock == nil)}}); err != nil {
		return err
	}
	if i.Providers.Claim != "" {
		for _, r := range recipients {
			if err := i.controls.Claim(ctx, i.world, r); err != nil {
				return err
			}
		}
	}
	if i.Providers.Voice == "" {
		return nil
	}
	return i.controls.SetVoice(ctx, i.world, control.Voice{URL: i.Providers.Voice, AuthToken: i.Providers.VoiceToken, StatusCallback: i.Providers.VoiceEnded})
}

// Evidence implements suite.Stage.
func (a *abroad) Evidence(ctx context.Context) []driver.Evidence {
	scene, err := member.In(ctx)
	if err != nil {
		return nil
	}
	found := scene.Evidence(ctx)
	if i := ctx.Value(aroundKey{}).(*around).instance; i.controls != nil {
		found = append(found, received(ctx, i.controls, i.world)...)
	}
	return found
}

// End implements suite.Stage. The instance is free for the next scenario.
func (a *abroad) End(ctx context.Context, _ bool) error {
	scene, err := member.In(ctx)
	if err != nil {
		return err
	}
	defer func() { a.free <- ctx.Value(aroundKey{}).(*around).instance }()
	return scene.Leave()
}
