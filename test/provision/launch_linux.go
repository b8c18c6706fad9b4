package provision

import (
	"os/exec"
	"runtime"
	"syscall"
)

// launch starts a program that is told to end when this process has ended,
// however that comes. Its end is told to d.ended.
func (d *daemon) launch(cmd *exec.Cmd) error {
	// Ctrl+C at a terminal is for this process; what it has started it ends itself.
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM, Setpgid: true}
	started := make(chan error)
	go func() {
		// The signal comes when the thread that started it ends: it stays.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			d.ended <- cmd.Wait()
		}
	}()
	return <-started
}
