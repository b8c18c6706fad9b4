package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// checkNPM fails unless dir is a whole npm package of that version, and answers
// with the file of it that is needed.
func checkNPM(dir, name, version, file string) (path string, err error) {
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

// installNPM fetches a package with npm. The directory appears in one step, whole.
func (s *setup) installNPM(ctx context.Context, item, name, version, dir string, check func(dir string) error) error {
	err := s.fetchNPM(ctx, item, name, version, dir, check)
	if err == nil {
		return nil
	}
	return &MissingError{Item: item, Tried: []error{err}, Instruction: "" +
		"See that npm can fetch " + name + "@" + version + "; then run setup again."}
}

func (s *setup) fetchNPM(ctx context.Context, item, name, version, dir string, check func(dir string) error) error {
	_, npm, err := s.wantNode(ctx)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(s.cache, "."+item+"-*")
	if err != nil {
		return err
	}
	// What is left behind costs space only and the result stands without it.
	defer func() { _ = os.RemoveAll(tmp) }()

	if err := s.say("%-8s installing npm %s %s …", item, name, version); err != nil {
		return err
	}
	if _, err := s.Run(ctx, npmInstall(npm, tmp, name+"@"+version)); err != nil {
		return err
	}
	fresh := filepath.Join(tmp, "node_modules", name)
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
