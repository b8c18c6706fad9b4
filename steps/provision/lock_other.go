//go:build !linux && !darwin

package provision

import "context"

// lock does nothing where there is no flock: two runs at once then do the same
// work twice, and the second to end may report an error.
func lock(context.Context, string, func() error) (unlock func(), err error) { return func() {}, nil }
