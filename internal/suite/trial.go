package suite

import (
	"context"
	"errors"
	"strconv"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/api"
	"example.com/netanswer/steps/model"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/walk"
)

// A Trial tries single scenarios and walks through the API, one at a time and at no
// more cost than their own: what tries thousands of changes uses it.
type Trial struct {
	Scenarios []runner.Scenario

	place  Environment
	driver driver.Driver
	book   *walk.Book
	model  model.Config
	done   int
	limit  time.Duration
}

// NewTrial is a trial of a sandbox of this process. A scenario or walk that takes
// longer than limit has failed.
func NewTrial(ctx context.Context, s *server.Sandbox, limit time.Duration) (*Trial, error) {
	place, err := NewEnvironment(
		ctx,
		Endpoints{Member: s.MemberURL, Console: s.ConsoleURL},
		"t"+strconv.FormatInt(clock.Machine().UnixMilli(), 36),
		client.Setup{},
	)
	if err != nil {
		return nil, err
	}
	cfg, err := Config(Options{Seed: 1})
	if err != nil {
		return nil, err
	}
	t := &Trial{place: place, driver: api.New(), book: walkBook(), limit: limit}
	cfg.Drivers, cfg.Environment = []driver.Driver{t.driver}, place
	plan, err := runner.Prepare(cfg)
	if err != nil {
		return nil, err
	}
	t.Scenarios = plan.For(t.driver.Name())
	t.model, err = modelOf(place.members)
	return t, err
}

// Try tries a scenario, by its number.
func (t *Trial) Try(ctx context.Context, number int) (err error) {
	ctx, cancel := context.WithTimeout(ctx, t.limit)
	defer cancel()
	sc := t.Scenarios[number]
	t.done++
	sc.Repetition = t.done
	in, err := t.place.Begin(ctx, sc, t.driver)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.place.End(context.WithoutCancel(in), false)) }()
	for _, step := range sc.Steps {
		if err := t.book.Do(in, model.Line{Text: step.Text, Rows: step.Rows, Doc: step.Doc}); err != nil {
			return err
		}
	}
	return nil
}

// Walk goes the walk of a seed, and returns what it saw otherwise, nil for nothing.
func (t *Trial) Walk(ctx context.Context, seed uint64) (*walk.Failure, error) {
	c := &walk.Config{
		Book:        t.book,
		Model:       t.model,
		Environment: t.place,
		Driver:      t.driver,
		Kind:        ownKind(t.driver.Name()),
		Now:         clock.Machine,
		Limit:       t.limit,
	}
	return c.Once(ctx, seed)
}
