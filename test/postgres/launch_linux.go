package postgres

import (
	"os"
	"os/exec"
	"os/user"
	"runtime"
	"strconv"
	"syscall"
)

// server is who PostgreSQL runs as where these tests run as root, whom it refuses:
// the user of Debian's package. nil is whoever runs the tests.
func server() *syscall.Credential {
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		}
	}
	return nil
}

// own gives files to whom the server runs as.
func own(paths ...string) error {
	who := server()
	if who == nil {
		return nil
	}
	for _, path := range paths {
		if err := os.Chown(path, int(who.Uid), int(who.Gid)); err != nil {
			return err
		}
	}
	return nil
}

// unprivileged makes a program run as that user, and end when this process has
// ended, however that comes.
func unprivileged(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Credential: server(), Pdeathsig: syscall.SIGQUIT, Setpgid: true}
}

// launch starts a program and tells ended of its end.
func launch(c *exec.Cmd, ended chan<- error) error {
	started := make(chan error)
	go func() {
		// The signal comes when the thread that started it ends: it stays.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := c.Start()
		started <- err
		if err == nil {
			ended <- c.Wait()
		}
	}()
	return <-started
}
