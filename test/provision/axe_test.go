package provision_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	browser "example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/provision/provisiontest"
	"example.com/netanswer/test/provision"
)

// linesOf are the lines of a setup, the computer's root as ~.
func linesOf(c *provisiontest.Computer, out *bytes.Buffer) []string {
	return strings.Split(strings.TrimSpace(strings.ReplaceAll(out.String(), c.Root, "~")), "\n")
}

const axeInstalled = "axe      installed  axe-core 4.14.1 in ~/cache/axe-core-4.14.1/axe.min.js"

func TestSetupOfAxe(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm")
	for _, want := range [][]string{
		{"axe      installing npm axe-core@4.14.1 …", axeInstalled},
		{strings.ReplaceAll(axeInstalled, "installed ", "found     ")},
	} {
		var out bytes.Buffer
		script, err := provision.SetupAxe(t.Context(), &out, c.Options(false))
		if diff := cmp.Diff(want, linesOf(c, &out)); err != nil || diff != "" {
			t.Errorf("%v, lines (-want +got):\n%s", err, diff)
		}
		if found, err := provision.FindAxe(c.Options(false)); err != nil || found != script {
			t.Errorf("found %q, %v; want %q", found, err, script)
		}
	}
}

func TestAxeOfAnotherMakingIsMendedAndNoReasonToRefuseABrowser(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
	c.Fonts = true
	var out bytes.Buffer
	if _, err := browser.Setup(t.Context(), &out, c.Options(true)); err != nil {
		t.Fatal(err)
	}
	if _, err := provision.SetupAxe(t.Context(), &out, c.Options(true)); err != nil {
		t.Fatal(err)
	}
	provisiontest.Write(filepath.Join(c.Cache(), "axe-core-"+provision.AxeVersion, "package.json"), `{"name":"axe-core","version":"4.0.0"}`)
	if script, err := provision.FindAxe(c.Options(true)); err == nil {
		t.Errorf("found %q", script)
	}
	if b, err := c.Options(true).Find(t.Context()); err != nil || b.Executable == "" {
		t.Errorf("Find returns %+v, %v; want a browser without axe-core", b, err)
	}
	out.Reset()
	if _, err := provision.SetupAxe(t.Context(), &out, c.Options(true)); err != nil || linesOf(c, &out)[1] != axeInstalled {
		t.Errorf("setup says %q, %v", out.String(), err)
	}
}

func TestSetupsOfAxeAtOnceInstallOnce(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := provision.SetupAxe(t.Context(), new(bytes.Buffer), c.Options(false)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := c.Times("axe-core@"); n != 1 {
		t.Errorf("it was fetched %d times, want once", n)
	}
}

func TestSetupOfThePhones(t *testing.T) {
	t.Parallel()
	const programs = "~/bin/sipp, ~/bin/baresip, ~/bin/espeak-ng"
	c := provisiontest.Debian(t)
	for _, want := range [][]string{
		{"phones   apt-get install sip-tester baresip espeak-ng …", "phones   installed  " + programs},
		{"phones   found      " + programs},
	} {
		var out bytes.Buffer
		err := provision.SetupPhones(t.Context(), &out, c.Options(true))
		if diff := cmp.Diff(want, linesOf(c, &out)); err != nil || diff != "" {
			t.Errorf("%v, lines (-want +got):\n%s", err, diff)
		}
	}
	var missing *browser.MissingError
	err := provision.SetupPhones(t.Context(), new(bytes.Buffer), provisiontest.Debian(t).Options(false))
	if !errors.As(err, &missing) ||
		!strings.Contains(err.Error(), "sudo apt-get update && sudo apt-get install -y sip-tester baresip espeak-ng") {
		t.Errorf("who is not root is told %v", err)
	}
}

// TestSetupProvidesAllThatTestsNeed, and goes on after what cannot be had.
func TestSetupProvidesAllThatTestsNeed(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm")
	var out bytes.Buffer
	err := provision.Setup(t.Context(), &out, c.Options(true))
	if err == nil || !strings.Contains(err.Error(), "mailers: missing") { // this Debian has no swaks
		t.Errorf("%v", err)
	}
	for _, item := range []string{"axe", "phones", "clients", "java", "wiremock", "engine", "compose"} {
		if !strings.Contains("\n"+out.String(), "\n"+item+strings.Repeat(" ", 9-len(item))) &&
			!strings.Contains("\n"+out.String(), "\n"+item+" installed") {
			t.Errorf("%s is not told:\n%s", item, out.String())
		}
	}
}
