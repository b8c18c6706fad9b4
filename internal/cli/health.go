package cli

import (
	"context"
	"fmt"
	"time"

	"example.com/netanswer/internal/suite"
)

// defaultConsole is where serve puts the console.
const defaultConsole = "127.0.0.1:8090"

// healthCommand is `netanswer health`: nil where a sandbox answers at the
// console's address, and takes the control token if there is one. It reads the
// two variables that serve reads, so that a container's health check needs no
// arguments.
func healthCommand(ctx context.Context, p Process, args []string) error {
	var at console
	set := p.settings("health", args)
	timeout := set.Duration("timeout", 3*time.Second, "how long it may take to answer")
	if err := at.parse(set, args, p.Environ); err != nil {
		return err
	}
	controls, url, err := at.client()
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, *timeout)
	defer cancel()
	if err = controls.Healthy(ctx); err == nil && at.token != "" {
		err = suite.TakesToken(ctx, controls)
	}
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	_, err = fmt.Fprintf(p.Out, p.languageOf(args).Of("%s: 正常です\n", "%s: healthy\n"), url)
	return err
}
