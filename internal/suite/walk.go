package suite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/model"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/walk"
)

// Walks goes walks as Options.Walks says, against what they name, and tells what it
// found. It is an error where a walk saw something else than the model says.
func Walks(ctx context.Context, o Options, out, errOut io.Writer) ([]walk.Result, error) {
	if o.Seed == 0 {
		o.Seed = clock.Machine().UnixNano()
	}
	if o.Target != "" {
		return walksOnTarget(ctx, o, out)
	}
	if o.Endpoints.elsewhere() {
		if err := o.Endpoints.open(ctx); err != nil {
			return nil, err
		}
		return walksAt(ctx, o.Endpoints, o, out)
	}
	s, err := server.Start(server.EphemeralConfig(), slog.New(slog.NewTextHandler(errOut, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return nil, err
	}
	results, err := WalksOn(ctx, s, o, out)
	return results, errors.Join(err, s.Stop())
}

// WalksOn goes walks against a sandbox of this process.
func WalksOn(ctx context.Context, s *server.Sandbox, o Options, out io.Writer) ([]walk.Result, error) {
	return walksAt(ctx, Endpoints{Member: s.MemberURL, Console: s.ConsoleURL}, o, out)
}

func walksAt(ctx context.Context, e Endpoints, o Options, out io.Writer) (results []walk.Result, err error) {
	place, err := NewEnvironment(ctx, e, "w"+strconv.FormatInt(clock.Machine().UnixMilli(), 36), o.Setup)
	if err != nil {
		return nil, err
	}
	names := o.Drivers
	if names == nil {
		names = []string{"api"}
	}
	drivers, err := OpenDrivers(names, browser.Config{Browser: through(o.Engine), Server: o.Browser})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, CloseDrivers(drivers)) }()
	m, err := modelOf(place.members)
	if err != nil {
		return nil, err
	}
	mask := MaskSecrets(place.members, nil)
	for _, d := range drivers {
		c := &walk.Config{
			Book:        walkBook(),
			Model:       m,
			Environment: place,
			Driver:      d,
			Seed:        uint64(o.Seed),
			Walks:       o.Walks,
			Workers:     o.Workers,
			Limit:       ScenarioLimit,
			Kind:        ownKind(d.Name()),
			Now:         clock.Machine,
		}
		if c.Workers == 0 {
			c.Workers = 4
			if d.Name() != "api" {
				c.Workers = 2
			}
		}
		r, err := walk.Run(ctx, c)
		results = append(results, r)
		if err := errors.Join(err, tellWalks(r, d, o, mask, out)); err != nil {
			return results, err
		}
	}
	return results, WalkVerdict(results)
}

// WalkVerdict is an error where a walk saw something else than the model says.
func WalkVerdict(results []walk.Result) error {
	failed, gone := 0, 0
	for _, r := range results {
		failed, gone = failed+len(r.Failures), gone+r.Steps
	}
	switch {
	case failed > 0:
		return fmt.Errorf("%d walks saw something else than the guide says", failed)
	case gone == 0:
		return errors.New("no walk has gone a step")
	}
	return nil
}

// tellWalks writes a result out, and what shows a failure into the folder of reports.
func tellWalks(r walk.Result, d driver.Driver, o Options, mask func(string) string, out io.Writer) error {
	if out == nil {
		return nil
	}
	masked := writer{out, mask}
	if err := r.Write(masked, o.Language, channels(d.Name())...); err != nil {
		return err
	}
	for _, f := range r.Failures {
		if o.Out == "" {
			continue
		}
		dir := filepath.Join(o.Out, "walks", fmt.Sprintf("%s-%d", f.Driver, f.Walk.Seed))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		files := append(
			[]driver.Evidence{
				{Name: "scenario.feature.txt", Media: "text/plain; charset=utf-8", Bytes: []byte(f.Told + "\n# " + f.Err + "\n")},
			},
			f.Evidence...)
		for _, e := range files {
			if e.Media == "text/plain; charset=utf-8" {
				e.Bytes = []byte(mask(string(e.Bytes)))
			}
			if err := os.WriteFile(filepath.Join(dir, filepath.Base(e.Name)), e.Bytes, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// A writer hides secrets in what is written.
type writer struct {
	to   io.Writer
	mask func(string) string
}

func (w writer) Write(p []byte) (int, error) {
	_, err := io.WriteString(w.to, w.mask(string(p)))
	return len(p), err
}

// channels are those that a driver has: the app is true.
func channels(driver string) []bool {
	switch driver {
	case "api":
		return []bool{false, true}
	case "iphone", "android":
		return []bool{true}
	}
	return []bool{false}
}

// ownKind is what walks may do in the sandbox, by driver.
func ownKind(name string) func(uint64) walk.Kind {
	k := walk.Kind{Clock: true, Policy: true, Faults: true, Calls: true, Issuer: true, Screen: name != "api"}
	return func(seed uint64) walk.Kind {
		switch name {
		case "api":
			if k := k; seed%2 == 1 {
				k.App, k.Device = true, []string{"iphone", "android"}[seed/2%2]
				return k
			}
		case "iphone", "android":
			k.App, k.Device = true, name
		}
		return k
	}
}

// walkBook is the steps by which walks are told.
func walkBook() *walk.Book {
	return walk.NewBook(func(to runner.Definitions) { steps.Define(to) })
}

// modelOf is what the oracle knows of the fixtures' members.
func modelOf(members []fixtures.Member) (model.Config, error) {
	policy, err := model.DefaultPolicy()
	if err != nil {
		return model.Config{}, err
	}
	texts, err := fixtures.Texts()
	if err != nil {
		return model.Config{}, err
	}
	c := model.Config{Policy: policy, Texts: map[string]string{}, Now: actor.Opening, Installing: 10 * time.Second}
	for _, t := range texts {
		c.Texts[t.ID] = t.Text
	}
	cast := external.CastOf(members)
	for _, m := range members {
		p := cast[m.Called]
		c.People = append(
			c.People,
			model.Person{
				Called:   m.Called,
				Name:     m.Name,
				Birth:    m.BirthDate,
				Phone:    m.Phone,
				Email:    m.Email,
				Cards:    m.Cards,
				ID:       p.ID,
				Password: p.Password,
			},
		)
	}
	return c, nil
}
