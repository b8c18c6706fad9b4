package provision

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"example.com/netanswer/steps/provision"
)

// AxeVersion is the axe-core by whose rules the screens are accessible.
const AxeVersion = "4.14.1"

// FindAxe returns the script that checks a page it is added to, where a setup
// with the same cache directory left it.
func FindAxe(opts Options) (script string, err error) {
	p, err := provision.NewPlace(opts)
	if err != nil {
		return "", err
	}
	return checkAxe(axeDir(p))
}

// SetupAxe provides axe-core and returns its script.
func SetupAxe(ctx context.Context, out io.Writer, opts Options) (script string, err error) {
	i, err := provision.NewInstaller(out, opts)
	if err != nil {
		return "", err
	}
	defer i.Close()
	err = i.Provide(ctx, "axe", func(ctx context.Context) error {
		return i.InstallNPM(ctx, "axe", axeDir(i.Place), filepath.Join("node_modules", "axe-core"), func(dir string) error {
			_, err := checkAxe(dir)
			return err
		}, "axe-core@"+AxeVersion)
	}, func() (what string, err error) {
		script, err = checkAxe(axeDir(i.Place))
		return fmt.Sprintf("axe-core %s in %s", AxeVersion, script), err
	})
	return script, err
}

func axeDir(p *provision.Place) string { return filepath.Join(p.Cache, "axe-core-"+AxeVersion) }

// checkAxe fails unless dir is a whole axe-core of AxeVersion.
func checkAxe(dir string) (script string, err error) {
	return provision.CheckNPM(dir, "axe-core", AxeVersion, "axe.min.js")
}
