package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// The npm packages that the fake providers are tried with, and their versions.
const (
	TwilioVersion = "6.2.0"
	SMPPVersion   = "0.5.1"

	// NodemailerVersion is that of what the second implementation of
	// testdata/second sends its mail with.
	NodemailerVersion = "10.6.1"
)

// npmClients are those packages by name.
var npmClients = []struct{ name, version string }{
	{"twilio", TwilioVersion}, {"smpp", SMPPVersion}, {"nodemailer", NodemailerVersion},
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
func FindClients(cacheDir string) (Clients, error) {
	return Options{CacheDir: cacheDir}.FindClients()
}

// FindClients is the same for any machine.
func (o Options) FindClients() (Clients, error) {
	p, err := newPlace(o)
	if err != nil {
		return Clients{}, err
	}
	var c Clients
	return c, errors.Join(p.findModules(&c), p.findTools(&c))
}

// SetupClients provides the clients that are missing, as Setup does its things.
func SetupClients(ctx context.Context, out io.Writer, opts Options) (Clients, error) {
	p, err := newPlace(opts)
	if err != nil {
		return Clients{}, err
	}
	s := &setup{place: p, out: out}
	defer s.release()
	var c Clients
	err = errors.Join(
		s.provide(ctx, "clients", s.installModules, func() (string, error) {
			err := p.findModules(&c)
			return fmt.Sprintf("npm twilio %s, smpp %s and nodemailer %s in %s", TwilioVersion, SMPPVersion, NodemailerVersion, c.Modules), err
		}),
		s.provide(ctx, "mailers", s.installTools, func() (string, error) {
			err := p.findTools(&c)
			return fmt.Sprintf("%s, %s, %s", c.Swaks, c.Python, c.Curl), err
		}),
	)
	return c, err
}

func (p *place) modulesDir() string {
	return filepath.Join(p.cache, "clients-twilio-"+TwilioVersion+"-smpp-"+SMPPVersion+"-nodemailer-"+NodemailerVersion)
}

func (p *place) findModules(c *Clients) error {
	name := p.Env(nodeVariable)
	if name == "" {
		name = "node"
	}
	node, err := p.Look(name)
	if err != nil {
		return fmt.Errorf("no npm clients: %w", err)
	}
	modules := filepath.Join(p.modulesDir(), "node_modules")
	if err := checkModules(modules); err != nil {
		return err
	}
	c.Node, c.Modules = node, modules
	return nil
}

// checkModules fails unless dir holds the packages in their versions.
func checkModules(dir string) error {
	for _, want := range npmClients {
		data, err := os.ReadFile(filepath.Join(dir, want.name, "package.json"))
		if err != nil {
			return fmt.Errorf("no npm %s: %w", want.name, err)
		}
		var about struct{ Version string }
		if err := json.Unmarshal(data, &about); err != nil {
			return fmt.Errorf("no npm %s: package.json: %w", want.name, err)
		}
		if about.Version != want.version {
			return fmt.Errorf("no npm %s: found %s, want %s", want.name, about.Version, want.version)
		}
	}
	return nil
}

// installModules fetches the packages with npm. They appear in one step, whole.
func (s *setup) installModules(ctx context.Context) error {
	err := s.fetchModules(ctx)
	if err == nil {
		return nil
	}
	return &MissingError{Item: "clients", Tried: []error{err}, Instruction: "" +
		"See that npm can fetch twilio@" + TwilioVersion + ", smpp@" + SMPPVersion + " and nodemailer@" + NodemailerVersion + "; then run setup again."}
}

func (s *setup) fetchModules(ctx context.Context) error {
	_, npm, err := s.wantNode(ctx)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(s.cache, ".clients-*")
	if err != nil {
		return err
	}
	// What is left behind costs space only and the result stands without it.
	defer func() { _ = os.RemoveAll(tmp) }()

	fresh := filepath.Join(tmp, "fresh")
	if err := os.Mkdir(fresh, 0o755); err != nil {
		return err
	}
	var packages []string
	for _, p := range npmClients {
		packages = append(packages, p.name+"@"+p.version)
	}
	if err := s.say("%-8s installing npm %s …", "clients", packages); err != nil {
		return err
	}
	if _, err := s.Run(ctx, npmInstall(npm, fresh, packages...)); err != nil {
		return err
	}
	if err := checkModules(filepath.Join(fresh, "node_modules")); err != nil {
		return err
	}
	if err := os.Rename(s.modulesDir(), filepath.Join(tmp, "broken")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(fresh, s.modulesDir())
}

func (p *place) findTools(c *Clients) error {
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
		if _, err := p.Run(context.Background(), Command{Name: "perl", Args: []string{"-MNet::SSLeay", "-e", "1"}}); err != nil {
			c.Swaks = ""
			errs = append(errs, fmt.Errorf("swaks has no TLS: %w", err))
		}
	}
	return errors.Join(errs...)
}

func (s *setup) installTools(ctx context.Context) error {
	err := s.apt(ctx, "mailers", "swaks", "libnet-ssleay-perl", "python3", "curl")
	if err == nil {
		return nil
	}
	return &MissingError{Item: "mailers", Tried: []error{err}, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y swaks libnet-ssleay-perl python3 curl\n"}
}
