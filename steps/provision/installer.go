package provision

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Item is one thing needed: its name, whether it was installed just now, and
// what it is.
type Item struct {
	Name      string
	Installed bool
	Detail    string
}

// An Installer installs what is missing on a machine and says so. It is of one
// goroutine.
type Installer struct {
	*Place
	Items   []Item // what is there, in the order it was asked for
	engines []string
	out     io.Writer
	updated bool   // apt-get update was run
	unlock  func() // nil while nothing had to be installed
}

// NewInstaller is one that writes a line for each thing to out. Close ends it.
func NewInstaller(out io.Writer, opts Options) (*Installer, error) {
	for _, engine := range opts.engines() {
		if err := CheckEngine(engine); err != nil {
			return nil, err
		}
	}
	p, err := NewPlace(opts)
	if err != nil {
		return nil, err
	}
	return &Installer{Place: p, engines: opts.engines(), out: out}, nil
}

// Provide finds a thing, or installs it and finds it then.
func (i *Installer) Provide(ctx context.Context, name string, install func(context.Context) error, find func() (string, error)) error {
	what, err := find()
	if err == nil {
		return i.have(Item{Name: name, Detail: what})
	}
	if err := i.hold(ctx); err != nil {
		return err
	}
	// Another run may have installed it while this one waited.
	if what, err = find(); err == nil {
		return i.have(Item{Name: name, Detail: what})
	}
	if err := install(ctx); err != nil {
		return err
	}
	if what, err = find(); err != nil {
		return fmt.Errorf("install %s: it is still missing: %w", name, err)
	}
	return i.have(Item{Name: name, Installed: true, Detail: what})
}

// have notes a thing that is there and says so.
func (i *Installer) have(item Item) error {
	i.Items = append(i.Items, item)
	verb := "found"
	if item.Installed {
		verb = "installed"
	}
	return i.Say("%-8s %-10s %s", item.Name, verb, item.Detail)
}

// Say writes a line.
func (i *Installer) Say(format string, args ...any) error {
	_, err := fmt.Fprintf(i.out, format+"\n", args...)
	return err
}

// hold takes the lock of the cache directory, once.
func (i *Installer) hold(ctx context.Context) error {
	if i.unlock != nil {
		return nil
	}
	if err := os.MkdirAll(i.Cache, 0o755); err != nil {
		return fmt.Errorf("make cache directory: %w", err)
	}
	unlock, err := Lock(ctx, filepath.Join(i.Cache, "setup.lock"), func() error {
		return i.Say("waiting for another setup to end …")
	})
	if err != nil {
		return fmt.Errorf("take the lock of the cache directory: %w", err)
	}
	i.unlock = unlock
	return nil
}

// Close lets others install.
func (i *Installer) Close() {
	if i.unlock != nil {
		i.unlock()
	}
}
