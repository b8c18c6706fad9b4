package provision_test

import (
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/provision/provisiontest"
)

func TestOtherEnginesArePlaywrightsOwn(t *testing.T) {
	t.Parallel()
	for engine, program := range map[string]string{provision.Firefox: "firefox/firefox", provision.WebKit: "pw_run.sh"} {
		c := provisiontest.Debian(t, "node", "npm", "chromium-headless-shell", "fc-list", "firefox")
		c.Fonts = true
		if _, _, err := setUp(t, c, true); err != nil {
			t.Fatal(err)
		}
		options := c.Options(true)
		options.Engines = []string{engine}
		_, err := options.Find(t.Context())
		if err == nil || !strings.Contains(err.Error(), "run netanswer setup browser -engines "+engine+" first") ||
			!strings.Contains(err.Error(), "no "+engine+" of Playwright's own, revision 1522") {
			t.Errorf("where there is no %s of its own: %v", engine, err)
		}
		var said strings.Builder
		if _, err := provision.Setup(t.Context(), &said, options); err != nil {
			t.Fatalf("%v\n%s", err, said.String())
		}
		b, err := options.Find(t.Context())
		want := filepath.Join(c.Cache(), "browsers-"+provision.DriverVersion, engine+"-1522", filepath.FromSlash(program))
		if err != nil || b.Executable != want || b.Engine != engine {
			t.Errorf("%+v, %v; want %s\n%s", b, err, want, said.String())
		}
		if c.Times("install "+engine+" --with-deps") != 1 || strings.Contains(said.String(), "chromium") {
			t.Errorf("%s\n%q", said.String(), c.Ran)
		}
	}
}

func TestEnginesThatPlaywrightHasInstalledAreFound(t *testing.T) {
	t.Parallel()
	for name, env := range map[string]map[string]string{
		"home":  {"HOME": "~/home"},
		"cache": {"HOME": "~/elsewhere", "XDG_CACHE_HOME": "~/home/.cache"},
		"named": {"HOME": "~/elsewhere", "PLAYWRIGHT_BROWSERS_PATH": "~/home/.cache/ms-playwright"},
	} {
		c := provisiontest.Debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
		for variable, value := range env {
			c.Env[variable] = strings.ReplaceAll(value, "~", c.Root)
		}
		c.Fonts = true
		if _, _, err := setUp(t, c, true); err != nil {
			t.Fatal(err)
		}
		options := c.Options(true)
		options.Engines = []string{provision.WebKit}
		of := func(revision string, files ...string) {
			for _, file := range files {
				provisiontest.Write(filepath.Join(c.Root, "home", ".cache", "ms-playwright", "webkit-"+revision, file), "#!")
			}
		}
		of("1521", "pw_run.sh", "INSTALLATION_COMPLETE") // of another Playwright
		of("1522", "pw_run.sh")                          // whose download has not ended
		if b, err := options.Find(t.Context()); err == nil {
			t.Errorf("%s: %+v, which is not the driver's or not whole", name, b)
		}
		of("1522", "INSTALLATION_COMPLETE")
		if b, err := options.Find(t.Context()); err != nil || filepath.Base(filepath.Dir(b.Executable)) != "webkit-1522" {
			t.Errorf("%s: %+v, %v", name, b, err)
		}
	}
}

func TestEnginesThatCannotBe(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
	c.Fonts, c.Offline = true, true
	options := c.Options(true)
	options.Engines = []string{"opera"}
	if _, err := provision.Setup(t.Context(), &strings.Builder{}, options); err == nil || !strings.Contains(err.Error(), `unknown engine "opera"`) {
		t.Errorf("%v", err)
	}
	options.Engines = []string{provision.Chromium, provision.WebKit}
	var said strings.Builder
	_, err := provision.Setup(t.Context(), &said, options)
	if err == nil || !strings.Contains(err.Error(), "webkit: missing, and could not be installed") || !strings.Contains(err.Error(), "cli.js install webkit") {
		t.Errorf("%v", err)
	}
	if !strings.Contains(said.String(), "browser  found") || !strings.Contains(said.String(), "fonts    found") {
		t.Errorf("what is there is not told:\n%s", said.String())
	}
}
