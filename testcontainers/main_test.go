package netanswer_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/test/provision"
)

// image is what is under test: the Dockerfile's environment that takes a binary in,
// since no image need be fetched for it.
const image = "netanswer:under-test"

// release is the version it is built as.
const release = "0.0.0-test"

// A bench is what the tests of this package share. It is made by TestMain and
// only read by them.
type bench struct {
	engine provision.Engine
	binary string // the program that is in the image
	wrong  error  // why there is none of it
}

var made bench

// preparation is how long the engine, the binary and the image may take. The
// engine of another run that is under way is waited for.
const preparation = 20 * time.Minute

func TestMain(m *testing.M) { os.Exit(tests(m)) }

// tests runs the tests with an engine: one that runs, or one that is started for
// them and ended with its containers.
func tests(m *testing.M) (code int) {
	flag.Parse()
	ctx, cancel := context.WithTimeout(context.Background(), preparation)
	defer cancel()
	dir, err := os.MkdirTemp("", "netanswer-image-")
	if err != nil {
		panic(err)
	}
	engine, end, err := start(ctx)
	made.engine, made.wrong = engine, err
	if err == nil {
		made.binary = filepath.Join(dir, "netanswer")
		made.wrong = build(ctx, dir)
	}
	if made.wrong != nil {
		fmt.Fprintln(os.Stderr, "no image to try:", made.wrong)
		if err := flag.Set("test.skip", "^Example"); err != nil { // they cannot say why they are skipped
			panic(err)
		}
		if os.Getenv("CI") == "true" {
			code = 1
		}
	}
	code = max(code, m.Run())
	if err := errors.Join(end(), os.RemoveAll(dir)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	return code
}

// start returns an engine, and how to end what was started.
func start(ctx context.Context) (e provision.Engine, end func() error, err error) {
	before := os.Getenv("DOCKER_HOST")
	e, stop, err := provision.StartEngine(ctx, provision.Options{})
	if err != nil {
		return e, func() error { return nil }, err
	}
	// No image can be counted on, the reaper's neither; each test ends what it starts.
	variables := map[string]string{"TESTCONTAINERS_RYUK_DISABLED": "true"}
	ours := e.Host != before
	if ours { // it was started here, so this is where its ports are, in a container as well
		variables["DOCKER_HOST"], variables["TESTCONTAINERS_HOST_OVERRIDE"] = e.Host, "localhost"
	}
	for name, value := range variables {
		if os.Getenv(name) == "" {
			err = errors.Join(err, os.Setenv(name, value))
		}
	}
	if ours { // what a run has left that was killed
		err = errors.Join(err, cleared(ctx, e))
	}
	end = func() error {
		ctx := context.Background()
		var left error
		if ours {
			if said, err := run(ctx, "", e.Docker, "ps", "--all", "--quiet"); err != nil || said != "" {
				left = fmt.Errorf("containers are left: %s %w", said, err)
			}
			left = errors.Join(left, cleared(ctx, e))
		}
		for _, name := range []string{image, hollowWireMock, hollowPostgres, hollowProxy} {
			if _, err := run(ctx, "", e.Docker, "image", "inspect", name); err != nil {
				continue // it was not built
			}
			_, err := run(ctx, "", e.Docker, "image", "rm", "--force", name)
			left = errors.Join(left, err)
		}
		return errors.Join(left, stop())
	}
	return e, end, err
}

// cleared removes every container and network of an engine.
func cleared(ctx context.Context, e provision.Engine) error {
	said, err := run(ctx, "", e.Docker, "ps", "--all", "--quiet")
	if ids := strings.Fields(said); err == nil && len(ids) > 0 {
		_, err = run(ctx, "", e.Docker, append([]string{"rm", "--force", "--volumes"}, ids...)...)
	}
	_, networks := run(ctx, "", e.Docker, "network", "prune", "--force")
	return errors.Join(err, networks)
}

// build makes the binary and the image in a folder.
func build(ctx context.Context, dir string) error {
	if _, err := run(ctx, "..", "make", "--silent", "binary", "DIST="+dir, "VERSION="+release); err != nil {
		return err
	}
	_, err := run(
		ctx,
		"..",
		made.engine.Docker,
		"build",
		"--quiet",
		"--tag",
		image,
		"--target",
		"prebuilt",
		"--build-arg",
		"VERSION="+release,
		"--file",
		"Dockerfile",
		dir,
	)
	return err
}

// run runs a program in a folder and returns what it writes to its output.
func run(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	var errOut strings.Builder
	cmd.Stderr = &errOut
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%s: %w\n%s%s", cmd, err, out, errOut.String())
	}
	return strings.TrimSpace(string(out)), err
}

// wanted ends a test where there is nothing to try: in CI as a failure, else
// with the reason.
func wanted(tb testing.TB, missing error) {
	tb.Helper()
	if missing == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		tb.Fatal(missing)
	}
	tb.Skip(missing)
}

// docker runs the client and returns what it says.
func docker(tb testing.TB, args ...string) string {
	tb.Helper()
	said, err := run(tb.Context(), "", made.engine.Docker, args...)
	if err != nil {
		tb.Fatal(err)
	}
	return said
}
