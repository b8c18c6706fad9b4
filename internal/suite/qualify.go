package suite

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/qualify"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
)

// A Qualification says in which ways the sandbox is broken, and by which drivers
// the scenarios try it.
type Qualification struct {
	Drivers []string
	Kinds   []string      // value, sentence or behaviour; none: all
	Rules   []string      // only what breaks one of these; none: all
	Changes []string      // only these, by name; none: all
	Engine  string        // of the browser: chromium, firefox or webkit; "" for chromium
	Timeout time.Duration // how long a person at a broken screen waits for one thing
	Sample  int           // scenarios of other rules that are tried with each change

	Language say.Language // in which all is told; "" for Japanese
}

// Qualify breaks a sandbox of this process in every way that was asked for, one
// at a time, and returns which scenarios noticed.
func Qualify(ctx context.Context, s *server.Sandbox, q Qualification, log io.Writer) (report qualify.Report, err error) {
	controls := client.New(s.ConsoleURL)
	changes, err := changesFor(ctx, controls, q)
	if err != nil {
		return report, err
	}
	return QualifyChanges(ctx, s, q, changes, log)
}

// QualifyChanges breaks a sandbox of this process in each of these ways.
func QualifyChanges(
	ctx context.Context,
	s *server.Sandbox,
	q Qualification,
	changes []qualify.Change,
	log io.Writer,
) (report qualify.Report, err error) {
	cfg, err := Config(Options{Seed: 1})
	if err != nil {
		return report, err
	}
	members, _, err := fixtures.Members()
	if err != nil {
		return report, err
	}
	cfg.Mask, cfg.UnusedAllowed = MaskSecrets(members, nil), true
	drivers, err := OpenDrivers(q.Drivers, browser.Config{Browser: through(q.Engine), Timeout: q.Timeout})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, CloseDrivers(drivers)) }()
	// A world's name is in the two-dimensional code that a phone reads: short ones are read better.
	run := "q" + strconv.FormatInt(clock.Machine().UnixMilli(), 36)
	place, err := NewEnvironment(ctx, Endpoints{Member: s.MemberURL, Console: s.ConsoleURL}, run, client.Setup{})
	if err != nil {
		return report, err
	}
	return qualify.Run(ctx, qualify.Config{Suite: cfg, Drivers: drivers, Changes: changes, Sample: q.Sample, Log: log, Language: q.Language,
		Environment: func(trial int, setup client.Setup) runner.Environment {
			return place.with(run+"-"+strconv.Itoa(trial), setup)
		},
	})
}

// changesFor are the changes that were asked for.
func changesFor(ctx context.Context, controls *client.Client, q Qualification) ([]qualify.Change, error) {
	policy, err := controls.Policy(ctx, "default")
	if err != nil {
		return nil, err
	}
	values, err := qualify.Values(policy)
	if err != nil {
		return nil, err
	}
	texts, err := fixtures.Texts()
	if err != nil {
		return nil, err
	}
	defects, err := controls.Defects(ctx)
	if err != nil {
		return nil, err
	}
	sentences, _ := qualify.Sentences(texts)
	wanted := func(asked []string, given ...string) bool {
		return len(asked) == 0 || slices.ContainsFunc(asked, func(a string) bool {
			return slices.ContainsFunc(given, func(g string) bool { return g == a || strings.HasPrefix(g, a+"-") && a[0] == 'p' })
		})
	}
	all := slices.DeleteFunc(slices.Concat(qualify.Behaviours(defects), values, sentences), func(c qualify.Change) bool {
		return !wanted(q.Kinds, c.Kind) || !wanted(q.Rules, c.Rules...) || len(q.Changes) > 0 && !slices.Contains(q.Changes, c.Name)
	})
	if len(all) == 0 {
		return nil, errors.New("qualify: nothing selected")
	}
	return all, nil
}
