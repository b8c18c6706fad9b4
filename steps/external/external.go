// Package external is the place where scenarios are tried on somebody else's
// implementation, of which a target.yaml tells all there is to know. Of it are
// used the pages, what arrives at our providers or by an adapter, and the few
// calls that the file describes; nothing else.
//
// What it cannot be asked ends a scenario as 対象外, what nobody can bring about as
// 判定不能. Several scenarios take place at once where it has several instances.
package external

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"strings"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/target"
)

// A Environment is a suite.Environment on the instances of a target: one scenario at a time
// on each, which is put back before. Make it with New.
type Environment struct {
	target target.Target
	client *http.Client
	cast   map[string]actor.Person
	print  fixtures.Print
	texts  texts
	now    func() time.Time
	today  time.Time
	free   chan instance // those on which nothing takes place
	pool   *pool         // nil where members are put back
}

var _ runner.Environment = (*Environment)(nil)

// New makes an environment of what a file tells; now is the machine's clock, time.Now.
// The error says, in Japanese, what is wrong with the file beyond its form.
// Nothing is asked of the implementation yet.
func New(t target.Target, now func() time.Time) (*Environment, error) {
	members, _, err := fixtures.Members()
	if err != nil {
		return nil, err
	}
	if err := errors.Join(wrongAddresses(t), strangers(t, members)); err != nil {
		return nil, err
	}
	print, err := fixtures.ReadPrint()
	if err != nil {
		return nil, err
	}
	own, err := ownTexts(t.Texts)
	if err != nil {
		return nil, err
	}
	copies := t.Copies()
	s := &Environment{target: t, client: caller(t), cast: castExternal(t, members), print: print, texts: own,
		now: now, today: now(), free: make(chan instance, len(copies))}
	if s.pool, err = openPool(t); err != nil {
		return nil, err
	}
	for _, c := range copies {
		s.free <- newInstance(c, s.client)
	}
	return s, nil
}

// Workers is how many scenarios can take place at once: no more may be begun.
func (s *Environment) Workers() int { return cap(s.free) }

// Ready asks the providers of every instance whether they run, once before a run:
// else each of its scenarios would fail for the same reason.
func (s *Environment) Ready(ctx context.Context) error {
	for range s.Workers() {
		i := <-s.free
		defer func() { s.free <- i }()
		if i.controls == nil {
			continue
		}
		if _, err := i.controls.Providers(ctx); err != nil {
			return fmt.Errorf("事業者: %w\n%s", err, runProviders)
		}
	}
	return nil
}

// runProviders is what to do where the providers do not run.
const runProviders = "netanswer serve -only providers を起動し、providers の console にそのコンソールのアドレスを書いてください"

// Expected is for suite.Config: what the file says is known to fail.
func (s *Environment) Expected(sc runner.Scenario, driver string) (why, found string, known bool) {
	return s.target.Expects(sc.ID(), driver, s.today)
}

// Close sets the clocks to now and gives back what was claimed, once all has
// taken place, and tells what of the expected failures is wrong in itself: the
// last day is past, or there is no such scenario. Of a result that has no rules,
// as where the suite was not in order, nothing is told.
func (s *Environment) Close(ctx context.Context, result runner.Result) error {
	var err error
	if len(result.Rules) > 0 {
		for _, sentence := range s.target.Overdue(s.today, places(result)) {
			err = errors.Join(err, errors.New(sentence))
		}
	}
	for range s.Workers() {
		select {
		case i := <-s.free:
			err = errors.Join(err, s.give(context.WithoutCancel(ctx), i))
			defer func() { s.free <- i }()
		default: // a scenario that was left behind still has it
		}
	}
	return err
}

// give gives an instance back to whoever uses it besides.
func (s *Environment) give(ctx context.Context, i instance) error {
	var err error
	if i.Clock != nil {
		err = i.Clock.At(ctx, s.client, "clock", s.now())
	}
	if i.Providers.Claim != "" {
		err = errors.Join(err, i.controls.Delete(ctx, i.world))
	}
	return err
}

// places tells of all scenarios there are, tried or not. A run of a part counts that
// part only: then nobody can tell of a place that it is none.
func places(r runner.Result) func(at string) bool {
	if r.Scope != nil {
		return func(string) bool { return true }
	}
	all := map[string]bool{}
	for _, c := range r.Rules {
		for _, at := range c.Scenarios {
			all[at] = true
		}
	}
	return func(at string) bool { return all[at] }
}

