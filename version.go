package main

import (
	"fmt"
	"io"
	"runtime"
)

// version is the release, written by the build that makes one:
// -ldflags '-X main.version=1.2.3'. The recipe is `make binary`.
var version = "devel"

// versionCommand is `netanswer version`.
func versionCommand(args []string, out io.Writer) error {
	if len(args) > 0 {
		return fmt.Errorf("version: unknown argument %q", args[0])
	}
	_, err := fmt.Fprintf(out, "netanswer %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
