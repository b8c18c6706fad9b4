package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"example.com/netanswer/client"
)

// defaultConsole is where serve puts the console.
const defaultConsole = "127.0.0.1:8090"

// healthCommand is `netanswer health`: nil where a sandbox answers at the
// console's address, and takes the control token if there is one. It reads the
// two variables that serve reads, so that a container's health check needs no
// arguments.
func healthCommand(ctx context.Context, args, environ []string, out, errOut io.Writer) error {
	address, token := defaultConsole, ""
	for variable, into := range map[string]*string{variablePrefix + "CONSOLE=": &address, variablePrefix + "CONTROL_TOKEN=": &token} {
		for _, pair := range environ {
			if value, ok := strings.CutPrefix(pair, variable); ok {
				*into = value
			}
		}
	}
	set := flag.NewFlagSet("netanswer health", flag.ContinueOnError)
	set.SetOutput(errOut)
	set.StringVar(&address, "console", address, "address of the console and control API, as serve was given it")
	set.StringVar(&token, "control-token", token, "its control token, \"\" for none")
	timeout := set.Duration("timeout", 3*time.Second, "how long it may take to answer")
	if err := set.Parse(args); err != nil {
		return err
	}
	if set.NArg() > 0 {
		return fmt.Errorf("health: unknown argument %q", set.Arg(0))
	}
	url, err := reachable(address)
	if err != nil {
		return fmt.Errorf("health: console: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, *timeout)
	defer cancel()
	controls := client.New(url, client.WithToken(token))
	if err = controls.Healthy(ctx); err == nil && token != "" {
		err = takesToken(ctx, controls)
	}
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	_, err = fmt.Fprintf(out, "%s: healthy\n", url)
	return err
}

// takesToken asks whether a sandbox takes the client's token.
func takesToken(ctx context.Context, c *client.Client) error {
	_, err := c.Bounds(ctx) // which, unlike its health, is told to the token only
	var problem *client.Problem
	if errors.As(err, &problem) && problem.Status == http.StatusUnauthorized {
		return errors.New("the sandbox does not take this control token")
	}
	return err
}

// reachable is the URL of what listens at an address, for somebody on the same
// machine: one that listens everywhere is found on loopback.
func reachable(address string) (string, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port), nil
}