// An instance is a copy of the implementation and the providers it sends by.
type instance struct {
	target.Instance
	controls *client.Client // nil where an adapter tells
	world    string         // that its messages arrive in
	inbox    inbox
}

// An inbox tells what arrived.
type inbox interface {
	Texts(ctx context.Context, world, phone string) ([]actor.Message, error)
	Mails(ctx context.Context, world, address string) ([]actor.Message, error)
	NextText(ctx context.Context, world, phone, after string) (actor.Message, error)
	NextMail(ctx context.Context, world, address, after string) (actor.Message, error)
}

func newInstance(c target.Instance, hc *http.Client) instance {
	i := instance{Instance: c, world: c.Providers.World + c.Providers.Claim}
	if c.Providers.Adapter != "" {
		i.inbox = adapter{target.Adapter{Base: c.Providers.Adapter, Client: hc}, map[string]bool{}}
		return i
	}
	i.controls = client.New(c.Providers.Console, client.WithToken(c.Providers.Token))
	i.inbox = actor.Providers{Controls: i.controls}
	return i
}

// Begin implements runner.Environment.
func (s *Environment) Begin(ctx context.Context, sc runner.Scenario, d driver.Driver) (context.Context, error) {
	if why := s.lacks(sc); why != "" {
		return ctx, fmt.Errorf("%w: %s", driver.ErrInapplicable, why)
	}
	var i instance
	select {
	case i = <-s.free:
	case <-ctx.Done():
		return ctx, context.Cause(ctx)
	}
	around := s.around(i)
	cast, err := s.pool.cast(s.cast, sc.Written())
	if err == nil {
		err = s.prepare(ctx, around, sc, cast)
	}
	if err != nil {
		s.free <- i
		return ctx, err
	}
	at := driver.World{Name: s.nameOf(sc, d), Base: i.address(d.Name()), Device: sc.Device()}
	if d.Name() == "api" {
		at.Name = i.world // the API is told the name
	}
	scene := s.scene(around, d, at, sc.InApp(), cast)
	return context.WithValue(actor.Enter(ctx, scene), aroundKey{}, around), nil
}

// around is what stands around an instance, of which nobody else makes use.
func (s *Environment) around(i instance) *around {
	return &around{inbox: i.inbox, instance: i, target: s.target, client: s.client, left: s.target.WaitUpTo, now: s.now}
}

// scene is where a scenario of the web, or of the app, takes place.
func (s *Environment) scene(around *around, d driver.Driver, at driver.World, app bool, cast map[string]actor.Person) *actor.Scene {
	return &actor.Scene{Driver: d, World: at, Around: around, Cast: cast, App: app, Words: s.words(app), Numbers: s.numbers()}
}

// address is where a driver begins.
func (i instance) address(driver string) string {
	switch driver {
	case "api":
		return i.API
	case "iphone", "android":
		return i.App
	}
	return i.Web
}

type aroundKey struct{}

// lacks tells why a scenario cannot be asked.
func (s *Environment) lacks(sc runner.Scenario) string {
	if sc.OfProvider() {
		return "事業者の約束は、実装ではなく netanswer のものです"
	}
	if sc.OfSandbox() {
		return "この製品の画面だけの約束です（@サンドボックス）"
	}
	if sc.OfAdvice() && !s.target.Advice {
		return "案内が画面の絵の外に書いている文です（@案内）。画面に示しているなら advice: true を書いてください"
	}
	var steps []string
	for _, step := range sc.Steps {
		steps = append(steps, step.Text)
		for _, row := range step.Rows {
			steps = append(steps, strings.Join(row, " | "))
		}
	}
	why, line := s.target.Lacks(sc.Rules, steps)
	if line != "" {
		why += "。たずねるには " + line
	}
	return why
}

// words tell whose the sentences of a scenario are.
func (s *Environment) words(app bool) actor.Words {
	return actor.Words{
		Foreign: true,
		Printed: func(sentence string) bool { return s.print.Has(sentence, app) },
		Own:     s.texts.own,
		Refusal: s.texts.refusal,
		Ours:    func(sentence string) bool { return s.texts.is(sentence) && !s.print.Has(sentence, app) },
		Mapped:  func(title string) bool { return s.target.Titles[title] != "" },
	}
}

