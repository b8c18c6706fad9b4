package clients_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
	browser "example.com/netanswer/steps/provision"
	"example.com/netanswer/test/provision"
	"example.com/netanswer/test/sandboxtest"
)

var update = flag.Bool("update", false, "write the generated types of clients/js")

// A workshop is a folder in which the JavaScript client is built, packed and used:
// js is its source, app somebody's project.
type workshop struct {
	provision.JavaScript
	dir string
}

func newWorkshop(t *testing.T) workshop {
	t.Helper()
	w := workshop{sandboxtest.JavaScript(t), t.TempDir()}
	if err := os.Symlink(w.Modules, filepath.Join(w.dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	return w
}

// run runs a program in a folder of the workshop, and returns what it writes.
func (w workshop) run(t *testing.T, folder string, environ []string, program string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = filepath.Join(w.dir, folder)
	cmd.Env = append(os.Environ(), append(environ, "NO_COLOR=1")...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil && len(out) == 0 {
		t.Logf("%s %s: %s", program, strings.Join(args, " "), said.String())
	}
	return string(out), err
}

// must is run, where an error ends the test.
func (w workshop) must(t *testing.T, folder string, program string, args ...string) string {
	t.Helper()
	out, err := w.run(t, folder, nil, program, args...)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, out)
	}
	return out
}

// module is a script of a package.
func (w workshop) module(path string) string {
	return filepath.Join(w.Modules, filepath.FromSlash(path))
}

func (w workshop) copy(t *testing.T, folder string, from ...string) {
	t.Helper()
	if err := os.CopyFS(filepath.Join(w.dir, folder), os.DirFS(sandboxtest.Path(t, from...))); err != nil {
		t.Fatal(err)
	}
}

// TestTheTypesOfTheJavaScriptClient are those of the control API's document. With
// -update they are written anew.
func TestTheTypesOfTheJavaScriptClient(t *testing.T) {
	t.Parallel()
	w, s := newWorkshop(t), sandboxtest.Start(t)
	_, document := sandboxtest.Fetch(t, s.ConsoleURL+"/api/openapi.json", "")
	var whole map[string]any
	if err := json.Unmarshal([]byte(document), &whole); err != nil {
		t.Fatal(err)
	}
	whole["paths"] = map[string]any{} // the client writes its requests itself
	bodies, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.dir, "openapi.json"), bodies, 0o644); err != nil {
		t.Fatal(err)
	}
	made := w.must(t, ".", w.Node, w.module("openapi-typescript/bin/cli.js"), "openapi.json",
		"--default-non-nullable=false", "--root-types", "--root-types-no-schema-prefix")
	if *update {
		if err := os.WriteFile(sandboxtest.Path(t, "clients", "js", "src", "control.ts"), []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(sandboxtest.Read(t, "clients", "js", "src", "control.ts"), made); diff != "" {
		t.Errorf("go test ./test/clients -run TypesOfTheJavaScript -update writes it (-is +generated):\n%s", diff)
	}
}

// playwrightReport is a part of what Playwright's reporter json writes.
type playwrightReport struct {
	Stats  struct{ Expected, Unexpected, Flaky, Skipped int }
	Suites []playwrightSuite
	Errors []struct{ Message string }
}

type playwrightSuite struct {
	Suites []playwrightSuite
	Specs  []struct {
		Title string
		OK    bool
		Tests []struct {
			Results []struct {
				Error       struct{ Message string }
				Attachments []struct{ Name string }
			}
		}
	}
}

// failed calls f with each test that has not passed: its title, error and attachments.
func (s playwrightSuite) failed(f func(title, why string, attached []string)) {
	for _, spec := range s.Specs {
		if spec.OK {
			continue
		}
		for _, r := range spec.Tests[0].Results {
			var names []string
			for _, a := range r.Attachments {
				names = append(names, a.Name)
			}
			f(spec.Title, r.Error.Message, names)
		}
	}
	for _, inner := range s.Suites {
		inner.failed(f)
	}
}

// TestTheJavaScriptClientIsPackedAndUsed builds and packs clients/js, installs the
// tarball in a project of its own, and runs the example suite there.
func TestTheJavaScriptClientIsPackedAndUsed(t *testing.T) {
	t.Parallel()
	w, s := newWorkshop(t), sandboxtest.Start(t)
	b, err := browser.Find("")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	w.copy(t, "js", "clients", "js")
	w.copy(t, "app", "examples", "playwright")
	w.copy(t, "app/tests", "test", "clients", "testdata", "js")
	// The test runner is found above; of the example's packages only the tarball is installed.
	if err := os.WriteFile(filepath.Join(w.dir, "app/package.json"), []byte(`{"private":true,"type":"module"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	w.must(t, "js", w.NPM, "pack", "--pack-destination", w.dir)
	w.must(t, "app", w.NPM, "install",
		"--offline", "--no-audit", "--no-fund", "--no-save", "--no-package-lock", "../netanswer-client-0.1.0.tgz")
	w.must(t, "app", w.Node, w.module("typescript/bin/tsc"),
		"--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022",
		"--types", "node", "tests/registration.spec.ts", "tests/more.spec.ts", "playwright.config.ts")

	var seen, want any
	if err := os.Rename(filepath.Join(w.dir, "app/tests/verbs.mjs"), filepath.Join(w.dir, "app/verbs.mjs")); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(w.must(t, "app", w.Node, "verbs.mjs", s.ConsoleURL)), &seen); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(verbs), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("verbs (-want +got):\n%s", diff)
	}

	out, _ := w.run(t, "app", []string{"NETANSWER_CONSOLE_URL=" + s.ConsoleURL, "CHROMIUM=" + b.Executable}, // one test is to fail
		w.Node, w.module("@playwright/test/cli.js"), "test", "--reporter=json")
	var report playwrightReport
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := report.Stats; got.Expected != 6 || got.Unexpected != 1 || got.Flaky+got.Skipped != 0 {
		t.Errorf("five of the example and one of ours pass, one fails: %+v %v", got, report.Errors)
	}
	for _, suite := range report.Suites {
		suite.failed(func(title, why string, attached []string) {
			if title != "fails on purpose" {
				t.Errorf("%s: %s", title, why)
			} else if !slices.Contains(attached, "timeline") || !slices.Contains(attached, "sms") || slices.Contains(attached, "mail") {
				t.Errorf("attached to what failed: %q", attached)
			}
		})
	}
	worlds, err := client.New(s.ConsoleURL).Worlds(t.Context(), "js-")
	if err != nil || len(worlds) != 1 || worlds[0].Counts.Registrations != 1 { // a fork that the script left
		t.Errorf("worlds left: %+v %v", worlds, err)
	}
}

// verbs are what the script of every verb sees.
const verbs = `{"named": true, "sameName": true, "listed": 1, "cards": true, "places": true,
	"passcode": [6, "2026-11-24T10:05:00+09:00"], "later": "nothing_arrived", "now": "2026-11-24T01:04:59.000Z",
	"states": ["passcode", "expired"], "entered": "completed", "mail": [true, 1, 0], "restored": "passcode", "again": "passcode",
	"kept": ["js-kept"], "gone": "no_such_snapshot", "faults": ["lose", 503], "cleared": 0, "members": [2, "saburo"], "people": true,
	"call": ["answered", 1], "arranged": {"confirm.heading": "ご確認"}, "empty": [0, 0], "told": true, "refusal": "request_invalid",
	"away": "no answer from the sandbox's control API at http://127.0.0.1:1; is it started? (netanswer serve)"}`
