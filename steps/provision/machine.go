package provision

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// A Machine is what this package asks of a computer.
type Machine struct {
	// OS is as runtime.GOOS names it.
	OS string
	// Root tells whether packages may be installed.
	Root bool
	// Env returns an environment variable, empty if it is not set.
	Env func(name string) string
	// Look returns the path of a program, by name or by path, and fails
	// if there is none that can be run.
	Look func(name string) (string, error)
	// Run runs a command to its end and returns all it wrote. An error
	// says what the command said.
	Run func(ctx context.Context, c Command) (string, error)
}

// A Command is a program to run, in Dir if it is not empty, with Env added to
// the environment.
type Command struct {
	Name string
	Args []string
	Env  []string
	Dir  string
}

// String is the command as it would be typed.
func (c Command) String() string {
	words := append(append([]string{}, c.Env...), c.Name)
	return strings.Join(append(words, c.Args...), " ")
}

// ThisMachine is the computer this runs on.
func ThisMachine() *Machine {
	return &Machine{
		OS:   runtime.GOOS,
		Root: os.Geteuid() == 0,
		Env:  os.Getenv,
		Look: exec.LookPath,
		Run:  run,
	}
}

func run(ctx context.Context, c Command) (string, error) {
	cmd := exec.CommandContext(ctx, c.Name, c.Args...)
	cmd.Dir = c.Dir
	cmd.Env = append(os.Environ(), c.Env...)
	// Asked to stop, apt leaves things in order; killed, it does not.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 20 * time.Second
	out, err := cmd.CombinedOutput()
	if err != nil {
		return string(out), fmt.Errorf("%s: %w: %s", c, err, gist(string(out)))
	}
	return string(out), nil
}

// gist is the line of a command's output that says what went wrong: the first
// that speaks of an error, else the last.
func gist(output string) string {
	last := ""
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "E: ") || strings.Contains(strings.ToLower(line), "error") {
			return line
		}
		if line != "" {
			last = line
		}
	}
	return last
}

// A Place is a machine with a cache directory.
type Place struct {
	*Machine
	Cache string
}

// NewPlace is the machine and the cache directory of these options.
func NewPlace(o Options) (*Place, error) {
	m := o.Machine
	if m == nil {
		m = ThisMachine()
	}
	dir := o.CacheDir
	if dir == "" {
		dir = m.Env(CacheVariable)
	}
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return nil, fmt.Errorf("no cache directory (%s names one): %w", CacheVariable, err)
		}
		dir = filepath.Join(user, "netanswer")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("cache directory: %w", err)
	}
	return &Place{Machine: m, Cache: dir}, nil
}

// A MissingError is something that could not be provided.
type MissingError struct {
	Item        string  // like browser
	Tried       []error // what failed, in order
	Instruction string  // what to type instead
}

// Error says all of it on several lines, the instruction last.
func (e *MissingError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: missing, and could not be installed", e.Item)
	for _, err := range e.Tried {
		fmt.Fprintf(&b, "\n  tried: %v", err)
	}
	for line := range strings.Lines(e.Instruction) {
		fmt.Fprintf(&b, "\n  %s", strings.TrimRight(line, "\n"))
	}
	return b.String()
}

// Unwrap returns what was tried.
func (e *MissingError) Unwrap() []error { return e.Tried }
