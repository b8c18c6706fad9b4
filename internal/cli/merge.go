package cli

import (
	"context"
	"errors"
	"fmt"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/steps/report"
	"example.com/netanswer/steps/runner"
)

// mergeCommand is `netanswer merge`.
func mergeCommand(ctx context.Context, p Process, args []string) error {
	set := p.settings("merge", args)
	var g page
	var history string
	dir := set.String("out", "reports", "folder of the joined reports")
	g.language = p.languageOf(args)
	g.flags(set, &history)
	var folders []string
	set.Words(&folders)
	if err := set.Parse(args, nil); err != nil {
		return err
	}
	rules, err := suite.EveryRule()
	if err != nil {
		return err
	}
	summary, annotate := p.github()
	result, err := runner.Merge{From: folders, Rules: rules, Log: p.Out, Now: clock.Machine, Language: g.language,
		Reports: runner.Reports{
			Dir:      *dir,
			Summary:  summary,
			Annotate: annotate,
			Page:     report.Page{Language: g.language, History: history}.Write,
		}}.Run()
	g.dir = *dir
	if len(result.Outcomes) > 0 {
		err = errors.Join(err, g.show(ctx, p.Out))
	}
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
