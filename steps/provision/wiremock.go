package provision

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
)

// WireMockVersion is the WireMock that the issuer's stubs are tried on.
const WireMockVersion = "3.13.2"

// WireMock is what is needed to start one: Java, 11 or later, and the jar.
type WireMock struct{ Java, Jar string }

// FindWireMock returns the WireMock that a setup with the same cache
// directory left, and never installs anything. The error says what is missing.
func FindWireMock(cacheDir string) (WireMock, error) {
	return Options{CacheDir: cacheDir}.FindWireMock()
}

// FindWireMock is the same for any machine.
func (o Options) FindWireMock() (WireMock, error) {
	p, err := newPlace(o)
	if err != nil {
		return WireMock{}, err
	}
	var w WireMock
	return w, p.findWireMock(&w)
}

// SetupWireMock provides what of it is missing, as Setup does its things.
func SetupWireMock(ctx context.Context, out io.Writer, opts Options) (WireMock, error) {
	p, err := newPlace(opts)
	if err != nil {
		return WireMock{}, err
	}
	s := &setup{place: p, out: out}
	defer s.release()
	var w WireMock
	err = errors.Join(
		s.provide(ctx, "java", s.installJava, func() (string, error) { return w.Java, p.findJava(&w) }),
		s.provide(ctx, "wiremock", s.installWireMock, func() (string, error) {
			err := p.findJar(&w)
			return fmt.Sprintf("wiremock %s in %s", WireMockVersion, w.Jar), err
		}),
	)
	return w, err
}

func (p *place) findWireMock(w *WireMock) error { return errors.Join(p.findJava(w), p.findJar(w)) }

func (p *place) findJava(w *WireMock) (err error) {
	w.Java, err = p.Look("java")
	return err
}

func (s *setup) installJava(ctx context.Context) error {
	err := s.apt(ctx, "java", "default-jre-headless")
	if err == nil {
		return nil
	}
	return &MissingError{Item: "java", Tried: []error{err}, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y default-jre-headless\n" +
		"elsewhere see that java, 11 or later, is on PATH, and run setup again."}
}

func (p *place) wireMockDir() string { return filepath.Join(p.cache, "wiremock-"+WireMockVersion) }

func (p *place) findJar(w *WireMock) (err error) {
	w.Jar, err = checkWireMock(p.wireMockDir())
	return err
}

// checkWireMock fails unless dir is a whole npm wiremock of WireMockVersion.
func checkWireMock(dir string) (jar string, err error) {
	return checkNPM(dir, "wiremock", WireMockVersion, filepath.Join("build", "wiremock-standalone-"+WireMockVersion+".jar"))
}

// installWireMock fetches the npm package, which has the jar in it.
func (s *setup) installWireMock(ctx context.Context) error {
	return s.installNPM(ctx, "wiremock", "wiremock", WireMockVersion, s.wireMockDir(), func(dir string) error {
		_, err := checkWireMock(dir)
		return err
	})
}
