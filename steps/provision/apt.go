package provision

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// aptUsable tells why packages cannot be installed, nil if they can.
func (p *Place) aptUsable() error {
	if _, err := p.Look("apt-get"); err != nil {
		return err
	}
	if !p.Root {
		return errors.New("apt-get: not root")
	}
	return nil
}

// Apt installs Debian packages for one thing. It tries with the package lists
// that are there, and fetches them anew, once a run, if that fails.
func (i *Installer) Apt(ctx context.Context, item string, packages ...string) error {
	if err := i.aptUsable(); err != nil {
		return err
	}
	if err := i.Say("%-8s apt-get install %s …", item, strings.Join(packages, " ")); err != nil {
		return err
	}
	first := i.aptGet(ctx, append([]string{"install", "-y", "--no-install-recommends"}, packages...)...)
	if first == nil || i.updated {
		return first
	}
	i.updated = true
	if err := i.aptGet(ctx, "update"); err != nil {
		return fmt.Errorf("%w; %w", first, err)
	}
	return i.aptGet(ctx, append([]string{"install", "-y", "--no-install-recommends"}, packages...)...)
}

// aptGet asks nothing of anybody and waits for another apt to end.
func (i *Installer) aptGet(ctx context.Context, args ...string) error {
	_, err := i.Run(ctx, Command{
		Name: "apt-get",
		Args: append([]string{"-q", "-o", "DPkg::Lock::Timeout=600"}, args...),
		Env:  []string{"DEBIAN_FRONTEND=noninteractive"},
	})
	return err
}

// planApt tells what Apt would do.
func (p *Place) planApt(packages ...string) string {
	command := "apt-get install -y " + strings.Join(packages, " ")
	if err := p.aptUsable(); err != nil {
		return "say what to type (" + err.Error() + "): sudo " + command
	}
	return command
}
