package provision_test

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

// computer is a make-believe machine: a few programs on PATH, an apt that has
// some packages, a way to the internet or none. It notes every command.
type computer struct {
	root     string              // what lies outside of it does not exist
	programs map[string]bool     // on PATH
	packages map[string][]string // what apt can install: the programs in it
	stale    bool                // apt fails until it is updated
	offline  bool                // npm works (a mirror), Playwright's download does not
	noNPM    bool                // npm stops half-way
	env      map[string]string
	engine   string // version of the Docker engine that answers, "" for none
	plugin   string // version of Docker's Compose plugin, "" for none

	mu    sync.Mutex
	fonts bool
	ran   []string
	pause func() // called while npm is at work
}

// debian is a computer with what is usually there, and apt.
func debian(t *testing.T, programs ...string) *computer {
	t.Helper()
	c := &computer{root: t.TempDir(), programs: map[string]bool{}, env: map[string]string{}, packages: map[string][]string{
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
		c.add(name)
	}
	return c
}

func (c *computer) cache() string { return filepath.Join(c.root, "cache") }

// add puts a program on PATH.
func (c *computer) add(name string) {
	c.programs[name] = true
	write(filepath.Join(c.root, "bin", name), "#!")
}

func (c *computer) machine(root bool) *provision.Machine {
	return &provision.Machine{OS: "linux", Root: root, Look: c.look, Run: c.run, Env: func(name string) string { return c.env[name] }}
}

func (c *computer) options(root bool) provision.Options {
	return provision.Options{CacheDir: c.cache(), Machine: c.machine(root)}
}

func (c *computer) look(name string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if filepath.IsAbs(name) && strings.HasPrefix(name, c.root) {
		return exec.LookPath(name)
	}
	if c.programs[name] {
		return filepath.Join(c.root, "bin", name), nil
	}
	return "", fmt.Errorf("%s: not here", name)
}

func (c *computer) run(_ context.Context, cmd provision.Command) (string, error) {
	c.mu.Lock()
	c.ran = append(c.ran, strings.ReplaceAll(cmd.String(), c.root, "~"))
	pause := c.pause
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
		if c.engine == "" {
			return "", errors.New("Cannot connect to the Docker daemon")
		}
		return c.engine + "\n", nil
	case name == "docker" && strings.HasPrefix(verb, "compose version") && c.plugin != "":
		return c.plugin + "\n", nil
	case name == "fc-list" && c.fonts:
		return "Noto Sans CJK JP,Noto Sans CJK JP Bold\n", nil
	case name == "node" && strings.Contains(verb, "cli.js install"):
		return "", c.download(cmd)
	}
	return "", nil
}

func (c *computer) npm(cmd provision.Command) (string, error) {
	if slices.Contains(cmd.Args, "axe-core@"+provision.AxeVersion) {
		pkg := filepath.Join(cmd.Dir, "node_modules", "axe-core")
		write(filepath.Join(pkg, "axe.min.js"), "")
		if c.noNPM {
			return "", errors.New("npm: the line went dead")
		}
		write(filepath.Join(pkg, "package.json"), `{"name":"axe-core","version":"`+provision.AxeVersion+`"}`)
		return "", nil
	}
	if slices.Contains(cmd.Args, "wiremock@"+provision.WireMockVersion) {
		pkg := filepath.Join(cmd.Dir, "node_modules", "wiremock")
		write(filepath.Join(pkg, "package.json"), `{"name":"wiremock","version":"`+provision.WireMockVersion+`"}`)
		if c.noNPM {
			return "", errors.New("npm: the line went dead")
		}
		write(filepath.Join(pkg, "build", "wiremock-standalone-"+provision.WireMockVersion+".jar"), "PK")
		return "", nil
	}
	if slices.Contains(cmd.Args, "twilio@"+provision.TwilioVersion) {
		for name, version := range map[string]string{"twilio": provision.TwilioVersion, "smpp": provision.SMPPVersion, "nodemailer": provision.NodemailerVersion} {
			write(filepath.Join(cmd.Dir, "node_modules", name, "package.json"), `{"name":"`+name+`","version":"`+version+`"}`)
		}
		return "", nil
	}
	pkg := filepath.Join(cmd.Dir, "node_modules", "playwright-core")
	write(filepath.Join(pkg, "cli.js"), "")
	if c.noNPM {
		return "", errors.New("npm: the line went dead")
	}
	write(filepath.Join(pkg, "package.json"), `{"name":"playwright-core","version":"`+provision.DriverVersion+`"}`)
	return "", nil
}

func (c *computer) apt(cmd provision.Command) error {
	if slices.Contains(cmd.Args, "update") {
		c.stale = false
		return nil
	}
	_, names, _ := strings.Cut(strings.Join(cmd.Args, " "), "--no-install-recommends ")
	for name := range strings.FieldsSeq(names) {
		programs, ok := c.packages[name]
		if c.stale || !ok {
			return fmt.Errorf("E: Unable to locate package %s", name)
		}
		for _, p := range programs {
			c.add(p)
		}
		c.fonts = c.fonts || name == "fonts-noto-cjk"
	}
	return nil
}

func (c *computer) download(cmd provision.Command) error {
	if c.offline {
		return errors.New("getaddrinfo ENOTFOUND")
	}
	dir := filepath.Join(strings.TrimPrefix(cmd.Env[0], "PLAYWRIGHT_BROWSERS_PATH="), "chromium_headless_shell-1223")
	write(filepath.Join(dir, "chrome-headless-shell-linux64", "chrome-headless-shell"), "#!")
	write(filepath.Join(dir, "INSTALLATION_COMPLETE"), "")
	return nil
}

// times counts the commands run that contain words.
func (c *computer) times(words string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, cmd := range c.ran {
		if strings.Contains(cmd, words) {
			n++
		}
	}
	return n
}

// write makes an executable file and the directories it needs.
func write(path, text string) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		panic(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		panic(err)
	}
}
