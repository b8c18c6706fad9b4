package provision

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"example.com/netanswer/steps/provision"
)

// An npmPackage is one that is installed in one version.
type npmPackage struct{ name, version string }

// npmDir is where packages are installed together; another version is another place.
func npmDir(p *provision.Place, item string, packages []npmPackage) string {
	name := item
	for _, each := range packages {
		name += "-" + strings.ReplaceAll(strings.TrimPrefix(each.name, "@"), "/", "-") + "-" + each.version
	}
	return filepath.Join(p.Cache, name)
}

// specs are packages as npm is asked for them.
func specs(packages []npmPackage) []string {
	var all []string
	for _, each := range packages {
		all = append(all, each.name+"@"+each.version)
	}
	return all
}

// listed are packages as a person lists them.
func listed(packages []npmPackage) string {
	var all []string
	for _, each := range packages {
		all = append(all, each.name+" "+each.version)
	}
	return strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}

// checkAll fails unless a folder holds the packages in their versions.
func checkAll(packages []npmPackage) func(dir string) error {
	return func(dir string) error {
		for _, want := range packages {
			data, err := os.ReadFile(filepath.Join(dir, "node_modules", want.name, "package.json"))
			if err != nil {
				return fmt.Errorf("no npm %s: %w", want.name, err)
			}
			var about struct{ Version string }
			if err := json.Unmarshal(data, &about); err != nil {
				return fmt.Errorf("no npm %s: package.json: %w", want.name, err)
			}
			if about.Version != want.version {
				return fmt.Errorf("no npm %s: found %s, want %s", want.name, about.Version, want.version)
			}
		}
		return nil
	}
}

// findNode is the Node that runs what npm installed.
func findNode(p *provision.Place) (string, error) {
	name := p.Env(provision.NodeVariable)
	if name == "" {
		name = "node"
	}
	return p.Look(name)
}
