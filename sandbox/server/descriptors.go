//go:build unix

package server

import (
	"math"
	"syscall"
)

// descriptors is how many files and connections this process may have open.
func descriptors() int {
	var l syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l); err != nil || uint64(l.Cur) > math.MaxInt32 {
		return math.MaxInt32 // none is known
	}
	return int(l.Cur)
}
