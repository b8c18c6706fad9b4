// Setup finds or installs what the tests of this repository need: the browser,
// and what test/provision provides. It writes a line for each thing.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	browser "example.com/netanswer/steps/provision"
	"example.com/netanswer/test/provision"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	_, err := browser.Setup(ctx, os.Stdout, browser.Options{})
	if err = errors.Join(err, provision.Setup(ctx, os.Stdout, provision.Options{})); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
