package provision

import (
	"context"
	"errors"
	"io"
	"strings"

	"example.com/netanswer/steps/provision"
)

// phones are the telephones that the tests call with, the programs of their
// Debian packages, and the synthesizer that the recordings are compared with.
var phones = []string{"sipp", "baresip", "espeak-ng"}

// SetupPhones provides the telephones and the synthesizer.
func SetupPhones(ctx context.Context, out io.Writer, opts Options) error {
	i, err := provision.NewInstaller(out, opts)
	if err != nil {
		return err
	}
	defer i.Close()
	return i.Provide(ctx, "phones", func(ctx context.Context) error { return installPhones(ctx, i) }, func() (string, error) {
		var found []string
		var errs []error
		for _, name := range phones {
			path, err := i.Look(name)
			found, errs = append(found, path), append(errs, err)
		}
		return strings.Join(found, ", "), errors.Join(errs...)
	})
}

func installPhones(ctx context.Context, i *provision.Installer) error {
	err := i.Apt(ctx, "phones", "sip-tester", "baresip", "espeak-ng")
	if err == nil {
		return nil
	}
	return &provision.MissingError{Item: "phones", Tried: []error{err}, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y sip-tester baresip espeak-ng\n" +
		"elsewhere see that sipp, baresip and espeak-ng are on PATH, and run setup again."}
}
