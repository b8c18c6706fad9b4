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

// installed is the file that Playwright writes when a download has come to its end.
const installed = "INSTALLATION_COMPLETE"

// findBrowser returns a headless Chromium of the machine's own, else with
// one that Playwright left in the cache directory.
func (p *Place) findBrowser() (string, error) {
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
func (p *Place) downloads() string { return filepath.Join(p.Cache, "browsers-"+DriverVersion) }

// downloaded lists the headless shells whose download came to its end, the
// newest revision first. The program has another name on some systems.
func (p *Place) downloaded() []string {
	var paths []string
	for _, program := range []string{"chrome-headless-shell", "headless_shell", "chrome-headless-shell.exe"} {
		// A bad pattern is the only error of Glob.
		found, _ := filepath.Glob(filepath.Join(p.downloads(), "chromium_headless_shell-*", "*", program))
		for _, path := range found {
			mark := filepath.Join(filepath.Dir(filepath.Dir(path)), installed)
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
func (i *Installer) installBrowser(ctx context.Context) error {
	var tried []error
	for _, way := range []func(context.Context) error{i.packagedBrowser, i.downloadBrowser} {
		err := way(ctx)
		if err == nil {
			return nil
		}
		tried = append(tried, err)
	}
	return &MissingError{Item: "browser", Tried: tried, Instruction: "" +
		"On Debian type:  sudo apt-get update && sudo apt-get install -y " + headlessShell + "\n" +
		"elsewhere, with a way to the internet:  " + i.download(headlessShell).String() + "\n" +
		"and run setup again. Any " + headlessShell + " on PATH will do."}
}

func (i *Installer) packagedBrowser(ctx context.Context) error {
	if err := i.Apt(ctx, "browser", headlessShell); err != nil {
		return err
	}
	return i.tryBrowser(ctx)
}

// download is the command with which Playwright fetches one of its browsers.
func (i *Installer) download(which string) Command {
	dir := i.driverDir()
	return Command{
		Name: filepath.Join(dir, nodeName(i.OS)),
		Args: []string{filepath.Join(dir, "package", "cli.js"), "install", which},
		Env:  []string{browsersVariable + "=" + i.downloads()},
	}
}

func (i *Installer) downloadBrowser(ctx context.Context) error {
	if err := i.fetch(ctx, headlessShell); err != nil {
		return err
	}
	return i.tryBrowser(ctx)
}

// fetch lets Playwright fetch one of its browsers, with the libraries it is linked with.
func (i *Installer) fetch(ctx context.Context, which string) error {
	_, node, err := i.findDriver()
	if err != nil {
		return fmt.Errorf("download a browser: %w", err)
	}
	c := i.download(which)
	c.Name = node
	if i.aptUsable() == nil {
		c.Args = append(c.Args, "--with-deps")
	}
	if err := i.Say("%-8s downloading Playwright's %s …", "browser", which); err != nil {
		return err
	}
	_, err = i.Run(ctx, c)
	return err
}

// tryBrowser sees that a browser just installed starts: a library that it
// lacks would otherwise show in the first scenario, as a time-out.
func (i *Installer) tryBrowser(ctx context.Context) error {
	path, err := i.findBrowser()
	if err != nil {
		return err
	}
	_, err = i.Run(ctx, Command{Name: path, Args: []string{"--version"}})
	return err
}

// planBrowser tells what installBrowser would do.
func (i *Installer) planBrowser() string {
	download := "let the driver download Playwright's " + headlessShell + " into " + i.downloads()
	if i.aptUsable() != nil {
		return download
	}
	return i.planApt(headlessShell) + ", or else " + download
}
