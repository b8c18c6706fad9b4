package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/steps/runner"
)

// mergeCommand is `netanswer merge`.
func mergeCommand(_ context.Context, p Process, args []string) error {
	set := flag.NewFlagSet("netanswer merge", flag.ContinueOnError)
	set.SetOutput(p.Err)
	dir := set.String("out", "reports", "folder of the joined reports")
	set.Usage = func() {
		fmt.Fprintln(p.Err, "netanswer merge [-out DIR] DIR...: join the reports of shards and drivers") // as the package flag does
		set.PrintDefaults()
	}
	if err := set.Parse(args); err != nil {
		return err
	}
	rules, err := suite.EveryRule()
	if err != nil {
		return err
	}
	summary, annotate := p.github()
	result, err := runner.Merge{From: set.Args(), Rules: rules, Log: p.Out, Now: clock.Machine,
		Reports: runner.Reports{Dir: *dir, Summary: summary, Annotate: annotate}}.Run()
	switch {
	case err != nil:
		return err
	case result.Interrupted:
		return errors.New("a run was interrupted")
	case result.Count(runner.Failed) > 0:
		return fmt.Errorf("%d scenarios failed", result.Count(runner.Failed))
	case !result.OK():
		return errors.New("nothing was proved")
	}
	return nil
}
