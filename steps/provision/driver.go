package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// DriverVersion is the playwright-core that the playwright-go in go.mod
// speaks to; it refuses any other.
const DriverVersion = "1.60.0"

// nodeVariable names another Node to run the driver, and is read by
// playwright-go as well.
const nodeVariable = "PLAYWRIGHT_NODEJS_PATH"

func (p *place) driverDir() string { return filepath.Join(p.cache, "playwright-"+DriverVersion) }

// findDriver returns the driver directory and the Node that runs it.
func (p *place) findDriver() (dir, node string, err error) {
	dir = p.driverDir()
	if err := checkPackage(filepath.Join(dir, "package")); err != nil {
		return "", "", err
	}
	if node = p.Env(nodeVariable); node == "" {
		node = filepath.Join(dir, nodeName(p.OS))
	}
	if node, err = p.Look(node); err != nil {
		return "", "", fmt.Errorf("no Node for the driver: %w", err)
	}
	return dir, node, nil
}

// checkPackage fails unless dir is a whole playwright-core of DriverVersion.
func checkPackage(dir string) error {
	data, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return fmt.Errorf("no Playwright driver: %w", err)
	}
	var about struct{ Name, Version string }
	if err := json.Unmarshal(data, &about); err != nil {
		return fmt.Errorf("no Playwright driver: package.json: %w", err)
	}
	if about.Name != "playwright-core" || about.Version != DriverVersion {
		return fmt.Errorf("no Playwright driver: found %s %s, want playwright-core %s", about.Name, about.Version, DriverVersion)
	}
	if _, err := os.Stat(filepath.Join(dir, "cli.js")); err != nil {
		return fmt.Errorf("no Playwright driver: %w", err)
	}
	return nil
}

func nodeName(goos string) string {
	if goos == "windows" {
		return "node.exe"
	}
	return "node"
}

// installDriver fetches the package with npm and lays a link to Node beside
// it. The directory appears in one step, whole.
func (s *setup) installDriver(ctx context.Context) error {
	fail := func(err error) error {
		return &MissingError{Item: "driver", Tried: []error{err}, Instruction: "" +
			"Install Node 18 or later with npm (as root on Debian: apt-get install -y nodejs npm)\n" +
			"and see that it can fetch playwright-core@" + DriverVersion + "; then run setup again.\n" +
			"A Node that is not on PATH is named by " + nodeVariable + "."}
	}
	node, npm, err := s.wantNode(ctx)
	if err != nil {
		return fail(err)
	}
	tmp, err := os.MkdirTemp(s.cache, ".driver-*")
	if err != nil {
		return fail(err)
	}
	// What is left behind costs space only and the result stands without it.
	defer func() { _ = os.RemoveAll(tmp) }()

	if err := s.layOutDriver(ctx, tmp, node, npm); err != nil {
		return fail(err)
	}
	if err := s.swapDriver(tmp); err != nil {
		return fail(err)
	}
	return nil
}

// layOutDriver makes a driver directory at tmp/driver and sees it run.
func (s *setup) layOutDriver(ctx context.Context, tmp, node, npm string) error {
	dir := filepath.Join(tmp, "driver")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	if err := s.say("%-8s installing npm playwright-core %s …", "driver", DriverVersion); err != nil {
		return err
	}
	if _, err := s.Run(ctx, npmInstall(npm, tmp, "playwright-core@"+DriverVersion)); err != nil {
		return err
	}
	pkg := filepath.Join(dir, "package")
	if err := os.Rename(filepath.Join(tmp, "node_modules", "playwright-core"), pkg); err != nil {
		return err
	}
	if err := checkPackage(pkg); err != nil {
		return err
	}
	if err := os.Symlink(node, filepath.Join(dir, nodeName(s.OS))); err != nil {
		return err
	}
	_, err := s.Run(ctx, Command{Name: node, Args: []string{filepath.Join(pkg, "cli.js"), "--version"}})
	return err
}

// swapDriver puts tmp/driver in its place. What lies there is broken or of
// another making, or setup would not have come this far.
func (s *setup) swapDriver(tmp string) error {
	dir := s.driverDir()
	if err := os.Rename(dir, filepath.Join(tmp, "broken")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(filepath.Join(tmp, "driver"), dir)
}

// wantNode returns Node and npm, installing Debian's if there are none.
func (s *setup) wantNode(ctx context.Context) (node, npm string, err error) {
	find := func() error {
		var nerr, perr error
		name := s.Env(nodeVariable)
		if name == "" {
			name = "node"
		}
		if node, nerr = s.Look(name); nerr == nil {
			node, nerr = filepath.Abs(node) // it is linked to from elsewhere
		}
		npm, perr = s.Look("npm")
		return errors.Join(nerr, perr)
	}
	missing := find()
	if missing == nil {
		return node, npm, nil
	}
	if err := s.apt(ctx, "driver", "nodejs", "npm"); err != nil {
		return "", "", fmt.Errorf("%w; %w", missing, err)
	}
	return node, npm, find()
}
