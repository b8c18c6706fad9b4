package provision

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"example.com/netanswer/steps/provision"
)

// WireMockVersion is the WireMock that the issuer's stubs are tried on.
const WireMockVersion = "3.13.2"

// WireMock is what is needed to start one: Java, 11 or later, and the jar.
type WireMock struct{ Java, Jar string }

// FindWireMock returns the WireMock that a setup with the same cache
// directory left, and never installs anything. The error says what is missing.
func FindWireMock(opts Options) (WireMock, error) {
	p, err := provision.NewPlace(opts)
	if err != nil {
		return WireMock{}, err
	}
	var w WireMock
	return w, errors.Join(w.findJava(p), w.findJar(p))
}

// SetupWireMock provides what of it is missing.
func SetupWireMock(ctx context.Context, out io.Writer, opts Options) (WireMock, error) {
	i, err := provision.NewInstaller(out, opts)
	if err != nil {
		return WireMock{}, err
	}
	defer i.Close()
	var w WireMock
	err = errors.Join(
		i.Provide(ctx, "java", func(ctx context.Context) error { return installJava(ctx, i) }, func() (string, error) {
			err := w.findJava(i.Place)
			return w.Java, err
		}),
		i.Provide(ctx, "wiremock", func(ctx context.Context) error { return installWireMock(ctx, i) }, func() (string, error) {
			err := w.findJar(i.Place)
			return fmt.Sprintf("wiremock %s in %s", WireMockVersion, w.Jar), err
		}),
	)
	return w, err
}

func (w *WireMock) findJava(p *provision.Place) (err error) {
	w.Java, err = p.Look("java")
	return err
}

func installJava(ctx context.Context, i *provision.Installer) error {
	err := i.Apt(ctx, "java", "default-jre-headless")
	if err == nil {
		return nil
	}
	return &provision.MissingError{Item: "java", Tried: []error{err}, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y default-jre-headless\n" +
		"elsewhere see that java, 11 or later, is on PATH, and run setup again."}
}

func wireMockDir(p *provision.Place) string {
	return filepath.Join(p.Cache, "wiremock-"+WireMockVersion)
}

func (w *WireMock) findJar(p *provision.Place) (err error) {
	w.Jar, err = checkWireMock(wireMockDir(p))
	return err
}

// checkWireMock fails unless dir is a whole npm wiremock of WireMockVersion.
func checkWireMock(dir string) (jar string, err error) {
	return provision.CheckNPM(dir, "wiremock", WireMockVersion, filepath.Join("build", "wiremock-standalone-"+WireMockVersion+".jar"))
}

// installWireMock fetches the npm package, which has the jar in it.
func installWireMock(ctx context.Context, i *provision.Installer) error {
	return i.InstallNPM(ctx, "wiremock", wireMockDir(i.Place), filepath.Join("node_modules", "wiremock"), func(dir string) error {
		_, err := checkWireMock(dir)
		return err
	}, "wiremock@"+WireMockVersion)
}
