// Package architecture_test holds the rules of the design that a compiler does
// not: which room may know of which, and what no file may do.
package architecture_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// This file holds the import rule; bans_test.go holds what no file may do. Tests
// are free of the import rule, but for who may start a sandbox or a browser.

const (
	module     = "example.com/netanswer"
	playwright = "github.com/playwright-community/playwright-go"
	containers = "github.com/testcontainers/"
)

// A room is a place for packages and the rooms they may import. Paths are
// those of folders; * stands for one name, .. for the folder above.
type room struct{ at, may string }

// rooms is read from the top; the first that fits holds. Arrows point from
// left to right, and siblings do not know each other. A package that fits
// nowhere needs a decision, not a wider pattern.
var rooms = []room{
	{".", "internal/cli"}, // main.go

	{"internal/settings", ""},
	{"internal/suite", "client features fixtures mocks/clock mocks/issuer mocks/issuer/stubs sandbox/providerclient sandbox/server steps steps/* steps/driver/*"},
	{"internal/mcp", "client"},
	{"internal/mutate/mutant", ""}, // the switch that mutated source asks
	{"internal/mutate", "internal/mutate/mutant"},
	{"internal/mutate/worker", "internal/mutate internal/mutate/mutant internal/suite sandbox/server"},
	{"internal/mutate/mutants", "internal/mutate mocks/clock"},
	{"internal/publish", "client fixtures mocks/clock internal/suite sandbox/* steps/* steps/driver/*"},
	{"internal/cli", "client fixtures mocks/clock mocks/issuer/stubs internal/* sandbox/registration sandbox/server sandbox/world steps/provision steps/report steps/runner steps/say steps/spec"},

	{"features", ""},
	{"fixtures", ""},

	{"mocks/clock", ""}, // what the cores are made of
	{"mocks/table", ""},
	{"mocks/passcode", ""},
	{"mocks/fault", ""},
	{"mocks/strict", ""},
	{"mocks/outbound", ""},            // every client of others
	{"mocks/listener", "mocks/clock"}, // what stands before every protocol
	{"mocks/*", "fixtures mocks/clock mocks/fault mocks/table mocks/passcode mocks/strict"}, // cores
	{"mocks/ivr/g711", ""}, // the sound of telephones
	{"mocks/ivr/sip", "mocks/clock mocks/listener .. mocks/ivr/g711"}, {"mocks/ivr/voice", ".. mocks/ivr/g711"},
	{"mocks/*/*", "fixtures mocks/clock mocks/fault mocks/table mocks/passcode .."},

	{"sandbox/registration", ""},
	{"sandbox/account", "fixtures mocks/*"},
	{"sandbox/world", "fixtures mocks/* mocks/*/* sandbox/registration sandbox/account"},
	{"sandbox/store", "mocks/* sandbox/registration sandbox/account sandbox/world"},           // where worlds are kept
	{"sandbox/store/storetest", "mocks/clock mocks/sms sandbox/world"},                        // the contract of every store, for tests
	{"sandbox/defect", "fixtures mocks/* sandbox/registration sandbox/account sandbox/world"}, // what breaks a world on purpose
	{"sandbox/middleware", "fixtures mocks/* sandbox/registration sandbox/account sandbox/world"},
	{"sandbox/apidocs", ""},                                        // the page of an OpenAPI document
	{"sandbox/gateway", "mocks/* mocks/*/* sandbox/world"},         // the providers' protocols, over worlds
	{"sandbox/providerclient", "mocks/*"},                          // the reference backend's clients of providers
	{"sandbox/screen", handlers},                                   // what a member sees and can do, as data
	{"sandbox/page", handlers + " sandbox/screen"},                 // what the members' pages have in common
	{"sandbox/gallery", handlers + " sandbox/page sandbox/screen"}, // every screen of theirs as a story
	{"sandbox/web", handlers + " sandbox/page sandbox/gallery sandbox/screen"}, {"sandbox/app", handlers + " sandbox/page sandbox/gallery sandbox/screen"}, {"sandbox/api", handlers + " sandbox/apidocs sandbox/screen"},
	{"sandbox/overview", "fixtures mocks/* sandbox/registration sandbox/account sandbox/world"},         // a world as people who test see it
	{"sandbox/place", "fixtures mocks/* sandbox/registration sandbox/account sandbox/world"},            // a registration brought to a state, by the real steps
	{"sandbox/seed", "fixtures mocks/* sandbox/registration sandbox/store sandbox/world sandbox/place"}, // worlds made of a file
	{"sandbox/control", handlers + " sandbox/apidocs sandbox/overview sandbox/place sandbox/seed"}, {"sandbox/console", handlers + " sandbox/overview sandbox/place"},
	{"sandbox/server", "fixtures internal/settings mocks/* mocks/*/* sandbox/*"}, // the composition root
	{"sandbox/siphandler", handlers},                                             // the telephone: SIP over worlds
	{"sandbox/voicewebhook", handlers},                                           // the backend's side of it: a voice webhook

	{"testcontainers", "client"}, // for others' tests, and ours

	{"steps/provision", ""},
	{"steps/provision/provisiontest", ".."},
	{"client", ""},
	{"steps/driver", ""},
	{"steps/target", ""},
	{"steps/driver/api", ".."},
	{"steps/driver/browser", ".. steps/provision"},
	{"steps/actor", "fixtures steps/driver client"},
	{"steps/model", "fixtures"}, // the oracle of the walks
	{"steps/walk", "fixtures steps/driver steps/model steps/runner steps/say"},
	{"steps/integrator", "steps/actor client"},
	{"steps/hidego", ""},
	{"steps", "fixtures steps/actor steps/integrator steps/hidego client"},
	{"steps/runner", "fixtures steps steps/* steps/driver/*"},
	{"steps/external", "fixtures client steps/* steps/driver/*"}, // the place of somebody else's implementation
	{"steps/say", ""}, // Japanese or English, in which the suite tells
	{"steps/spec", "fixtures steps/runner"},
	{"steps/report", "fixtures steps/runner steps/say"}, // the page of a run
	{"steps/qualify", "fixtures client steps steps/* steps/driver/*"},

	{"test/provision", "steps/provision"}, // what only tests need
	{"test/postgres", "test/provision"},   // a server of the tests' own
	{"test/setup", "steps/provision test/provision"},
	{"test/sample", "internal/settings mocks/clock"},
	{"test/slowest", "mocks/clock steps/runner"},
	{"test/sandboxtest", "client internal/cli internal/settings mocks/clock sandbox/server steps/actor test/provision"},
	{"test/*", ""}, // the tests themselves
}

