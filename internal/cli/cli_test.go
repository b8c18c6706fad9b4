package cli_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
)

// run carries out a command and returns what it writes to its standard output.
func run(ctx context.Context, args ...string) (string, error) {
	var out bytes.Buffer
	err := cli.Run(ctx, cli.Process{Out: &out, Err: io.Discard}, args)
	return out.String(), err
}

func TestAnUnknownCommandIsAnError(t *testing.T) {
	if _, err := run(t.Context(), "frobnicate"); err == nil || !strings.Contains(err.Error(), "frobnicate") {
		t.Error(err)
	}
	for _, asked := range []string{"help", "-h", "--help"} {
		if help, err := run(t.Context(), asked); err != nil || !strings.Contains(help, "netanswer verify steps") {
			t.Errorf("%s: %v\n%s", asked, err, help)
		}
	}
}

func TestEveryCommandHasHelp(t *testing.T) {
	for _, name := range cli.Names() {
		for _, asked := range []string{"-h", "--help"} {
			var out, wrong strings.Builder
			err := cli.Run(t.Context(), cli.Process{Out: &out, Err: &wrong}, []string{name, asked})
			if told := out.String() + wrong.String(); err != nil && !errors.Is(err, flag.ErrHelp) || told == "" || name != "help" && !strings.Contains(told, name) {
				t.Errorf("%s %s: %v %q", name, asked, err, told)
			}
		}
	}
}

func TestVersionIsTold(t *testing.T) {
	if said, err := run(t.Context(), "version"); err != nil || !strings.HasPrefix(said, "netanswer devel (go1.") {
		t.Errorf("%q %v", said, err)
	}
	if _, err := run(t.Context(), "version", "please"); err == nil || !strings.Contains(err.Error(), "please") {
		t.Error(err)
	}
}

func TestTheSchemaOfTargetsTakesNothingMore(t *testing.T) {
	if out, err := run(t.Context(), "target", "schema", "extra"); err == nil || out != "" {
		t.Errorf("%v, %d bytes written", err, len(out))
	}
	if out, err := run(t.Context(), "target", "schema"); err != nil || out == "" {
		t.Errorf("%v, %d bytes written", err, len(out))
	}
}
