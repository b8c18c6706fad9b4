// Package provisiontest is a make-believe machine, for tests of what finds and
// installs things.
package provisiontest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.com/netanswer/steps/provision"
)

// A Computer is a make-believe machine: a few programs on PATH, an apt that has
// some packages, a way to the internet or none. It notes every command.
type Computer struct {
	Root     string              // what lies outside of it does not exist
	programs map[string]bool     // on PATH
	Packages map[string][]string // what apt can install: the programs in it
	Stale    bool                // apt fails until it is updated
	Offline  bool                // npm works (a mirror), Playwright's download does not
	NoNPM    bool                // npm stops half-way
	Env      map[string]string
	Engine   string // version of the Docker engine that answers, "" for none
	Plugin   string // version of Docker's Compose plugin, "" for none

	mu    sync.Mutex
	Fonts bool
	Ran   []string
	Pause func() // called while npm is at work
}

// Debian is a computer with what is usually there, and apt.
func Debian(t *testing.T, programs ...string) *Computer {
	t.Helper()
	c := &Computer{Root: t.TempDir(), programs: map[string]bool{}, Env: map[string]string{}, Packages: map[string][]string{
		"nodejs":                  {"node"},
		"npm":                     {"npm"},
		"chromium-headless-shell": {"chromium-headless-shell"},
		"fontconfig":              {"fc-list"},
		"fonts-noto-cjk":          nil,
		"sip-tester":              {"sipp"},
		"baresip":                 {"baresip"},
		"espeak-ng":               {"espeak-ng"},
		"docker.io":               {"docker", "dockerd"},
		"iptables":                {"iptables"},
		"docker-compose":          {"docker-compose"},
		"default-jre-headless":    {"java"},
	}}
	for _, name := range append(programs, "apt-get") {
		c.Add(name)
	}
	return c
}

// Cache is its cache directory.
func (c *Computer) Cache() string { return filepath.Join(c.Root, "cache") }

// Add puts a program on PATH.
func (c *Computer) Add(name string) {
	c.programs[name] = true
	Write(filepath.Join(c.Root, "bin", name), "#!")
}

// Machine is what is asked of it; root tells whether packages may be installed.
func (c *Computer) Machine(root bool) *provision.Machine {
	return &provision.Machine{OS: "linux", Root: root, Look: c.look, Run: c.run, Env: func(name string) string { return c.Env[name] }}
}

// Options are the machine with its cache directory.
func (c *Computer) Options(root bool) provision.Options {
	return provision.Options{CacheDir: c.Cache(), Machine: c.Machine(root)}
}

func (c *Computer) look(name string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if filepath.IsAbs(name) && strings.HasPrefix(name, c.Root) {
		return exec.LookPath(name)
	}
	if c.programs[name] {
		return filepath.Join(c.Root, "bin", name), nil
	}
	return "", fmt.Errorf("%s: not here", name)
}

func (c *Computer) run(_ context.Context, cmd provision.Command) (string, error) {
	c.mu.Lock()
	c.Ran = append(c.Ran, strings.ReplaceAll(cmd.String(), c.Root, "~"))
	pause := c.Pause
	c.mu.Unlock()
	name, verb := filepath.Base(cmd.Name), strings.Join(cmd.Args, " ")
	if name == "npm" && pause != nil {
		pause()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case name == "npm":
		return c.npm(cmd)
	case name == "apt-get":
		return "", c.apt(cmd)
	case name == "docker" && strings.HasPrefix(verb, "version"):
		if c.Engine == "" {
			return "", errors.New("docker: cannot connect to the Docker daemon")
		}
		return c.Engine + "\n", nil
	case name == "docker" && strings.HasPrefix(verb, "compose version") && c.Plugin != "":
		return c.Plugin + "\n", nil
	case name == "fc-list" && c.Fonts:
		return "Noto Sans CJK JP,Noto Sans CJK JP Bold\n", nil
	case name == "node" && strings.Contains(verb, "cli.js install"):
		return "", c.download(cmd)
	}
	return "", nil
}

// files are what a package is checked for, besides its package.json.
var files = map[string]string{"playwright-core": "cli.js", "axe-core": "axe.min.js", "wiremock": "build/wiremock-standalone-%s.jar"}

// npm installs what is named name@version.
func (c *Computer) npm(cmd provision.Command) (string, error) {
	for _, wanted := range cmd.Args {
		at := strings.LastIndex(wanted, "@") // a scope begins with another one
		if at <= 0 {
			continue
		}
		name, version := wanted[:at], wanted[at+1:]
		pkg := filepath.Join(cmd.Dir, "node_modules", name)
		if file, has := files[name]; has {
			Write(filepath.Join(pkg, filepath.FromSlash(strings.ReplaceAll(file, "%s", version))), "")
		}
		if c.NoNPM {
			return "", errors.New("npm: the line went dead")
		}
		if name == "playwright-core" {
			Write(filepath.Join(pkg, "browsers.json"), `{"browsers":[{"name":"firefox","revision":"1522"},{"name":"webkit","revision":"1522"}]}`)
		}
		Write(filepath.Join(pkg, "package.json"), `{"name":"`+name+`","version":"`+version+`"}`)
	}
	return "", nil
}

func (c *Computer) apt(cmd provision.Command) error {
	if slices.Contains(cmd.Args, "update") {
		c.Stale = false
		return nil
	}
	_, names, _ := strings.Cut(strings.Join(cmd.Args, " "), "--no-install-recommends ")
	for name := range strings.FieldsSeq(names) {
		programs, ok := c.Packages[name]
		if c.Stale || !ok {
			return fmt.Errorf("apt-get: E: Unable to locate package %s", name)
		}
		for _, p := range programs {
			c.Add(p)
		}
		c.Fonts = c.Fonts || name == "fonts-noto-cjk"
	}
	return nil
}

func (c *Computer) download(cmd provision.Command) error {
	if c.Offline {
		return errors.New("getaddrinfo ENOTFOUND")
	}
	build, program := "chromium_headless_shell-1223", "chrome-headless-shell-linux64/chrome-headless-shell"
	if of := builds[cmd.Args[2]]; of != "" {
		build, program = cmd.Args[2]+"-1522", of
	}
	dir := filepath.Join(strings.TrimPrefix(cmd.Env[0], "PLAYWRIGHT_BROWSERS_PATH="), build)
	Write(filepath.Join(dir, filepath.FromSlash(program)), "#!")
	Write(filepath.Join(dir, "INSTALLATION_COMPLETE"), "")
	return nil
}

// builds are the programs of Playwright's own browsers, each of revision 1522.
var builds = map[string]string{"firefox": "firefox/firefox", "webkit": "pw_run.sh"}

// Times counts the commands run that contain words.
func (c *Computer) Times(words string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, cmd := range c.Ran {
		if strings.Contains(cmd, words) {
			n++
		}
	}
	return n
}

// Write makes an executable file and the directories it needs.
func Write(path, text string) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		panic(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		panic(err)
	}
}