// starters may start a sandbox, in their tests as well.
var starters = []string{"sandbox/server", "internal/cli", "internal/suite", "internal/publish", "internal/mutate/worker", "test/*"}

const handlers = "fixtures mocks/* mocks/*/* sandbox/registration sandbox/account sandbox/world sandbox/middleware"

// never lists what must not be reached even by way of others, so that a row
// added to rooms cannot undo a promise.
var never = []struct{ from, to, why string }{
	{"fixtures", "", "every room may read the fixtures"},
	{"mocks/", "sandbox/", "somebody else's backend uses the mocks as well"},
	{"steps", "sandbox/", "steps speak over the wire, to a foreign implementation as well"},
	{"steps", "mocks/", "steps speak over the wire, to a foreign implementation as well"},
	{"sandbox/", "steps", "the sandbox is served without the suite"},
	{"client", "sandbox/", "a client speaks over the wire"},
	{".", "test/", "what only tests need is no part of the program"},
	{".", "steps/provision/provisiontest", "what only tests need is no part of the program"},
}

// pkg is a package as go list knows it.
type pkg struct {
	ImportPath                               string
	Standard                                 bool
	Imports, TestImports, XTestImports, Deps []string
}

// folderOf returns the folder of one of our packages.
func folderOf(importPath string) (folder string, ok bool) {
	if importPath == module {
		return ".", true
	}
	return strings.CutPrefix(importPath, module+"/")
}

