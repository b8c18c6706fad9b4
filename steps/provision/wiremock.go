package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// WireMockVersion is the WireMock that the issuer's stubs are tried on.
const WireMockVersion = "3.13.2"

// WireMock is what is needed to start one: Java, 11 or later, and the jar.
type WireMock struct{ Java, Jar string }

// FindWireMock answers with the WireMock that a setup with the same cache
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
	data, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return "", fmt.Errorf("no WireMock: %w", err)
	}
	var about struct{ Name, Version string }
	if err := json.Unmarshal(data, &about); err != nil {
		return "", fmt.Errorf("no WireMock: package.json: %w", err)
	}
	if about.Name != "wiremock" || about.Version != WireMockVersion {
		return "", fmt.Errorf("no WireMock: found %s %s, want wiremock %s", about.Name, about.Version, WireMockVersion)
	}
	jar = filepath.Join(dir, "build", "wiremock-standalone-"+WireMockVersion+".jar")
	if _, err := os.Stat(jar); err != nil {
		return "", fmt.Errorf("no WireMock: %w", err)
	}
	return jar, nil
}

// installWireMock fetches the npm package, which has the jar in it. The directory
// appears in one step, whole.
func (s *setup) installWireMock(ctx context.Context) error {
	err := s.fetchWireMock(ctx)
	if err == nil {
		return nil
	}
	return &MissingError{Item: "wiremock", Tried: []error{err}, Instruction: "" +
		"See that npm can fetch wiremock@" + WireMockVersion + "; then run setup again."}
}

func (s *setup) fetchWireMock(ctx context.Context) error {
	_, npm, err := s.wantNode(ctx)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(s.cache, ".wiremock-*")
	if err != nil {
		return err
	}
	// What is left behind costs space only and the result stands without it.
	defer func() { _ = os.RemoveAll(tmp) }()

	if err := s.say("%-8s installing npm wiremock %s …", "wiremock", WireMockVersion); err != nil {
		return err
	}
	if _, err := s.Run(ctx, npmInstall(npm, tmp, "wiremock@"+WireMockVersion)); err != nil {
		return err
	}
	fresh := filepath.Join(tmp, "node_modules", "wiremock")
	if _, err := checkWireMock(fresh); err != nil {
		return err
	}
	if err := os.Rename(s.wireMockDir(), filepath.Join(tmp, "broken")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(fresh, s.wireMockDir())
}
