package provision

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// headlessShell is Chromium without a window, as Debian and Playwright both
// call it. It gives a browser context three times faster than full Chromium.
const headlessShell = "chromium-headless-shell"

// findBrowser returns a headless Chromium of the machine's own, else with
// one that Playwright left in the cache directory.
func (p *place) findBrowser() (string, error) {
	for _, name := range []string{headlessShell, "/usr/lib/chromium/" + headlessShell, "/usr/lib/chromium-browser/" + headlessShell} {
		if path, err := p.Look(name); err == nil {
			return path, nil
		}
	}
	for _, path := range p.downloaded() {
		if found, err := p.Look(path); err == nil {
			return found, nil
		}
	}
	return "", fmt.Errorf("no browser: no %s on PATH and none in %s", headlessShell, p.downloads())
}

// downloads is where Playwright puts browsers: a place for each version, as a
// driver is only sure of its own.
func (p *place) downloads() string { return filepath.Join(p.cache, "browsers-"+DriverVersion) }

// downloaded lists the headless shells whose download came to its end, the
// newest revision first. The program has another name on some systems.
func (p *place) downloaded() []string {
	var paths []string
	for _, program := range []string{"chrome-headless-shell", "headless_shell", "chrome-headless-shell.exe"} {
		// A bad pattern is the only error of Glob.
		found, _ := filepath.Glob(filepath.Join(p.downloads(), "chromium_headless_shell-*", "*", program))
		for _, path := range found {
			mark := filepath.Join(filepath.Dir(filepath.Dir(path)), "INSTALLATION_COMPLETE")
			if _, err := os.Stat(mark); err == nil {
				paths = append(paths, path)
			}
		}
	}
	slices.Sort(paths)
	slices.Reverse(paths)
	return paths
}

// installBrowser takes Debian's package, else Playwright's download.
func (s *setup) installBrowser(ctx context.Context) error {
	var tried []error
	for _, way := range []func(context.Context) error{s.packagedBrowser, s.downloadBrowser} {
		err := way(ctx)
		if err == nil {
			return nil
		}
		tried = append(tried, err)
	}
	return &MissingError{Item: "browser", Tried: tried, Instruction: "" +
		"On Debian type:  sudo apt-get update && sudo apt-get install -y " + headlessShell + "\n" +
		"elsewhere, with a way to the internet:  " + s.download().String() + "\n" +
		"and run setup again. Any " + headlessShell + " on PATH will do."}
}

func (s *setup) packagedBrowser(ctx context.Context) error {
	if err := s.apt(ctx, "browser", headlessShell); err != nil {
		return err
	}
	return s.tryBrowser(ctx)
}

// download is the command with which Playwright fetches its browser.
func (s *setup) download() Command {
	dir := s.driverDir()
	return Command{
		Name: filepath.Join(dir, nodeName(s.OS)),
		Args: []string{filepath.Join(dir, "package", "cli.js"), "install", headlessShell},
		Env:  []string{"PLAYWRIGHT_BROWSERS_PATH=" + s.downloads()},
	}
}

func (s *setup) downloadBrowser(ctx context.Context) error {
	_, node, err := s.findDriver()
	if err != nil {
		return fmt.Errorf("download a browser: %w", err)
	}
	c := s.download()
	c.Name = node
	if s.aptUsable() == nil {
		c.Args = append(c.Args, "--with-deps") // the libraries it is linked with
	}
	if err := s.say("%-8s downloading Playwright's %s …", "browser", headlessShell); err != nil {
		return err
	}
	if _, err := s.Run(ctx, c); err != nil {
		return err
	}
	return s.tryBrowser(ctx)
}

// tryBrowser sees that a browser just installed starts: a library that it
// lacks would otherwise show in the first scenario, as a time-out.
func (s *setup) tryBrowser(ctx context.Context) error {
	path, err := s.findBrowser()
	if err != nil {
		return err
	}
	_, err = s.Run(ctx, Command{Name: path, Args: []string{"--version"}})
	return err
}
