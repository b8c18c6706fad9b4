package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/sandbox/server"
)

// qualifyCommand is `netanswer qualify`: mutation testing of the scenarios.
func qualifyCommand(ctx context.Context, p Process, args []string) error {
	q, dir, err := readQualification(p, args)
	if err != nil {
		return err
	}
	s, err := server.Start(server.EphemeralConfig(), nil)
	if err != nil {
		return err
	}
	report, err := suite.Qualify(ctx, s, q, p.Out)
	err = errors.Join(err, s.Stop())
	if len(report.Cells) > 0 {
		err = errors.Join(err, report.Write(dir), report.Table(p.Out))
	}
	if err == nil && !report.OK() {
		err = fmt.Errorf("%d survivors, %d changes that break everything", len(report.Survivors()), len(report.Broad))
	}
	return err
}

func readQualification(p Process, args []string) (q suite.Qualification, dir string, err error) {
	var drivers, kinds, rules, changes settings.List
	set := p.settings("qualify", args)
	set.Var(&drivers, "driver", "api, pc, sp, iphone or android; may be repeated (default api)")
	set.Var(&kinds, "kind", "value, sentence or behaviour; may be repeated (default all)")
	set.Var(&rules, "rule", "only what breaks this rule, like p34-7, or a rule of this page, like p34; may be repeated")
	set.Var(&changes, "change", "only this defect, value (passcode_digits=5) or sentence (confirm.heading); may be repeated")
	engineFlag(set, &q.Engine)
	set.StringVar(&dir, "out", "reports", "folder of qualify.json and qualify.md")
	set.DurationVar(&q.Timeout, "timeout", 4*time.Second, "how long a person at a broken screen waits for one thing")
	set.IntVar(&q.Sample, "sample", 0, "scenarios of other rules that are tried with each change (default 6, with a browser 2)")
	if err := set.Parse(args, nil); err != nil {
		return q, dir, err
	}
	if q.Drivers = drivers; len(drivers) == 0 {
		q.Drivers = []string{"api"}
	}
	q.Kinds, q.Rules, q.Changes, q.Language = kinds, rules, changes, p.languageOf(args)
	return q, dir, nil
}
