//go:build !race

package scenarios_test

// raced tells whether the race detector watches.
const raced = false