// wrongImports returns a sentence for each import that breaks the rule.
func wrongImports(pkgs []pkg) []string {
	standard := map[string]bool{"C": true}
	for _, p := range pkgs {
		standard[p.ImportPath] = p.Standard
	}
	var wrong []string
	for _, p := range pkgs {
		folder, ours := folderOf(p.ImportPath)
		if !ours {
			continue
		}
		may, known := mayImport(folder)
		if !known {
			wrong = append(wrong, folder+" is in no room; give it a row in test/architecture")
			continue
		}
		for _, path := range p.Imports {
			if to, ours := folderOf(path); ours && !fits(may, to) {
				wrong = append(wrong, fmt.Sprintf("%s imports %s; it may import: %s", folder, to, or(strings.Join(may, " "), "none of ours")))
			}
			if folder == "sandbox/registration" && !standard[path] {
				wrong = append(wrong, fmt.Sprintf("%s imports %s; it is pure: the standard library only", folder, path))
			}
		}
		if folder != "steps/driver/browser" && slices.Contains(slices.Concat(p.Imports, p.TestImports, p.XTestImports), playwright) {
			wrong = append(wrong, folder+" imports Playwright; only steps/driver/browser may")
		}
		tested := slices.Concat(p.Imports, p.TestImports, p.XTestImports)
		if !fits(starters, folder) && (slices.Contains(tested, module+"/sandbox/server") || slices.Contains(tested, module+"/test/sandboxtest")) {
			wrong = append(wrong, folder+" starts a sandbox; only sandbox/server, internal/* and test/* do")
		}
		if at := slices.IndexFunc(p.Deps, func(dep string) bool { return strings.HasPrefix(dep, containers) }); folder != "testcontainers" && at >= 0 {
			wrong = append(wrong, folder+" reaches "+p.Deps[at]+"; it is heavy, and no part of the binary")
		}
		wrong = append(wrong, reaches(folder, p.Deps)...)
	}
	return wrong
}

// reaches returns a sentence for each row of never that deps break.
func reaches(folder string, deps []string) []string {
	var wrong []string
	for _, n := range never {
		if !under(folder, n.from) {
			continue
		}
		for _, dep := range deps {
			if to, ours := folderOf(dep); ours && under(to, n.to) {
				wrong = append(wrong, fmt.Sprintf("%s reaches %s; %s", folder, to, n.why))
			}
		}
	}
	return wrong
}

// under tells whether a folder is top or inside of it. All are under "".
func under(folder, top string) bool {
	top = strings.TrimSuffix(top, "/")
	return top == "" || folder == top || strings.HasPrefix(folder, top+"/")
}

// mayImport returns the patterns of what the room of folder may import.
func mayImport(folder string) (patterns []string, known bool) {
	for _, r := range rooms {
		if !fits([]string{r.at}, folder) {
			continue
		}
		for pattern := range strings.FieldsSeq(r.may) {
			if pattern == ".." {
				pattern = path.Dir(folder)
			}
			patterns = append(patterns, pattern)
		}
		return patterns, true
	}
	return nil, false
}

