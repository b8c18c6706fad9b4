package provision

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
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
func FindEngine(ctx context.Context, cacheDir string) (Engine, error) {
	return Options{CacheDir: cacheDir}.FindEngine(ctx)
}

// FindEngine is the same for any machine.
func (o Options) FindEngine(ctx context.Context) (Engine, error) {
	p, err := newPlace(o)
	if err != nil {
		return Engine{}, err
	}
	var e Engine
	_, missing := p.findEngine(ctx, &e)
	_, compose := p.findCompose(ctx, &e)
	return e, errors.Join(missing, compose)
}

// SetupEngine provides what is missing, as Setup does its things. Nothing is
// started; the tests do that and end it.
func SetupEngine(ctx context.Context, out io.Writer, opts Options) (Engine, error) {
	p, err := newPlace(opts)
	if err != nil {
		return Engine{}, err
	}
	s := &setup{place: p, out: out}
	defer s.release()
	var e Engine
	err = errors.Join(
		s.provide(ctx, "engine", s.installEngine, func() (string, error) { return p.findEngine(ctx, &e) }),
		s.provide(ctx, "compose", s.installCompose, func() (string, error) { return p.findCompose(ctx, &e) }),
	)
	return e, err
}

// findEngine asks the engine that docker finds by itself, and else looks for
// one that can be started.
func (p *place) findEngine(ctx context.Context, e *Engine) (what string, err error) {
	if e.Docker, err = p.Look("docker"); err != nil {
		return "", fmt.Errorf("no Docker engine: %w", err)
	}
	said, err := p.Run(ctx, Command{Name: e.Docker, Args: []string{"version", "--format", "{{.Server.Version}}"}})
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

func (p *place) findCompose(ctx context.Context, e *Engine) (what string, err error) {
	if e.Docker != "" {
		plugin := Command{Name: e.Docker, Args: []string{"compose", "version", "--short"}}
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

func (s *setup) installEngine(ctx context.Context) error {
	var errs []error
	if s.OS == "linux" && s.Env("DOCKER_HOST") == "" {
		err := s.apt(ctx, "engine", strings.Fields(enginePackages)...)
		if err == nil {
			return nil
		}
		errs = append(errs, err)
	} else {
		_, err := s.findEngine(ctx, &Engine{})
		errs = append(errs, err)
	}
	return &MissingError{Item: "engine", Tried: errs, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y " + enginePackages + "\n" +
		"elsewhere install Docker; then see that `docker version` answers and run setup again."}
}

func (s *setup) installCompose(ctx context.Context) error {
	err := s.apt(ctx, "compose", "docker-compose")
	if err == nil {
		return nil
	}
	return &MissingError{Item: "compose", Tried: []error{err}, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y docker-compose\n" +
		"elsewhere install Docker's Compose plugin; then see that `docker compose version` answers."}
}

// engineDir is where a started engine keeps its images and its log.
func (p *place) engineDir() string { return filepath.Join(p.cache, "docker") }
