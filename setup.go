package main

import (
	"context"
	"flag"
	"io"

	"example.com/netanswer/steps/provision"
)

// setupCommand is `netanswer setup`.
func setupCommand(ctx context.Context, args []string, out, errOut io.Writer) error {
	var options provision.Options
	set := flag.NewFlagSet("netanswer setup", flag.ContinueOnError)
	set.SetOutput(errOut)
	set.StringVar(&options.CacheDir, "cache", "", "folder of the browser driver (default: the user's cache)")
	if err := set.Parse(args); err != nil {
		return err
	}
	_, err := provision.Setup(ctx, out, options)
	return err
}
