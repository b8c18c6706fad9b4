package provision

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"example.com/netanswer/steps/provision"
)

// An Engine is a Docker engine, or how to start one, and the programs that
// speak to it.
type Engine struct {
	// Host is for the variable DOCKER_HOST. Empty means where docker looks by
	// itself.
	Host string
	// Version is that of the engine that answers; empty where none does yet.
	Version string
	// Docker is the client, Daemon the engine's program where root may start
	// it, else empty.
	Docker, Daemon string
	// Compose is the command that reads compose files: docker compose where
	// that plugin is there, else docker-compose.
	Compose []string
}

// FindEngine returns the engine that answers, or could be started by
// StartEngine, and with Compose. The error says what is missing; what is there
// can be used all the same.
func FindEngine(ctx context.Context, opts Options) (Engine, error) {
	p, err := provision.NewPlace(opts)
	if err != nil {
		return Engine{}, err
	}
	var e Engine
	_, missing := e.find(ctx, p)
	_, compose := e.findCompose(ctx, p)
	return e, errors.Join(missing, compose)
}

// SetupEngine provides what is missing. Nothing is
// started; the tests do that and end it.
func SetupEngine(ctx context.Context, out io.Writer, opts Options) (Engine, error) {
	i, err := provision.NewInstaller(out, opts)
	if err != nil {
		return Engine{}, err
	}
	defer i.Close()
	var e Engine
	err = errors.Join(
		i.Provide(
			ctx,
			"engine",
			func(ctx context.Context) error { return installEngine(ctx, i) },
			func() (string, error) { return e.find(ctx, i.Place) },
		),
		i.Provide(
			ctx,
			"compose",
			func(ctx context.Context) error { return installCompose(ctx, i) },
			func() (string, error) { return e.findCompose(ctx, i.Place) },
		),
	)
	return e, err
}

// find asks the engine that docker finds by itself, and else looks for
// one that can be started.
func (e *Engine) find(ctx context.Context, p *provision.Place) (what string, err error) {
	if e.Docker, err = p.Look("docker"); err != nil {
		return "", fmt.Errorf("no Docker engine: %w", err)
	}
	said, err := p.Run(ctx, provision.Command{Name: e.Docker, Args: []string{"version", "--format", "{{.Server.Version}}"}})
	if err == nil && strings.TrimSpace(said) != "" {
		e.Version, e.Host = strings.TrimSpace(said), p.Env("DOCKER_HOST")
		return "Docker " + e.Version + ", running", nil
	}
	if p.Env("DOCKER_HOST") != "" {
		return "", fmt.Errorf("no Docker engine answers at DOCKER_HOST: %w", err)
	}
	if p.OS != "linux" || !p.Root {
		return "", fmt.Errorf("no Docker engine is running, and this is not root on Linux to start one: %w", err)
	}
	e.Daemon, err = p.Look("dockerd")
	_, tables := p.Look("iptables")
	if err := errors.Join(err, tables); err != nil {
		return "", fmt.Errorf("no Docker engine is running, nor can be started: %w", err)
	}
	return e.Daemon + ", started by the tests", nil
}

func (e *Engine) findCompose(ctx context.Context, p *provision.Place) (what string, err error) {
	if e.Docker != "" {
		plugin := provision.Command{Name: e.Docker, Args: []string{"compose", "version", "--short"}}
		if said, err := p.Run(ctx, plugin); err == nil && strings.TrimSpace(said) != "" {
			e.Compose = []string{e.Docker, "compose"}
			return "docker compose " + strings.TrimSpace(said), nil
		}
	}
	path, err := p.Look("docker-compose")
	if err != nil {
		return "", fmt.Errorf("no Compose: %w", err)
	}
	e.Compose = []string{path}
	return path, nil
}

const enginePackages = "docker.io iptables"

func installEngine(ctx context.Context, i *provision.Installer) error {
	var errs []error
	if i.OS == "linux" && i.Env("DOCKER_HOST") == "" {
		err := i.Apt(ctx, "engine", strings.Fields(enginePackages)...)
		if err == nil {
			return nil
		}
		errs = append(errs, err)
	} else {
		_, err := new(Engine).find(ctx, i.Place)
		errs = append(errs, err)
	}
	return &provision.MissingError{Item: "engine", Tried: errs, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y " + enginePackages + "\n" +
		"elsewhere install Docker; then see that `docker version` answers and run setup again."}
}

func installCompose(ctx context.Context, i *provision.Installer) error {
	err := i.Apt(ctx, "compose", "docker-compose")
	if err == nil {
		return nil
	}
	return &provision.MissingError{Item: "compose", Tried: []error{err}, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y docker-compose\n" +
		"elsewhere install Docker's Compose plugin; then see that `docker compose version` answers."}
}

// engineDir is where a started engine keeps its images and its log.
func engineDir(p *provision.Place) string { return filepath.Join(p.Cache, "docker") }
