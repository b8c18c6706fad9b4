package main

import (
	"context"
	"errors"
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
	_, browser := provision.Setup(ctx, out, options)
	_, clients := provision.SetupClients(ctx, out, options)
	_, wireMock := provision.SetupWireMock(ctx, out, options)
	_, engine := provision.SetupEngine(ctx, out, options)
	return errors.Join(browser, clients, wireMock, engine)
}
