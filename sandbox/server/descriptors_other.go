//go:build !unix

package server

import "math"

// descriptors is how many files and connections this process may have open: no
// bound is known here.
func descriptors() int { return math.MaxInt32 }
