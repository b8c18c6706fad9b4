package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

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
	return t, environment, maskSecrets(append(members, theirs...), others), err
}

// verifyTarget tries the scenarios against the implementation of a file. An
// expected failure that passes fails, and so does one past its last day.
func verifyTarget(ctx context.Context, v verification, log io.Writer) error {
	result, err := tryTarget(ctx, v, log)
	if err != nil {
		return err
	}
	return verdict(result)
}

func tryTarget(ctx context.Context, v verification, log io.Writer) (runner.Result, error) {
	scenarios, _, err := v.running.scenarios()
	if err != nil {
		return runner.Result{}, err
	}
	t, environment, mask, err := readTarget(v.target, scenarios)
	if err != nil {
		return runner.Result{}, err
	}
	if len(v.setup.Policy) > 0 || len(v.setup.Texts) > 0 {
		return runner.Result{}, errors.New("verify: -policy and -text change the sandbox, not a target")
	}
	if v.drivers == nil {
		v.drivers = t.Drivers()
	}
	for _, name := range v.drivers {
		if !slices.Contains(t.Drivers(), name) {
			return runner.Result{}, fmt.Errorf("verify: %s のためのアドレスが %s にありません（試せるのは %s）", name, v.target, strings.Join(t.Drivers(), "、"))
		}
	}
	if v.workers > environment.Workers() {
		return runner.Result{}, fmt.Errorf("verify: -workers %d: %s の instances は %d です", v.workers, v.target, environment.Workers())
	}
	if v.waiting = t.WaitUpTo; v.workers == 0 {
		v.workers = environment.Workers()
	}
	result, err := v.run(ctx, runner.Config{Environment: environment, Mask: mask, Expected: environment.Expected}, external.Foreign(t), log)
	return result, errors.Join(err, environment.Close(ctx, result))
}

// doctorCommand is `netanswer verify doctor`.
func doctorCommand(ctx context.Context, args []string, out, errOut io.Writer) error {
	set := flag.NewFlagSet("netanswer verify doctor", flag.ContinueOnError)
	set.SetOutput(errOut)
	file := set.String("target", "target.yaml", "what there is to know of the implementation")
	if err := set.Parse(args); err != nil {
		return err
	}
	if set.NArg() > 0 {
		return fmt.Errorf("verify doctor: unknown argument %q", set.Arg(0))
	}
	t, environment, mask, err := readTarget(*file, features)
	if err != nil {
		return err
	}
	wrong := environment.Examine(ctx, out, mask, func() (driver.Driver, error) { return openDriver("pc", browser.Config{Foreign: external.Foreign(t)}) })
	if wrong > 0 {
		return fmt.Errorf("verify doctor: %d 件の問題があります", wrong)
	}
	return nil
}
