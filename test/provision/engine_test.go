package provision_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	browser "example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/provision/provisiontest"
	"example.com/netanswer/test/provision"
)

func TestSetupOfTheEngine(t *testing.T) {
	t.Parallel()
	const started, running = "engine   installed  ~/bin/dockerd, started by the tests", "engine   found      Docker 27.5.1, running"
	tests := map[string]struct {
		programs []string
		with     func(c *provisiontest.Computer)
		user     bool // not root
		lines    []string
		wrong    string // part of the error, "" for none
	}{
		"root with nothing but apt gets all of it from Debian": {
			lines: []string{
				"engine   apt-get install docker.io iptables …",
				started,
				"compose  apt-get install docker-compose …",
				"compose  installed  ~/bin/docker-compose",
			},
		},
		"a client without an engine gets one": {
			programs: []string{"docker", "docker-compose"},
			lines:    []string{"engine   apt-get install docker.io iptables …", started, "compose  found      ~/bin/docker-compose"},
		},
		"an engine that runs is taken, by anybody": {
			programs: []string{"docker"}, user: true,
			with:  func(c *provisiontest.Computer) { c.Engine, c.Plugin = "27.5.1", "2.40.3" },
			lines: []string{running, "compose  found      docker compose 2.40.3"},
		},
		"an engine of somebody's choice that does not answer is told": {
			programs: []string{"docker", "dockerd", "iptables", "docker-compose"},
			with:     func(c *provisiontest.Computer) { c.Env["DOCKER_HOST"] = "tcp://192.0.2.1:2375" },
			lines:    []string{"compose  found      ~/bin/docker-compose"},
			wrong:    "no Docker engine answers at DOCKER_HOST",
		},
		"who is not root is told what to type": {
			programs: []string{"docker", "dockerd", "iptables", "docker-compose"}, user: true,
			lines: []string{"compose  found      ~/bin/docker-compose"},
			wrong: "apt-get install -y docker.io iptables\n  elsewhere install Docker",
		},
		"Compose alone is missing": {
			programs: []string{"docker"}, user: true,
			with:  func(c *provisiontest.Computer) { c.Engine = "27.5.1" },
			lines: []string{running},
			wrong: "compose: missing",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := provisiontest.Debian(t, test.programs...)
			if test.with != nil {
				test.with(c)
			}
			var out bytes.Buffer
			got, err := provision.SetupEngine(t.Context(), &out, c.Options(!test.user))
			lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(out.String(), c.Root, "~")), "\n")
			if diff := cmp.Diff(test.lines, lines); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			var missing *browser.MissingError
			if errors.As(err, &missing) != (test.wrong != "") || err != nil && !strings.Contains(err.Error(), test.wrong) {
				t.Errorf("error is %v, want %q", err, test.wrong)
			}
			found, ferr := provision.FindEngine(t.Context(), c.Options(!test.user))
			if diff := cmp.Diff(got, found); diff != "" || (err == nil) != (ferr == nil) {
				t.Errorf("found differs from set up (-setup +find):\n%s%v", diff, ferr)
			}
		})
	}
}

func TestAnEngineThatRunsIsNeitherStartedNorEnded(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "docker")
	c.Engine, c.Env["DOCKER_HOST"] = "27.5.1", "unix:///somebody's.sock"
	e, stop, err := provision.StartEngine(t.Context(), c.Options(false))
	if err != nil || e.Version != "27.5.1" || e.Host != "unix:///somebody's.sock" {
		t.Fatalf("%+v %v", e, err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(c.Cache()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was written: %v", err)
	}
}

// TestAnEngineThatDiesIsToldInItsOwnWords starts a program that fails as dockerd
// does where it may not do what it has to.
func TestAnEngineThatDiesIsToldInItsOwnWords(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	c := provisiontest.Debian(t, "docker", "dockerd", "iptables")
	provisiontest.Write(
		filepath.Join(c.Root, "bin", "dockerd"),
		"#!/bin/sh\necho starting\necho 'failed to start daemon: Devices cgroup is not mounted' >&2\nexit 1\n",
	)
	for range 2 { // the second need not wait for the first
		_, stop, err := provision.StartEngine(t.Context(), c.Options(true))
		if err == nil || stop != nil || !strings.Contains(err.Error(), "Devices cgroup is not mounted") ||
			!strings.Contains(err.Error(), "exit status 1") {
			t.Errorf("%v", err)
		}
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("something is left: %v %v", left, err)
	}
}
