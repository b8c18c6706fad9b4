// Package hidego keeps godog from running the go command whenever netanswer
// starts. A variable of godog's builder, of which only its own command makes use,
// runs "go env GOTOOLDIR" when the program is initialized: 30 ms of every start on
// a machine with Go.
//
// Packages are initialized in the order of their import paths, each after those
// that it imports (The Go Programming Language Specification, "Program
// initialization"). So this one, which imports os alone, hides PATH before godog's
// builder looks for go. The package that uses godog is initialized after both and
// shows PATH again.
package hidego

import "os"

const variable = "PATH"

var path, hidden = hide()

func hide() (path string, hidden bool) {
	path, hidden = os.LookupEnv(variable)
	return path, hidden && os.Unsetenv(variable) == nil
}

// Done shows PATH again. A package that imports godog calls it where it is
// initialized itself.
func Done() {
	if hidden {
		_ = os.Setenv(variable, path) // it was set before, so it can be
	}
}