// numbers are those of the assumed rules, as the implementation has them.
func (s *Environment) numbers() actor.Numbers {
	p, n := s.target.Policy, actor.SandboxNumbers
	n.EachPasscode = p.EachPasscode
	n.LookingUntold = p.Looking == nil
	n.AttemptsUntold = !s.target.Assumes["a-06"]
	n.ReissuesUntold = p.ReissueLimit == 0 && !s.target.Assumes["a-07"]
	n.Looking = p.Looking != nil && *p.Looking
	for _, of := range []struct {
		to   *int
		from int
	}{{&n.PasscodeAttempts, p.PasscodeAttempts}, {&n.PINAttempts, p.PINAttempts}, {&n.LoginAttempts, p.LoginAttempts},
		{&n.ReissueLimit, p.ReissueLimit}} {
		*of.to = cmp.Or(of.from, *of.to)
	}
	for _, of := range []struct{ to, from *time.Duration }{{&n.ReissueInterval, p.ReissueInterval}, {&n.LoginLock,
		p.LoginLock}, {&n.Idle, p.Idle}} {
		if of.from != nil {
			*of.to = *of.from
		}
	}
	return n
}

// Step implements runner.Stepper.
func (s *Environment) Step(ctx context.Context, expects bool) context.Context {
	if expects {
		return actor.Expecting(ctx)
	}
	return actor.Doing(ctx)
}

// Weigh implements runner.Weigher.
func (s *Environment) Weigh(ctx context.Context, err error) error {
	if around, ok := ctx.Value(aroundKey{}).(*around); ok {
		return around.weigh(err)
	}
	return err
}

// prepare puts an instance back, gives it a fresh world of the providers and
// sets both clocks.
func (s *Environment) prepare(ctx context.Context, to *around, sc runner.Scenario, cast map[string]actor.Person) error {
	i := to.instance
	if i.Reset != nil && i.Reset.Used == "" {
		if err := i.Reset.Run(ctx, s.client); err != nil {
			return err
		}
	}
	phones, addresses := recipients(cast, sc.Written())
	if told, ok := i.inbox.(adapter); ok {
		if err := told.look(ctx, phones, addresses); err != nil {
			return err
		}
	} else if err := i.freshWorld(ctx, s.now(), append(phones, addresses...)); err != nil {
		return fmt.Errorf("事業者のワールド %s を用意できません: %w", i.world, err)
	}
	if i.Clock == nil {
		return nil
	}
	return to.SetClock(ctx, "", actor.Opening)
}

// freshWorld empties the world of the providers.
func (i instance) freshWorld(ctx context.Context, now time.Time, receiving []string) error {
	if err := i.controls.Delete(ctx, i.world); err != nil {
		return err
	}
	if err := i.controls.Arrange(ctx, i.world, client.Setup{Clock: &client.ClockMove{Now: &now,
		Running: new(i.Clock == nil)}}); err != nil {
		return err
	}
	if i.Providers.Claim != "" {
		for _, r := range receiving {
			if err := i.controls.Claim(ctx, i.world, r); err != nil {
				return err
			}
		}
	}
	if i.Providers.Voice == "" {
		return nil
	}
	return i.controls.SetVoice(
		ctx,
		i.world,
		client.Voice{URL: i.Providers.Voice, AuthToken: i.Providers.VoiceToken, StatusCallback: i.Providers.CallEnded},
	)
}

// Evidence implements runner.Environment.
func (s *Environment) Evidence(ctx context.Context) []driver.Evidence {
	scene, err := actor.In(ctx)
	if err != nil {
		return nil
	}
	found := scene.Evidence(ctx)
	if i := ctx.Value(aroundKey{}).(*around).instance; i.controls != nil {
		found = append(found, actor.Received(ctx, i.controls, i.world)...)
	}
	return found
}

// End implements runner.Environment. The instance is free for the next scenario.
func (s *Environment) End(ctx context.Context, failed bool) error {
	scene, err := actor.In(ctx)
	if err != nil {
		return err
	}
	defer func() { s.free <- ctx.Value(aroundKey{}).(*around).instance }()
	if err = scene.Leave(); err == nil && !failed {
		err = scene.Idle()
	}
	return err
}

// nameOf is a name of its own for each scenario, by which a phone is chosen.
func (s *Environment) nameOf(sc runner.Scenario, d driver.Driver) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(sc.ID())) // a hash never fails
	return fmt.Sprintf("%s-%x-%d", d.Name(), h.Sum64(), sc.Repetition)
}
