// Netanswer is a sandbox for the new registration of a Japanese card company's
// internet service, and the suite of Japanese scenarios that proves every
// documented rule of it. It is for tests only.
package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"example.com/netanswer/internal/cli"
)

// legal has to go with every copy of the binary: netanswer version -licences prints it.
//
//go:embed LICENSE NOTICE
var legal embed.FS

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	if !signal.Ignored(syscall.SIGHUP) { // as nohup does
		closed := make(chan os.Signal, 1)
		signal.Notify(closed, syscall.SIGHUP) // the terminal is closed: what -save keeps is kept
		go func() { <-closed; hangUp() }()    // the kernel tells, and the shell again: that is no second interrupt
	}
	signal.Ignore(syscall.SIGPIPE) // whoever reads no further, like head, ends no run before its reports are written
	context.AfterFunc(ctx, stop)   // a second interrupt ends the process at once
	process := cli.Process{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Environ: os.Environ(), Legal: legal}
	if err := cli.Run(ctx, process, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		var unread *fs.PathError
		if !errors.As(err, &unread) || !errors.Is(unread, syscall.EPIPE) { // else nobody reads
			fmt.Fprintln(os.Stderr, "netanswer:", err)
		}
		os.Exit(1)
	}
}
