//go:build linux || darwin

package provision

import (
	"context"
	"errors"
	"os"
	"syscall"
)

// Lock takes the lock that the file at path stands for and returns how to
// give it back. The system gives it back if the process dies. If another has
// it, lock calls busy and waits as long as ctx allows.
func Lock(ctx context.Context, path string, busy func() error) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	// Closing the file gives the lock back; there is nothing written to lose.
	release := func() { _ = f.Close() }

	err = flock(f, syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		if err := busy(); err != nil {
			release()
			return nil, err
		}
		taken := make(chan error, 1)
		go func() { taken <- flock(f, syscall.LOCK_EX) }()
		select {
		case err = <-taken:
		case <-ctx.Done():
			go func() { <-taken; release() }()
			return nil, context.Cause(ctx)
		}
	}
	if err != nil {
		release()
		return nil, err
	}
	return release, nil
}

func flock(f *os.File, how int) error {
	for {
		err := syscall.Flock(int(f.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
