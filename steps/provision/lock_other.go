//go:build !linux && !darwin

package provision

import "context"

// Lock does nothing where there is no flock: two runs at once then do the same
// work twice, and the second to end may report an error.
func Lock(context.Context, string, func() error) (unlock func(), err error) { return func() {}, nil }
