package cli

import (
	"context"
	"errors"
	"flag"

	"example.com/netanswer/steps/provision"
)

// setupCommand is `netanswer setup`.
func setupCommand(ctx context.Context, p Process, args []string) error {
	var options provision.Options
	set := flag.NewFlagSet("netanswer setup", flag.ContinueOnError)
	set.SetOutput(p.Err)
	set.StringVar(&options.CacheDir, "cache", "", "folder of the browser driver (default: the user's cache)")
	if err := set.Parse(args); err != nil {
		return err
	}
	_, browser := provision.Setup(ctx, p.Out, options)
	_, clients := provision.SetupClients(ctx, p.Out, options)
	_, wireMock := provision.SetupWireMock(ctx, p.Out, options)
	_, engine := provision.SetupEngine(ctx, p.Out, options)
	return errors.Join(browser, clients, wireMock, engine)
}
