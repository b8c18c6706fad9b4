package provision

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"example.com/netanswer/steps/provision"
)

// How long an engine may take to answer, and to end.
const (
	engineStart = time.Minute
	engineStop  = 30 * time.Second
)

// StartEngine returns an engine that runs: the one that docker finds by
// itself, else one that it starts and that stop ends. Such an engine belongs to
// the process that starts it and ends with it, even if that process is killed.
// It keeps images and a log below the cache directory; of several processes
// that start one, all but the first wait until ctx ends. Only Linux and root
// can start one.
func StartEngine(ctx context.Context, opts Options) (e Engine, stop func() error, err error) {
	p, err := provision.NewPlace(opts)
	if err != nil {
		return e, nil, err
	}
	if _, err := e.find(ctx, p); err != nil {
		return e, nil, err
	}
	// Without Compose there is still an engine.
	_, _ = e.findCompose(ctx, p)
	if e.Version != "" {
		return e, func() error { return nil }, nil
	}
	if err := os.MkdirAll(engineDir(p), 0o711); err != nil {
		return e, nil, err
	}
	unlock, err := provision.Lock(ctx, filepath.Join(engineDir(p), "lock"), func() error { return nil })
	if err != nil {
		return e, nil, fmt.Errorf("wait for the engine of another run to end: %w", err)
	}
	d := &daemon{Place: p, log: filepath.Join(engineDir(p), "dockerd.log"), ended: make(chan error, 1), unlock: unlock}
	if err := d.start(ctx, &e); err != nil {
		return e, nil, errors.Join(fmt.Errorf("start a Docker engine: %w", err), d.stop())
	}
	return e, d.stop, nil
}

// A daemon is an engine that this process has started.
type daemon struct {
	*provision.Place
	log, run string // its log, and the folder of its sockets
	process  *os.Process
	ended    chan error
	unlock   func()
}

// start starts it and waits until it answers.
func (d *daemon) start(ctx context.Context, e *Engine) (err error) {
	// Names of sockets have 108 letters at most, so they are not in the cache.
	if d.run, err = os.MkdirTemp("", "dockerd-"); err != nil {
		return err
	}
	log, err := os.Create(d.log)
	if err != nil {
		return err
	}
	defer log.Close() // written to by the engine, which has it open by itself
	e.Host = "unix://" + filepath.Join(d.run, "docker.sock")
	cmd := exec.Command(e.Daemon, "--host", e.Host, "--data-root", filepath.Join(engineDir(d.Place), "data"),
		"--exec-root", filepath.Join(d.run, "exec"), "--pidfile", filepath.Join(d.run, "pid"))
	cmd.Stdout, cmd.Stderr = log, log
	if err := d.launch(cmd); err != nil {
		return err
	}
	d.process = cmd.Process
	return d.await(ctx, e)
}

// await asks the engine until it answers.
func (d *daemon) await(ctx context.Context, e *Engine) error {
	ctx, cancel := context.WithTimeout(ctx, engineStart)
	defer cancel()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	version := provision.Command{
		Name: e.Docker,
		Args: []string{"version", "--format", "{{.Server.Version}}"},
		Env:  []string{"DOCKER_HOST=" + e.Host},
	}
	for {
		said, err := d.Run(ctx, version)
		if err == nil && strings.TrimSpace(said) != "" {
			e.Version = strings.TrimSpace(said)
			return nil
		}
		select {
		case died := <-d.ended:
			d.process = nil
			return fmt.Errorf("it ended (%v): %s", died, d.lastWords())
		case <-ctx.Done():
			return fmt.Errorf("it does not answer: %w; %s", err, d.lastWords())
		case <-again.C:
		}
	}
}

// lastWords is the end of the log, and where the rest of it is.
func (d *daemon) lastWords() string {
	text, err := os.ReadFile(d.log)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], "\n") + "\nits log is " + d.log
}

// stop ends the engine with its containers, by its process, and waits for that.
func (d *daemon) stop() error {
	defer d.unlock()
	var err error
	if d.process != nil {
		err = d.end()
	}
	if d.run != "" {
		err = errors.Join(err, os.RemoveAll(d.run))
	}
	return err
}

func (d *daemon) end() error {
	if err := d.process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	late := time.NewTimer(engineStop)
	defer late.Stop()
	select {
	case <-d.ended: // by a signal: how it ends is nobody's concern
		return nil
	case <-late.C:
		return errors.Join(fmt.Errorf("the engine did not end within %v and was killed: %s", engineStop, d.lastWords()), d.process.Kill())
	}
}
