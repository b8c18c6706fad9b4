package provision

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"example.com/netanswer/steps/provision"
)

// npmLinters are what the modules of the pages are checked with. TypeScript 5 and
// ESLint 9 are the last that the Node of Debian's and Ubuntu's stable releases runs.
var npmLinters = []npmPackage{
	{"typescript", "5.9.3"}, {"eslint", "9.39.5"}, {"@eslint/js", "9.39.5"}, {"globals", "17.14.0"},
}

// Linters check modules. Node runs the programs of the npm packages in Modules.
type Linters struct{ Node, Modules string }

// FindLinters returns the linters, where a setup with the same cache directory
// left them.
func FindLinters(opts Options) (Linters, error) {
	p, err := provision.NewPlace(opts)
	if err != nil {
		return Linters{}, err
	}
	return findLinters(p)
}

// SetupLinters provides the linters.
func SetupLinters(ctx context.Context, out io.Writer, opts Options) (found Linters, err error) {
	i, err := provision.NewInstaller(out, opts)
	if err != nil {
		return Linters{}, err
	}
	defer i.Close()
	err = i.Provide(ctx, "linters", func(ctx context.Context) error {
		return i.InstallNPM(ctx, "linters", npmDir(i.Place, "linters", npmLinters), "", checkAll(npmLinters), specs(npmLinters)...)
	}, func() (string, error) {
		found, err = findLinters(i.Place)
		return fmt.Sprintf("npm %s in %s", listed(npmLinters), found.Modules), err
	})
	return found, err
}

func findLinters(p *provision.Place) (Linters, error) {
	node, err := findNode(p)
	if err != nil {
		return Linters{}, fmt.Errorf("no linters: %w", err)
	}
	dir := npmDir(p, "linters", npmLinters)
	if err := checkAll(npmLinters)(dir); err != nil {
		return Linters{}, err
	}
	return Linters{node, filepath.Join(dir, "node_modules")}, nil
}
