package cli

import (
	"cmp"
	"context"
	"fmt"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
)

// again tries the scenarios, and again what a change concerns, until it is interrupted.
func (o verification) again(ctx context.Context, p Process) error {
	var err error // of telling
	try := func(now suite.Options) (runner.Result, error) {
		result, broken := suite.Verify(ctx, now, p.Out, p.Err)
		told := broken
		if told == nil {
			told = suite.Verdict(result)
		}
		if told != nil && ctx.Err() == nil {
			_, err = fmt.Fprintln(p.Err, o.Language.Translate(told.Error()))
		}
		return result, broken
	}
	waiting := func() {
		_, err = fmt.Fprintln(p.Out, o.Language.Of("\n変更を待っています。終えるには Ctrl-C を押してください", "\nwaiting for a change; Ctrl-C ends it"))
	}
	return cmp.Or(suite.Watch(ctx, o.Options, try, waiting), err)
}
