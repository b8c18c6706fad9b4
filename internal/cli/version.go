package cli

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"runtime"
)

// version is the release, written by the build that makes one:
// -ldflags '-X example.com/netanswer/internal/cli.version=1.2.3'. The recipe is `make binary`.
var version = "devel"

// released is the newest version of CHANGELOG.md, which a build of a checkout comes after.
const released = "0.9.0"

// versionCommand is `netanswer version`.
func versionCommand(_ context.Context, p Process, args []string) error {
	set := p.settings("version", args)
	licences := set.Bool("licences", false, "print the notices of what the binary contains, and the licences")
	if err := set.Parse(args, nil); err != nil {
		return err
	}
	if *licences {
		return p.tellLicences()
	}
	what := version
	if version == "devel" {
		what = p.languageOf(args).Of("devel、"+released+" の後", "devel, after "+released)
	}
	_, err := fmt.Fprintf(p.Out, "netanswer %s (%s, %s/%s)\n", what, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

func (p Process) tellLicences() error {
	var texts [][]byte
	for _, name := range []string{"NOTICE", "LICENSE"} {
		text, err := fs.ReadFile(p.Legal, name)
		if err != nil {
			return err
		}
		texts = append(texts, text)
	}
	_, err := p.Out.Write(bytes.Join(texts, []byte("\n")))
	return err
}