// fits tells whether one of the patterns matches folder.
func fits(patterns []string, folder string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		// The patterns are constants; a bad one matches nothing and shows.
		ok, _ := path.Match(pattern, folder)
		return ok
	})
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// packages are all packages of the module, and what they need.
func packages(t *testing.T) []pkg {
	t.Helper()
	sources(t) // reads every file, without which go test would keep an old answer
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,Standard,Imports,TestImports,XTestImports,Deps", "./...")
	var stderr bytes.Buffer
	cmd.Dir, cmd.Stderr = root(t), &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	var pkgs []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

func TestArchitectureRoomsImportOnlyWhatTheyMay(t *testing.T) {
	t.Parallel()
	pkgs := packages(t)
	if !slices.ContainsFunc(pkgs, func(p pkg) bool { return p.ImportPath == module+"/sandbox/registration" }) {
		t.Fatal("go list does not know sandbox/registration; is this the right folder?")
	}
	for _, sentence := range wrongImports(pkgs) {
		t.Error(sentence)
	}
}

func TestArchitectureFindsWrongImports(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		from, imports string // folders, or import paths of others
		want          string // the start of the sentence; empty if all is well
	}{
		"main has its commands":                        {".", "internal/cli", ""},
		"main wires nothing itself":                    {".", "sandbox/server", ". imports sandbox/server; it may import: internal/cli"},
		"a command may start a sandbox":                {"internal/cli", "sandbox/server", ""},
		"a command must not know a handler":            {"internal/cli", "sandbox/web", "internal/cli imports sandbox/web"},
		"the suite may use every driver":               {"internal/suite", "steps/driver/browser", ""},
		"the suite must not know its commands":         {"internal/suite", "internal/cli", "internal/suite imports internal/cli"},
		"a step must not know a command's wiring":      {"steps/runner", "internal/suite", "steps/runner imports internal/suite"},
		"the composition root may use a handler":       {"sandbox/server", "sandbox/web", ""},
		"a handler must not know the composition root": {"sandbox/web", "sandbox/server", "sandbox/web imports sandbox/server"},
		"what tests need must not be in the program":   {"internal/cli", "test/provision", "internal/cli imports test/provision"},
		"tests may provide what they need":             {"test/setup", "test/provision", ""},
		"the client knows nobody":                      {"client", "sandbox/world", "client imports sandbox/world"},
		"a handler may use the world":                  {"sandbox/web", "sandbox/world", ""},
		"a handler may use the middleware":             {"sandbox/api", "sandbox/middleware", ""},
		"a site may use what sites share":              {"sandbox/app", "sandbox/page", ""},
		"what sites share must not know one":           {"sandbox/page", "sandbox/web", "sandbox/page imports sandbox/web"},
		"a handler without members' pages has no need": {"sandbox/api", "sandbox/page", "sandbox/api imports sandbox/page"},
		"a handler must not use another":               {"sandbox/web", "sandbox/api", "sandbox/web imports sandbox/api; it may import: fixtures"},
		"the world must not know a handler":            {"sandbox/world", "sandbox/web", "sandbox/world imports sandbox/web"},
		"a site may hand its section to the gallery":   {"sandbox/app", "sandbox/gallery", ""},
		"the gallery must not know a site":             {"sandbox/gallery", "sandbox/web", "sandbox/gallery imports sandbox/web"},
		"the console must not know the control API":    {"sandbox/console", "sandbox/control", "sandbox/console imports sandbox/control"},
		"the console may use what both show":           {"sandbox/console", "sandbox/overview", ""},
		"a store may use the world it keeps":           {"sandbox/store", "sandbox/world", ""},
		"the world must not know where it is kept":     {"sandbox/world", "sandbox/store", "sandbox/world imports sandbox/store"},
		"the middleware must not know a handler":       {"sandbox/middleware", "sandbox/web", "sandbox/middleware imports sandbox/web"},
		"the sandbox must not know main":               {"sandbox/console", ".", "sandbox/console imports ."},
		"account must not know registration":           {"sandbox/account", "sandbox/registration", "sandbox/account imports sandbox/registration"},
		"registration may use the standard library":    {"sandbox/registration", "time", ""},
		"registration must not use the fixtures":       {"sandbox/registration", "fixtures", "sandbox/registration imports fixtures"},
		"registration must not use another's":          {"sandbox/registration", "golang.org/x/text/width", "sandbox/registration imports golang.org/x/text/width; it is pure"},
		"a core may use what cores are made of":        {"mocks/sms", "mocks/table", ""},
		"a core must not know another":                 {"mocks/sms", "mocks/mailbox", "mocks/sms imports mocks/mailbox"},
		"a core must not know its protocol":            {"mocks/sms", "mocks/sms/smpp", "mocks/sms imports mocks/sms/smpp"},
		"a protocol may use its core":                  {"mocks/sms/smpp", "mocks/sms", ""},
		"a protocol must not use another's core":       {"mocks/sms/smpp", "mocks/ivr", "mocks/sms/smpp imports mocks/ivr"},
		"mocks must not know the sandbox":              {"mocks/issuer", "sandbox/registration", "mocks/issuer imports sandbox/registration"},
		"fixtures know nobody":                         {"fixtures", "mocks/table", "fixtures imports mocks/table; it may import: none of ours"},
		"steps may use member":                         {"steps", "steps/actor", ""},
		"steps must not know a mock":                   {"steps", "mocks/clock", "steps imports mocks/clock"},
		"member must not know the sandbox":             {"steps/actor", "sandbox/world", "steps/actor imports sandbox/world"},
		"an integrator's backend may use member":       {"steps/integrator", "steps/actor", ""},
		"an integrator's backend must not know a mock": {"steps/integrator", "mocks/sms", "steps/integrator imports mocks/sms"},
		"a driver must not know another":               {"steps/driver/browser", "steps/driver/api", "steps/driver/browser imports steps/driver/api"},
		"a driver may provision":                       {"steps/driver/browser", "steps/provision", ""},
		"the browser driver may use Playwright":        {"steps/driver/browser", playwright, ""},
		"the suite must not use Playwright":            {"steps/runner", playwright, "steps/runner imports Playwright"},
		"member must not know the suite":               {"steps/actor", "steps/runner", "steps/actor imports steps/runner"},
		"the module of containers is a client":         {"testcontainers", "client", ""},
		"the module of containers starts no sandbox":   {"testcontainers", "sandbox/world", "testcontainers imports sandbox/world"},
		"main has no need of the module":               {".", "testcontainers", ". imports testcontainers"},
		"a package of no room needs a decision":        {"sandbox/extra", "time", "sandbox/extra is in no room"},
		"a package below a room needs one of its own":  {"sandbox/web/part", "time", "sandbox/web/part is in no room"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := wrongImports([]pkg{
				{ImportPath: "time", Standard: true},
				{ImportPath: importPath(test.from), Imports: []string{importPath(test.imports)}},
			})
			if test.want == "" {
				if diff := cmp.Diff([]string(nil), got); diff != "" {
					t.Errorf("sentences (-want +got):\n%s", diff)
				}
				return
			}
			if len(got) == 0 || !strings.HasPrefix(got[0], test.want) {
				t.Errorf("sentences are %q, want one that starts with %q", got, test.want)
			}
		})
	}
}

