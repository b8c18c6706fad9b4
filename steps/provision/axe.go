package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// AxeVersion is the axe-core by whose rules the screens are accessible.
const AxeVersion = "4.14.1"

func (p *place) axeDir() string { return filepath.Join(p.cache, "axe-core-"+AxeVersion) }

// findAxe answers with the script that checks a page it is added to.
func (p *place) findAxe() (string, error) { return checkAxe(p.axeDir()) }

// checkAxe fails unless dir is a whole axe-core of AxeVersion.
func checkAxe(dir string) (script string, err error) {
	data, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return "", fmt.Errorf("no axe-core: %w", err)
	}
	var about struct{ Name, Version string }
	if err := json.Unmarshal(data, &about); err != nil {
		return "", fmt.Errorf("no axe-core: package.json: %w", err)
	}
	if about.Name != "axe-core" || about.Version != AxeVersion {
		return "", fmt.Errorf("no axe-core: found %s %s, want axe-core %s", about.Name, about.Version, AxeVersion)
	}
	script = filepath.Join(dir, "axe.min.js")
	if _, err := os.Stat(script); err != nil {
		return "", fmt.Errorf("no axe-core: %w", err)
	}
	return script, nil
}

// installAxe fetches the package with npm. The directory appears in one step,
// whole.
func (s *setup) installAxe(ctx context.Context) error {
	err := s.fetchAxe(ctx)
	if err == nil {
		return nil
	}
	return &MissingError{Item: "axe", Tried: []error{err}, Instruction: "" +
		"See that npm can fetch axe-core@" + AxeVersion + "; then run setup again."}
}

func (s *setup) fetchAxe(ctx context.Context) error {
	_, npm, err := s.wantNode(ctx)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(s.cache, ".axe-*")
	if err != nil {
		return err
	}
	// What is left behind costs space only and the result stands without it.
	defer func() { _ = os.RemoveAll(tmp) }()

	if err := s.say("%-8s installing npm axe-core %s …", "axe", AxeVersion); err != nil {
		return err
	}
	if _, err := s.Run(ctx, npmInstall(npm, tmp, "axe-core@"+AxeVersion)); err != nil {
		return err
	}
	fresh := filepath.Join(tmp, "node_modules", "axe-core")
	if _, err := checkAxe(fresh); err != nil {
		return err
	}
	if err := os.Rename(s.axeDir(), filepath.Join(tmp, "broken")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(fresh, s.axeDir())
}

// npmInstall fetches packages into dir, and runs nothing of them.
func npmInstall(npm, dir string, what ...string) Command {
	return Command{Name: npm, Dir: dir, Args: append([]string{
		"install", "--prefix", dir, "--ignore-scripts", "--no-save", "--no-package-lock",
		"--no-audit", "--no-fund"}, what...)}
}
