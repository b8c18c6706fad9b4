package provision

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"

	"example.com/netanswer/steps/provision"
)

// Postgres are the programs of PostgreSQL that the tests start a server with.
type Postgres struct{ InitDB, Server string }

// postgresDirs is where Debian has them, a folder a version.
const postgresDirs = "/usr/lib/postgresql/*/bin"

// FindPostgres finds them on PATH, or the newest that Debian has installed.
func FindPostgres(opts Options) (Postgres, error) {
	p, err := provision.NewPlace(opts)
	if err != nil {
		return Postgres{}, err
	}
	dirs, _ := filepath.Glob(postgresDirs) // a bad pattern is the only error
	slices.Sort(dirs)
	slices.Reverse(dirs)
	var errs []error
	for _, dir := range append([]string{""}, dirs...) {
		var found Postgres
		var initdb, server error
		found.InitDB, initdb = p.Look(filepath.Join(dir, "initdb"))
		found.Server, server = p.Look(filepath.Join(dir, "postgres"))
		if err := errors.Join(initdb, server); err != nil {
			errs = append(errs, err)
			continue
		}
		return found, nil
	}
	return Postgres{}, errors.Join(errs...)
}

// SetupPostgres provides them.
func SetupPostgres(ctx context.Context, out io.Writer, opts Options) error {
	i, err := provision.NewInstaller(out, opts)
	if err != nil {
		return err
	}
	defer i.Close()
	return i.Provide(ctx, "postgres", func(ctx context.Context) error { return installPostgres(ctx, i) }, func() (string, error) {
		found, err := FindPostgres(opts)
		return found.Server, err
	})
}

func installPostgres(ctx context.Context, i *provision.Installer) error {
	err := i.Apt(ctx, "postgres", "postgresql")
	if err == nil {
		return nil
	}
	return &provision.MissingError{Item: "postgres", Tried: []error{err}, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y postgresql\n" +
		"elsewhere see that initdb and postgres are on PATH, and run setup again."}
}
