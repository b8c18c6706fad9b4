package provision

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// aptUsable tells why packages cannot be installed, nil if they can.
func (p *place) aptUsable() error {
	if _, err := p.Look("apt-get"); err != nil {
		return err
	}
	if !p.Root {
		return errors.New("apt-get: not root")
	}
	return nil
}

// apt installs Debian packages for one thing. It tries with the package lists
// that are there, and fetches them anew, once a run, if that fails.
func (s *setup) apt(ctx context.Context, item string, packages ...string) error {
	if err := s.aptUsable(); err != nil {
		return err
	}
	if err := s.say("%-8s apt-get install %s …", item, strings.Join(packages, " ")); err != nil {
		return err
	}
	first := s.aptGet(ctx, append([]string{"install", "-y", "--no-install-recommends"}, packages...)...)
	if first == nil || s.updated {
		return first
	}
	s.updated = true
	if err := s.aptGet(ctx, "update"); err != nil {
		return fmt.Errorf("%w; %w", first, err)
	}
	return s.aptGet(ctx, append([]string{"install", "-y", "--no-install-recommends"}, packages...)...)
}

// aptGet asks nothing of anybody and waits for another apt to end.
func (s *setup) aptGet(ctx context.Context, args ...string) error {
	_, err := s.Run(ctx, Command{
		Name: "apt-get",
		Args: append([]string{"-q", "-o", "DPkg::Lock::Timeout=600"}, args...),
		Env:  []string{"DEBIAN_FRONTEND=noninteractive"},
	})
	return err
}
