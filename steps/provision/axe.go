package provision

import (
	"context"
	"path/filepath"
)

// AxeVersion is the axe-core by whose rules the screens are accessible.
const AxeVersion = "4.14.1"

func (p *place) axeDir() string { return filepath.Join(p.cache, "axe-core-"+AxeVersion) }

// findAxe returns the script that checks a page it is added to.
func (p *place) findAxe() (string, error) { return checkAxe(p.axeDir()) }

// checkAxe fails unless dir is a whole axe-core of AxeVersion.
func checkAxe(dir string) (script string, err error) {
	return checkNPM(dir, "axe-core", AxeVersion, "axe.min.js")
}

func (s *setup) installAxe(ctx context.Context) error {
	return s.installNPM(ctx, "axe", "axe-core", AxeVersion, s.axeDir(), func(dir string) error {
		_, err := checkAxe(dir)
		return err
	})
}
