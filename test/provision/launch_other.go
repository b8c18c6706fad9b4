//go:build !linux

package provision

import (
	"errors"
	"os/exec"
)

// launch is for Linux only; findEngine has refused before.
func (d *daemon) launch(*exec.Cmd) error { return errors.ErrUnsupported }
