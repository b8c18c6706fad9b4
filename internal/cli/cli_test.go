package cli_test

import (
	"bytes"
	"context"
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

func TestVersionIsTold(t *testing.T) {
	if said, err := run(t.Context(), "version"); err != nil || !strings.HasPrefix(said, "netanswer devel (go1.") {
		t.Errorf("%q %v", said, err)
	}
	if _, err := run(t.Context(), "version", "please"); err == nil || !strings.Contains(err.Error(), "please") {
		t.Error(err)
	}
}
