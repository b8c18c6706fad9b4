package provision_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/steps/provision/provisiontest"
	"example.com/netanswer/test/provision"
)

func TestSetupOfJavaScript(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm")
	if _, err := provision.FindJavaScript(c.Options(true)); err == nil || !strings.Contains(err.Error(), "no npm typescript") {
		t.Errorf("nothing is there: %v", err)
	}
	var out bytes.Buffer
	made, err := provision.SetupJavaScript(t.Context(), &out, c.Options(true))
	if err != nil {
		t.Fatal(err)
	}
	if said := out.String(); !strings.Contains(said, "installing npm typescript@") || !strings.Contains(said, "@playwright/test@") {
		t.Errorf("it says %q", said)
	}
	found, err := provision.FindJavaScript(c.Options(true))
	if diff := cmp.Diff(made, found); diff != "" || err != nil || found.NPM == "" {
		t.Errorf("%v, found differs from set up (-setup +find):\n%s", err, diff)
	}
}
