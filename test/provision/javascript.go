package provision

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"example.com/netanswer/steps/provision"
)

// npmJavaScript are what clients/js is built and tried with: those of its
// package.json. Playwright is the driver's, so that one browser serves both.
var npmJavaScript = []npmPackage{
	{"typescript", "5.9.3"}, {"openapi-typescript", "7.13.0"}, {"@types/node", "20.19.43"}, {"@playwright/test", provision.DriverVersion},
}

// JavaScript is what builds and tries the JavaScript client.
type JavaScript struct {
	Node, NPM string // programs
	Modules   string // a folder node_modules with compiler and test runner
}

// FindJavaScript returns it where a setup with the same cache directory left it.
func FindJavaScript(opts Options) (JavaScript, error) {
	p, err := provision.NewPlace(opts)
	if err != nil {
		return JavaScript{}, err
	}
	return findJavaScript(p)
}

// SetupJavaScript provides it.
func SetupJavaScript(ctx context.Context, out io.Writer, opts Options) (found JavaScript, err error) {
	i, err := provision.NewInstaller(out, opts)
	if err != nil {
		return JavaScript{}, err
	}
	defer i.Close()
	err = i.Provide(ctx, "js", func(ctx context.Context) error {
		return i.InstallNPM(ctx, "js", npmDir(i.Place, "js", npmJavaScript), "", checkAll(npmJavaScript), specs(npmJavaScript)...)
	}, func() (what string, err error) {
		found, err = findJavaScript(i.Place)
		return fmt.Sprintf("npm %s in %s", listed(npmJavaScript), found.Modules), err
	})
	return found, err
}

func findJavaScript(p *provision.Place) (JavaScript, error) {
	node, err := findNode(p)
	if err != nil {
		return JavaScript{}, fmt.Errorf("no TypeScript: %w", err)
	}
	npm, err := p.Look("npm")
	if err != nil {
		return JavaScript{}, fmt.Errorf("no TypeScript: %w", err)
	}
	dir := npmDir(p, "js", npmJavaScript)
	if err := checkAll(npmJavaScript)(dir); err != nil {
		return JavaScript{}, err
	}
	return JavaScript{Node: node, NPM: npm, Modules: filepath.Join(dir, "node_modules")}, nil
}
