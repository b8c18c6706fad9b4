package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The engines of browsers that a driver can look through. Chromium is the default.
const (
	Chromium = "chromium"
	Firefox  = "firefox"
	WebKit   = "webkit"
)

// Engines are all of them.
var Engines = []string{Chromium, Firefox, WebKit}

// CheckEngine tells whether there is an engine of that name.
func CheckEngine(name string) error {
	if slices.Contains(Engines, name) {
		return nil
	}
	return fmt.Errorf("browser: unknown engine %q; there are %s", name, strings.Join(Engines, ", "))
}

// browsersVariable names the folder that Playwright's own browsers are in.
const browsersVariable = "PLAYWRIGHT_BROWSERS_PATH"

// programs are the files of Playwright's own builds, below the folder of a revision.
// Those of a system do not do, ADR 110.
var programs = map[string][]string{
	Firefox: {"firefox/firefox", "firefox/firefox.exe", "firefox/Nightly.app/Contents/MacOS/firefox"},
	WebKit:  {"pw_run.sh", "Playwright.exe"},
}

// findEngine returns the program of an engine.
func (p *Place) findEngine(engine string) (string, error) {
	if engine == Chromium {
		return p.findBrowser()
	}
	revision, err := p.revision(engine)
	if err != nil {
		return "", err
	}
	for _, dir := range p.builds() {
		made := filepath.Join(dir, engine+"-"+revision)
		if _, err := os.Stat(filepath.Join(made, installed)); err != nil {
			continue
		}
		for _, program := range programs[engine] {
			if path, err := p.Look(filepath.Join(made, filepath.FromSlash(program))); err == nil {
				return path, nil
			}
		}
	}
	return "", fmt.Errorf("no %s of Playwright's own, revision %s, in %s", engine, revision, strings.Join(p.builds(), ", "))
}

// revision is which build of an engine the driver is made for.
func (p *Place) revision(engine string) (string, error) {
	data, err := os.ReadFile(filepath.Join(p.driverDir(), "package", "browsers.json"))
	if errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("no %s: no Playwright driver that would say which", engine)
	}
	var list struct {
		Browsers []struct{ Name, Revision string }
	}
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err != nil {
		return "", fmt.Errorf("no %s: browsers.json: %w", engine, err)
	}
	for _, b := range list.Browsers {
		if b.Name == engine {
			return b.Revision, nil
		}
	}
	return "", fmt.Errorf("no %s: Playwright %s has none", engine, DriverVersion)
}

// builds are where Playwright's own browsers may be: the cache, what the environment
// names, and where Playwright itself puts them.
func (p *Place) builds() []string {
	dirs := []string{p.downloads()}
	if dir := p.Env(browsersVariable); filepath.IsAbs(dir) {
		return append(dirs, dir)
	}
	of := map[string]struct{ variable, below string }{
		"windows": {"LOCALAPPDATA", "ms-playwright"}, "darwin": {"HOME", "Library/Caches/ms-playwright"},
	}
	at, ok := of[p.OS]
	if !ok {
		at.variable, at.below = "HOME", ".cache/ms-playwright"
		if p.Env("XDG_CACHE_HOME") != "" {
			at.variable, at.below = "XDG_CACHE_HOME", "ms-playwright"
		}
	}
	if home := p.Env(at.variable); home != "" {
		dirs = append(dirs, filepath.Join(home, filepath.FromSlash(at.below)))
	}
	return dirs
}

// installEngine lets the driver download one of Playwright's own.
func (i *Installer) installEngine(ctx context.Context, engine string) error {
	err := i.fetch(ctx, engine)
	if err == nil {
		return nil
	}
	return &MissingError{Item: engine, Tried: []error{err}, Instruction: "With a way to the internet:  " + i.download(engine).String()}
}
