package suite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"example.com/netanswer/features"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
	"example.com/netanswer/steps/target"
)

// ProfileGuide asks of a target only what the guide documents.
const ProfileGuide = "guide"

// readTarget reads a target.yaml, of which the assumed rules are left out where
// the profile is that of the guide, and returns the place that it tells of and
// what hides its secrets.
func readTarget(file string, scenarios fs.FS, profile string) (target.Target, *external.Environment, func(string) string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return target.Target{}, nil, nil, err
	}
	t, err := target.Read(file, data, os.LookupEnv)
	if err != nil {
		return t, nil, nil, err
	}
	if err := knownRules(file, t); err != nil {
		return t, nil, nil, err
	}
	t.GuideOnly = profile == ProfileGuide
	environment, err := external.New(t, clock.Machine)
	if err == nil {
		err = environment.Misspelt(scenarios)
	}
	if err != nil {
		return t, nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	members, _, err := fixtures.Members()
	theirs, others := external.Secrets(t)
	return t, environment, MaskSecrets(append(members, theirs...), others), err
}

// knownRules is an error where a target.yaml speaks of rules that the register has not:
// nobody would notice that nothing follows from it.
func knownRules(file string, t target.Target) error {
	rules, err := fixtures.Rules()
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(t.Assumes)) {
		if !slices.ContainsFunc(rules, func(r fixtures.Rule) bool { return r.ID == id }) {
			return fmt.Errorf("%s: assumes の「%s」は、規則の一覧にありません", file, id)
		}
	}
	for _, w := range t.Without {
		if !slices.ContainsFunc(rules, func(r fixtures.Rule) bool { return r.ID == w.Rule || strings.HasPrefix(r.ID, w.Rule+"-") }) {
			return fmt.Errorf("%s: without の「%s」は、規則の一覧にありません", file, w.Rule)
		}
	}
	return nil
}

func tryTarget(ctx context.Context, v Options, log io.Writer) (runner.Result, error) {
	scenarios, _, err := v.scenarios()
	if err != nil {
		return runner.Result{}, err
	}
	t, environment, mask, err := readTarget(v.Target, scenarios, v.Profile)
	if err != nil {
		return runner.Result{}, err
	}
	if len(v.Setup.Policy)+len(v.Setup.Texts)+len(v.Setup.Defects) > 0 {
		return runner.Result{}, errors.New("verify: -policy, -text and -defect change the sandbox, not a target")
	}
	if v.Drivers == nil {
		v.Drivers = t.Drivers()
	}
	for _, name := range v.Drivers {
		if !slices.Contains(t.Drivers(), name) {
			return runner.Result{}, fmt.Errorf("verify: %s のためのアドレスが %s にありません（試せるのは %s）", name, v.Target, strings.Join(t.Drivers(), "、"))
		}
	}
	if v.Workers > environment.Workers() {
		return runner.Result{}, fmt.Errorf("verify: -workers %d: %s の instances は %d です", v.Workers, v.Target, environment.Workers())
	}
	if v.Waiting = t.WaitUpTo; v.Workers == 0 {
		v.Workers = environment.Workers()
	}
	if err := environment.Ready(ctx); err != nil {
		return runner.Result{}, err
	}
	result, err := v.run(ctx, runner.Config{Environment: environment, Mask: mask, Expected: environment.Expected}, external.Foreign(t), log)
	err = errors.Join(err, environment.Close(ctx, result))
	if v.Accept && err == nil {
		err = acceptFailures(v.Target, t, result, log)
	}
	return result, err
}

// acceptFailures keeps in the target's file what was found of the expected failures.
func acceptFailures(file string, t target.Target, result runner.Result, log io.Writer) error {
	found := map[int]string{}
	for _, o := range result.Outcomes {
		if i := t.ExpectedAt(o.ID(), o.Driver); i >= 0 && o.Found != "" {
			found[i] = o.Found
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text, n, err := target.Accept(data, found)
	if err != nil || n == 0 {
		return err
	}
	if _, err := fmt.Fprintf(log, "%s の expected_failures %d件に、見たもの（found）を書きました\n", file, n); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

// Examine tries what a target.yaml names, and a whole registration by it, tells it in words, and returns how
// many problems there are.
func Examine(ctx context.Context, file string, rounds bool, l say.Language, out io.Writer) (wrong int, err error) {
	t, environment, mask, err := readTarget(file, features.Files, "")
	if err != nil {
		return 0, err
	}
	plain := func(text string) string { return say.Plain(mask(text)) } // what a page says is told too
	return environment.Examine(ctx, out, plain, rounds, l, func(name string) (driver.Driver, error) {
		return OpenDriver(name, browser.Config{Foreign: external.Foreign(t)})
	}), nil
}
