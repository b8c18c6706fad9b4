// Slowest runs a go test and remembers where its time went. What it prints is what
// go test prints, and its exit status is that of go test.
//
//	slowest -to FILE -- go test ./...
//	slowest -to FILE -tell reports/durations.json -- go test ./...
//
// The second also tells, of all the runs in FILE and before its own last lines,
// which packages, tests and scenarios were the slowest, and how its own failed
// tests began.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"

	"example.com/netanswer/mocks/clock"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		os.Exit(max(failed.ExitCode(), 1)) // -1 where it was ended by a signal
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "slowest:", err)
		os.Exit(2)
	}
}

// inTurn lets one write after the other.
type inTurn struct {
	turn *sync.Mutex
	to   io.Writer
}

func (w inTurn) Write(p []byte) (int, error) {
	w.turn.Lock()
	defer w.turn.Unlock()
	return w.to.Write(p)
}

// run runs a go test, and returns an *exec.ExitError where it fails.
func run(ctx context.Context, args []string, out, errOut io.Writer) error {
	flags := flag.NewFlagSet("slowest", flag.ContinueOnError)
	to := flags.String("to", "", "file of the times, to which this run's are added")
	tell := flags.String("tell", "", "tell what was slowest, of scenarios by these durations.json, with commas")
	if err := flags.Parse(args); err != nil {
		return err
	}
	line := flags.Args()
	if len(line) < 2 || line[1] != "test" || *to == "" {
		return errors.New("want -to FILE -- go test …")
	}
	var turn sync.Mutex // go test's own words come meanwhile, maybe to the same place
	out, errOut = inTurn{&turn, out}, inTurn{&turn, errOut}
	r := reader{out: out, errOut: errOut, held: *tell != ""}
	began := clock.Machine()
	cmd := exec.CommandContext(ctx, line[0], slices.Insert(slices.Clone(line[1:]), 1, "-json")...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Stderr = errOut
	events, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	err = r.read(events)
	verdict := cmd.Wait()
	spent := times{Command: strings.Join(line, " "), Wall: clock.Machine().Sub(began).Seconds(), Tests: r.tests}
	if s := cmd.ProcessState; s != nil {
		spent.Processor = (s.UserTime() + s.SystemTime()).Seconds()
	}
	// What the times are of no use for must not change the verdict.
	told := spent.add(*to)
	if told == nil && *tell != "" {
		told = errors.Join(tellAll(out, *to, strings.Split(*tell, ",")), tellFailed(out, r.failed))
	}
	if told != nil {
		fmt.Fprintln(errOut, "slowest:", told)
	}
	return errors.Join(verdict, err, r.end(verdict != nil))
}
