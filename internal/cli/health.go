package cli

import (
	"context"
	"fmt"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/internal/settings"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/sandbox/server"
)

// defaultConsole is where serve puts the console.
const defaultConsole = "127.0.0.1:8090"

// healthCommand is `netanswer health`: nil where a sandbox answers at the
// console's address, and takes the control token if there is one. It reads the
// two variables that serve reads, so that a container's health check needs no
// arguments.
func healthCommand(ctx context.Context, p Process, args []string) error {
	var address, token string
	set := settings.New("health", p.Err)
	set.StringVar(&address, "console", defaultConsole, "address of the console and control API, as serve was given it")
	set.StringVar(&token, "control-token", "", "its control token, \"\" for none")
	timeout := set.Duration("timeout", 3*time.Second, "how long it may take to answer")
	if err := set.Parse(args, p.Environ, "console", "control-token"); err != nil {
		return err
	}
	url, err := server.Reachable(address)
	if err != nil {
		return fmt.Errorf("health: console: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, *timeout)
	defer cancel()
	controls := client.New(url, client.WithToken(token))
	if err = controls.Healthy(ctx); err == nil && token != "" {
		err = suite.TakesToken(ctx, controls)
	}
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	_, err = fmt.Fprintf(p.Out, "%s: healthy\n", url)
	return err
}
