package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// CheckNPM fails unless dir is a whole npm package of that version, and returns
// the file of it that is needed.
func CheckNPM(dir, name, version, file string) (path string, err error) {
	data, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return "", fmt.Errorf("no %s: %w", name, err)
	}
	var about struct{ Name, Version string }
	if err := json.Unmarshal(data, &about); err != nil {
		return "", fmt.Errorf("no %s: package.json: %w", name, err)
	}
	if about.Name != name || about.Version != version {
		return "", fmt.Errorf("no %s: found %s %s, want %s %s", name, about.Name, about.Version, name, version)
	}
	path = filepath.Join(dir, file)
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("no %s: %w", name, err)
	}
	return path, nil
}

// InstallNPM fetches packages, like axe-core@4.14.1, with npm. A part of the
// folder that npm fills, like node_modules/axe-core, becomes dir: in one step,
// and if check finds it whole.
func (i *Installer) InstallNPM(ctx context.Context, item, dir, part string, check func(dir string) error, packages ...string) error {
	err := i.fetchNPM(ctx, item, dir, part, check, packages)
	if err == nil {
		return nil
	}
	return &MissingError{Item: item, Tried: []error{err}, Instruction: "" +
		"See that npm can fetch " + strings.Join(packages, ", ") + "; then run setup again."}
}

func (i *Installer) fetchNPM(ctx context.Context, item, dir, part string, check func(dir string) error, packages []string) error {
	_, npm, err := i.wantNode(ctx)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(i.Cache, "."+item+"-*")
	if err != nil {
		return err
	}
	// What is left behind costs space only and the result stands without it.
	defer func() { _ = os.RemoveAll(tmp) }()

	made := filepath.Join(tmp, "made")
	if err := os.Mkdir(made, 0o755); err != nil {
		return err
	}
	if err := i.Say("%-8s installing npm %s …", item, strings.Join(packages, " ")); err != nil {
		return err
	}
	if _, err := i.Run(ctx, npmInstall(npm, made, packages...)); err != nil {
		return err
	}
	fresh := filepath.Join(made, part)
	if err := check(fresh); err != nil {
		return err
	}
	if err := os.Rename(dir, filepath.Join(tmp, "broken")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(fresh, dir)
}

// npmInstall fetches packages into dir, and runs nothing of them.
func npmInstall(npm, dir string, what ...string) Command {
	return Command{Name: npm, Dir: dir, Args: append([]string{
		"install", "--prefix", dir, "--ignore-scripts", "--no-save", "--no-package-lock",
		"--no-audit", "--no-fund"}, what...)}
}
