package provision_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	browser "example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/provision/provisiontest"
	"example.com/netanswer/test/provision"
)

func setUpWireMock(t *testing.T, c *provisiontest.Computer, root bool) (provision.WireMock, []string, error) {
	t.Helper()
	var out bytes.Buffer
	got, err := provision.SetupWireMock(t.Context(), &out, c.Options(root))
	return got, strings.Split(strings.TrimSpace(strings.ReplaceAll(out.String(), c.Root, "~")), "\n"), err
}

func TestSetupOfWireMock(t *testing.T) {
	t.Parallel()
	const jar = "wiremock 3.13.2 in ~/cache/wiremock-3.13.2/build/wiremock-standalone-3.13.2.jar"
	c := provisiontest.Debian(t, "node", "npm")
	got, lines, err := setUpWireMock(t, c, true)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"java     apt-get install default-jre-headless …", "java     installed  ~/bin/java",
		"wiremock installing npm wiremock@3.13.2 …", "wiremock installed  " + jar}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	found, err := provision.FindWireMock(c.Options(true))
	if diff := cmp.Diff(got, found); err != nil || diff != "" {
		t.Errorf("%v: found differs from set up (-setup +find):\n%s", err, diff)
	}
	if _, lines, err = setUpWireMock(t, c, true); err != nil ||
		cmp.Diff([]string{"java     found      ~/bin/java", "wiremock found      " + jar}, lines) != "" {
		t.Errorf("a second run says %q, %v", lines, err)
	}
}

func TestAWireMockThatIsMissingOrBroken(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm")
	if _, err := provision.FindWireMock(c.Options(false)); err == nil {
		t.Error("found where there is none")
	}
	_, _, err := setUpWireMock(t, c, false)
	var missing *browser.MissingError
	if !errors.As(err, &missing) || missing.Item != "java" ||
		!strings.Contains(err.Error(), "sudo apt-get install -y default-jre-headless") {
		t.Errorf("%v", err)
	}
	c.Add("java")
	for name, harm := range map[string]func(dir string){
		"of another version": func(dir string) {
			provisiontest.Write(filepath.Join(dir, "package.json"), `{"name":"wiremock","version":"3.0.0"}`)
		},
		"cut short":       func(dir string) { provisiontest.Write(filepath.Join(dir, "package.json"), `{"name`) },
		"without its jar": func(dir string) { _ = os.RemoveAll(filepath.Join(dir, "build")) },
	} {
		if _, _, err := setUpWireMock(t, c, false); err != nil {
			t.Fatal(err)
		}
		harm(filepath.Join(c.Cache(), "wiremock-"+provision.WireMockVersion))
		if w, err := provision.FindWireMock(c.Options(false)); err == nil {
			t.Errorf("%s: %+v", name, w)
		}
	}
	c.NoNPM = true
	if _, _, err := setUpWireMock(t, c, false); !errors.As(err, &missing) || missing.Item != "wiremock" ||
		!strings.Contains(err.Error(), "the line went dead") {
		t.Errorf("%v", err)
	}
}
