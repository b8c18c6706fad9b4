package cli

import (
	"context"
	"fmt"
	"runtime"
)

// version is the release, written by the build that makes one:
// -ldflags '-X example.com/netanswer/internal/cli.version=1.2.3'. The recipe is `make binary`.
var version = "devel"

// versionCommand is `netanswer version`.
func versionCommand(_ context.Context, p Process, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("version: unknown argument %q", args[0])
	}
	_, err := fmt.Fprintf(p.Out, "netanswer %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