// importPath is the import path of a folder of ours, or path itself.
func importPath(folder string) string {
	if _, known := mayImport(folder); known || strings.HasPrefix(folder, "sandbox/") {
		return path.Join(module, folder)
	}
	return folder
}

func TestArchitectureFindsWhatMustNeverBeReached(t *testing.T) {
	t.Parallel()
	p := pkg{ImportPath: module + "/steps/runner", Imports: []string{module + "/steps"}, Deps: []string{"time", module + "/steps", module + "/mocks/clock"}}
	want := []string{"steps/runner reaches mocks/clock; steps speak over the wire, to a foreign implementation as well"}
	if diff := cmp.Diff(want, wrongImports([]pkg{p})); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
	p = pkg{ImportPath: module, Deps: []string{"time", containers + "testcontainers-go"}}
	want = []string{". reaches github.com/testcontainers/testcontainers-go; it is heavy, and no part of the binary"}
	if diff := cmp.Diff(want, wrongImports([]pkg{p})); diff != "" {
		t.Errorf("sentences about main (-want +got):\n%s", diff)
	}
	p = pkg{ImportPath: module + "/steps/actor", XTestImports: []string{playwright, module + "/sandbox/world"}}
	want = []string{"steps/actor imports Playwright; only steps/driver/browser may"}
	if diff := cmp.Diff(want, wrongImports([]pkg{p})); diff != "" {
		t.Errorf("sentences about a test (-want +got):\n%s", diff)
	}
	p = pkg{ImportPath: module + "/steps/runner", XTestImports: []string{module + "/test/sandboxtest"}}
	want = []string{"steps/runner starts a sandbox; only sandbox/server, internal/* and test/* do"}
	if diff := cmp.Diff(want, wrongImports([]pkg{p})); diff != "" {
		t.Errorf("sentences about a test that starts a sandbox (-want +got):\n%s", diff)
	}
	p = pkg{ImportPath: module, Deps: []string{module + "/internal/cli", module + "/test/provision"}}
	want = []string{". reaches test/provision; what only tests need is no part of the program"}
	if diff := cmp.Diff(want, wrongImports([]pkg{p})); diff != "" {
		t.Errorf("sentences about the program (-want +got):\n%s", diff)
	}
}
