package suite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
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
	"example.com/netanswer/steps/target"
)

// readTarget reads a target.yaml, and returns the place that it tells of and
// what hides its secrets.
func readTarget(file string, scenarios fs.FS) (target.Target, *external.Environment, func(string) string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return target.Target{}, nil, nil, err
	}
	t, err := target.Read(file, data, os.LookupEnv)
	if err != nil {
		return t, nil, nil, err
	}
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

func tryTarget(ctx context.Context, v Options, log io.Writer) (runner.Result, error) {
	scenarios, _, err := v.scenarios()
	if err != nil {
		return runner.Result{}, err
	}
	t, environment, mask, err := readTarget(v.Target, scenarios)
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
	result, err := v.run(ctx, runner.Config{Environment: environment, Mask: mask, Expected: environment.Expected}, external.Foreign(t), log)
	return result, errors.Join(err, environment.Close(ctx, result))
}

// Examine tries what a target.yaml names, tells it in words, and returns how
// many problems there are.
func Examine(ctx context.Context, file string, out io.Writer) (wrong int, err error) {
	t, environment, mask, err := readTarget(file, features.Files)
	if err != nil {
		return 0, err
	}
	return environment.Examine(ctx, out, mask, func() (driver.Driver, error) { return OpenDriver("pc", browser.Config{Foreign: external.Foreign(t)}) }), nil
}
