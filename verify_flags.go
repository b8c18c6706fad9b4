package main

import (
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"golang.org/x/term"

	"example.com/netanswer/steps/runner"
)

// running says how scenarios are run and reported.
type running struct {
	features   string // a folder of a team's own scenarios; "" for the embedded ones
	lastFailed bool
	shard      runner.Shard
	durations  runner.Durations
	repeat     int
	limit      time.Duration
	trace      bool        // browsers record what they do
	changes    [][2]string // what was changed in every world: the flag and its value

	live     bool   // the output is a terminal
	summary  string // file of GitHub's summary
	annotate bool   // GitHub's runner reads the output
}

func (r *running) flags(set *flag.FlagSet) {
	set.StringVar(&r.features, "features", "", "folder of scenarios of your own, tried with these steps (default: the embedded ones)")
	set.BoolVar(&r.lastFailed, "last-failed", false, "only what failed in the run whose reports are in -out")
	set.Func("shard", "i/n: one of n parts that together are all of it", func(text string) (err error) {
		r.shard, err = runner.ParseShard(text)
		return err
	})
	set.Func("durations", "durations.json of an earlier run, or its folder, to balance the shards by: the same for all of them", func(name string) (err error) {
		r.durations, err = runner.ReadDurations(name)
		return err
	})
	set.IntVar(&r.repeat, "repeat", 1, "how often each scenario is tried")
	set.BoolVar(&r.trace, "trace", false, "keep Playwright's trace of a failing scenario as trace.zip, secrets taken out; browsers are about a quarter slower")
	set.DurationVar(&r.limit, "limit", scenarioLimit, "time limit of a scenario, by the machine's clock")
}

// lookBack reads what the run before has left, before this one overwrites it.
func (v *verification) lookBack() (err error) {
	switch {
	case v.running.repeat < 1:
		return fmt.Errorf("verify: -repeat %d: want 1 or more", v.running.repeat)
	case v.running.limit <= 0:
		return fmt.Errorf("verify: -limit %v: want more than nothing", v.running.limit)
	case !v.running.lastFailed:
		return nil
	}
	if v.choose.Failed, err = runner.LastFailed(v.out); err != nil {
		return fmt.Errorf("verify -last-failed: %w", err)
	}
	return nil
}

// about finds out what reads the output: a terminal, or GitHub's runner, of
// whose variables this is told.
func (r *running) about(out io.Writer) {
	if file, ok := out.(*os.File); ok && os.Getenv("CI") == "" && os.Getenv("TERM") != "dumb" {
		r.live = term.IsTerminal(int(file.Fd()))
	}
	r.summary, r.annotate = github()
}

// github is what GitHub's runner asks for, if it is there.
func github() (summary string, annotate bool) {
	return os.Getenv("GITHUB_STEP_SUMMARY"), os.Getenv("GITHUB_ACTIONS") == "true"
}

// scenarios are the features to be tried and the folder shown before their names.
func (r *running) scenarios() (fs.FS, string, error) {
	if r.features == "" {
		embedded, err := fs.Sub(features, "features")
		return embedded, "features", err
	}
	if info, err := os.Stat(r.features); err != nil {
		return nil, "", fmt.Errorf("verify -features: %w", err)
	} else if !info.IsDir() {
		return nil, "", fmt.Errorf("verify -features: %s is no folder", r.features)
	}
	root := path.Clean(filepath.ToSlash(r.features))
	if filepath.IsAbs(r.features) || strings.HasPrefix(root, "..") {
		root = path.Base(root) // reports name no folder of this machine
	}
	return os.DirFS(r.features), root, nil
}

// again is the command that runs one scenario again.
func (v verification) again(o runner.Outcome) string {
	program := "go run ."
	if name := filepath.Base(os.Args[0]); name == "netanswer" {
		program = name
	}
	command := fmt.Sprintf("%s verify -driver %s -at %s", program, o.Driver, quote(o.ID()))
	if v.target != "" {
		command += " -target " + quote(v.target)
	}
	if o.Driver != "api" {
		command += " -trace"
	}
	if v.running.features != "" {
		command += " -features " + quote(v.running.features)
	}
	for _, change := range v.running.changes {
		command += fmt.Sprintf(" -%s %s", change[0], quote(change[1]))
	}
	return command
}

// plainWord matches what a shell takes as it is.
var plainWord = regexp.MustCompile(`^[\p{L}\p{N}@%+=:,./_-]+$`)

// quote is a word as a shell reads it.
func quote(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
