package provision

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"example.com/netanswer/steps/provision"
)

// npmClients are the npm packages that the fake providers are tried with, and what
// the second implementation of test/second sends its mail with.
var npmClients = []npmPackage{
	{"twilio", "6.2.0"}, {"smpp", "0.5.1"}, {"nodemailer", "10.6.1"}, {"imapflow", "2.10.2"},
}

// Clients are programs and packages that speak to the fake providers and that
// nobody here wrote. An empty field means that it is not there.
type Clients struct {
	// Node runs scripts that find the npm packages in Modules.
	Node, Modules string
	// Swaks speaks SMTP, Python has imaplib, Curl speaks IMAP.
	Swaks, Python, Curl string
}

// FindClients returns the clients that are there. The error says which are
// not; the others can be used all the same.
func FindClients(opts Options) (Clients, error) {
	p, err := provision.NewPlace(opts)
	if err != nil {
		return Clients{}, err
	}
	var c Clients
	return c, errors.Join(findModules(p, &c), findTools(p, &c))
}

// SetupClients provides the clients that are missing.
func SetupClients(ctx context.Context, out io.Writer, opts Options) (Clients, error) {
	i, err := provision.NewInstaller(out, opts)
	if err != nil {
		return Clients{}, err
	}
	defer i.Close()
	var c Clients
	err = errors.Join(
		i.Provide(ctx, "clients", func(ctx context.Context) error { return installModules(ctx, i) }, func() (string, error) {
			err := findModules(i.Place, &c)
			return fmt.Sprintf("npm %s in %s", listed(npmClients), c.Modules), err
		}),
		i.Provide(ctx, "mailers", func(ctx context.Context) error { return installTools(ctx, i) }, func() (string, error) {
			err := findTools(i.Place, &c)
			return strings.Join([]string{c.Swaks, c.Python, c.Curl}, ", "), err
		}),
	)
	return c, err
}

func findModules(p *provision.Place, c *Clients) error {
	node, err := findNode(p)
	if err != nil {
		return fmt.Errorf("no npm clients: %w", err)
	}
	dir := npmDir(p, "clients", npmClients)
	if err := checkAll(npmClients)(dir); err != nil {
		return err
	}
	c.Node, c.Modules = node, filepath.Join(dir, "node_modules")
	return nil
}

func installModules(ctx context.Context, i *provision.Installer) error {
	return i.InstallNPM(ctx, "clients", npmDir(i.Place, "clients", npmClients), "", checkAll(npmClients), specs(npmClients)...)
}

func findTools(p *provision.Place, c *Clients) error {
	var errs []error
	for _, t := range []struct {
		name string
		into *string
	}{{"swaks", &c.Swaks}, {"python3", &c.Python}, {"curl", &c.Curl}} {
		found, err := p.Look(t.name)
		*t.into = found
		errs = append(errs, err)
	}
	if c.Swaks != "" { // it speaks TLS by a Perl module that it does not insist on
		if _, err := p.Run(context.Background(), provision.Command{Name: "perl", Args: []string{"-MNet::SSLeay", "-e", "1"}}); err != nil {
			c.Swaks = ""
			errs = append(errs, fmt.Errorf("swaks has no TLS: %w", err))
		}
	}
	return errors.Join(errs...)
}

func installTools(ctx context.Context, i *provision.Installer) error {
	err := i.Apt(ctx, "mailers", "swaks", "libnet-ssleay-perl", "python3", "curl")
	if err == nil {
		return nil
	}
	return &provision.MissingError{Item: "mailers", Tried: []error{err}, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y swaks libnet-ssleay-perl python3 curl\n"}
}
