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

// NodeVariable names another Node to run the driver, and is read by
// playwright-go as well.
const NodeVariable = "PLAYWRIGHT_NODEJS_PATH"

func (p *Place) driverDir() string { return filepath.Join(p.Cache, "playwright-"+DriverVersion) }

// findDriver returns the driver directory and the Node that runs it.
func (p *Place) findDriver() (dir, node string, err error) {
	dir = p.driverDir()
	if err := checkPackage(filepath.Join(dir, "package")); err != nil {
		return "", "", err
	}
	if node = p.Env(NodeVariable); node == "" {
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
func (i *Installer) installDriver(ctx context.Context) error {
	fail := func(err error) error {
		return &MissingError{Item: "driver", Tried: []error{err}, Instruction: "" +
			"Install Node 18 or later with npm (as root on Debian: apt-get install -y nodejs npm)\n" +
			"and see that it can fetch playwright-core@" + DriverVersion + "; then run setup again.\n" +
			"A Node that is not on PATH is named by " + NodeVariable + "."}
	}
	node, npm, err := i.wantNode(ctx)
	if err != nil {
		return fail(err)
	}
	tmp, err := os.MkdirTemp(i.Cache, ".driver-*")
	if err != nil {
		return fail(err)
	}
	// What is left behind costs space only and the result stands without it.
	defer func() { _ = os.RemoveAll(tmp) }()

	if err := i.layOutDriver(ctx, tmp, node, npm); err != nil {
		return fail(err)
	}
	if err := i.swapDriver(tmp); err != nil {
		return fail(err)
	}
	return nil
}

// layOutDriver makes a driver directory at tmp/driver and sees it run.
func (i *Installer) layOutDriver(ctx context.Context, tmp, node, npm string) error {
	dir := filepath.Join(tmp, "driver")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	if err := i.Say("%-8s installing npm playwright-core %s …", "driver", DriverVersion); err != nil {
		return err
	}
	if _, err := i.Run(ctx, npmInstall(npm, tmp, "playwright-core@"+DriverVersion)); err != nil {
		return err
	}
	pkg := filepath.Join(dir, "package")
	if err := os.Rename(filepath.Join(tmp, "node_modules", "playwright-core"), pkg); err != nil {
		return err
	}
	if err := checkPackage(pkg); err != nil {
		return err
	}
	if err := os.Symlink(node, filepath.Join(dir, nodeName(i.OS))); err != nil {
		return err
	}
	_, err := i.Run(ctx, Command{Name: node, Args: []string{filepath.Join(pkg, "cli.js"), "--version"}})
	return err
}

// swapDriver puts tmp/driver in its place. What lies there is broken or of
// another making, or setup would not have come this far.
func (i *Installer) swapDriver(tmp string) error {
	dir := i.driverDir()
	if err := os.Rename(dir, filepath.Join(tmp, "broken")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(filepath.Join(tmp, "driver"), dir)
}

// wantNode returns Node and npm, installing Debian's if there are none.
func (i *Installer) wantNode(ctx context.Context) (node, npm string, err error) {
	find := func() error {
		var nerr, perr error
		name := i.Env(NodeVariable)
		if name == "" {
			name = "node"
		}
		if node, nerr = i.Look(name); nerr == nil {
			node, nerr = filepath.Abs(node) // it is linked to from elsewhere
		}
		npm, perr = i.Look("npm")
		return errors.Join(nerr, perr)
	}
	missing := find()
	if missing == nil {
		return node, npm, nil
	}
	if err := i.Apt(ctx, "driver", "nodejs", "npm"); err != nil {
		return "", "", fmt.Errorf("%w; %w", missing, err)
	}
	return node, npm, find()
}

// planDriver tells what installDriver would do.
func (i *Installer) planDriver() string {
	plan := "npm install playwright-core@" + DriverVersion + " into " + i.driverDir()
	_, node := i.Look("node")
	if _, npm := i.Look("npm"); node == nil && npm == nil {
		return plan
	}
	return i.planApt("nodejs", "npm") + "; " + plan
}
