//go:build !linux

package postgres

import "os/exec"

func own(...string) error { return nil }

func unprivileged(*exec.Cmd) {}

// launch starts a program and tells ended of its end.
func launch(c *exec.Cmd, ended chan<- error) error {
	err := c.Start()
	if err == nil {
		go func() { ended <- c.Wait() }()
	}
	return err
}
