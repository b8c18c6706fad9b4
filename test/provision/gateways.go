package provision

import (
	"context"
	"errors"
	"io"
	"strings"

	"example.com/netanswer/steps/provision"
)

// gateways are programs of Debian's that teams have between their backend and a
// provider, or before several sandboxes: Kannel before an SMS gateway, mbsync,
// offlineimap and mutt behind a mailbox, HAProxy.
var gateways = []string{"bearerbox", "smsbox", "mbsync", "offlineimap", "mutt", "haproxy"}

// SetupGateways provides them.
func SetupGateways(ctx context.Context, out io.Writer, opts Options) error {
	i, err := provision.NewInstaller(out, opts)
	if err != nil {
		return err
	}
	defer i.Close()
	return i.Provide(ctx, "gateways", func(ctx context.Context) error { return installGateways(ctx, i) }, func() (string, error) {
		var found []string
		var errs []error
		for _, name := range gateways {
			path, err := i.Look(name)
			found, errs = append(found, path), append(errs, err)
		}
		return strings.Join(found, ", "), errors.Join(errs...)
	})
}

func installGateways(ctx context.Context, i *provision.Installer) error {
	err := i.Apt(ctx, "gateways", "kannel", "isync", "offlineimap3", "mutt", "haproxy")
	if err == nil {
		return nil
	}
	return &provision.MissingError{Item: "gateways", Tried: []error{err}, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y kannel isync offlineimap3 mutt haproxy\n" +
		"elsewhere see that bearerbox, smsbox, mbsync, offlineimap, mutt and haproxy are on PATH, and run setup again."}
}
