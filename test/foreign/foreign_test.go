// Package foreign_test tries two implementations that were written from the guide
// alone, by people who have seen neither the scenarios nor the sandbox: the web
// half in Python (web/), the app half in Node.js (app/). They stay as they were
// written; where the suite and they disagree, the guide decides.
package foreign_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
	"example.com/netanswer/test/provision"
	"example.com/netanswer/test/sample"
	"example.com/netanswer/test/sandboxtest"
)

// everything is the variable that has all scenarios and all faults tried, as a
// nightly run does; a run of everybody tries some.
const everything = settings.TestForeign

// An implementation is one of the two.
type implementation struct {
	name, driver, base string
	program            func(provision.Clients) []string
	rules              []string // of whose scenarios every run draws some
	faults             []string // of which every run plants one
}

// rulesDrawn is how many rules a run draws of each implementation's.
const rulesDrawn = 1

var (
	web = implementation{name: "web", driver: "pc", base: "/card",
		program: func(c provision.Clients) []string { return []string{c.Python, "serve.py"} },
		rules:   []string{"p26-1", "p30-1", "p34-1", "p35-4", "p36-1"},
		faults:  []string{"any-code", "no-digit", "no-login-link"}}
	app = implementation{name: "app", driver: "iphone", base: "/m",
		program: func(c provision.Clients) []string { return []string{c.Node, "server.mjs"} },
		rules:   []string{"p12-2", "p14-3", "p18-1", "p21-1"},
		faults:  []string{"no-letter", "done-wording"}}
)

// try runs the scenarios of rules, or all of them, against a copy of the
// implementation's files with a fault planted, "" for none.
func (i implementation) try(t *testing.T, f fault, rules ...string) (runner.Result, string) {
	t.Helper()
	if only := os.Getenv("NETANSWER_TEST_DRIVERS"); only != "" && !slices.Contains(strings.Split(only, ","), i.driver) {
		t.Skipf("NETANSWER_TEST_DRIVERS=%s leaves out %s", only, i.driver)
	}
	programs := sandboxtest.Clients(t, func(c provision.Clients) bool { return c.Python != "" && c.Node != "" })
	providers := sandboxtest.Start(t, func(c *server.Config) { c.Only = server.OnlyProviders })
	dir := filepath.Join(t.TempDir(), i.name)
	if err := os.CopyFS(dir, os.DirFS(i.name)); err != nil {
		t.Fatal(err)
	}
	f.plant(t, dir)
	port := sandboxtest.Port(t, sandboxtest.Free(t))
	i.start(t, dir, port, programs, providers)
	file := i.file(t, port, providers)
	var log bytes.Buffer
	result, err := suite.Verify(
		t.Context(),
		suite.Options{Target: file, Drivers: []string{i.driver}, Select: runner.Selection{Rules: rules}, Out: t.TempDir()},
		&log,
		io.Discard,
	)
	if err != nil {
		t.Fatal(err)
	}
	return result, log.String()
}

// file is the target.yaml of somebody who has read the implementation's README.
func (i implementation) file(t *testing.T, port string, providers *server.Sandbox) string {
	t.Helper()
	text := sandboxtest.Read(t, "test", "foreign", i.name+".yaml")
	file := filepath.Join(t.TempDir(), "target.yaml")
	text = strings.NewReplacer("PORT", port, "CONSOLE", providers.ConsoleURL).Replace(text)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// start runs the implementation until the test has ended.
func (i implementation) start(t *testing.T, dir, port string, programs provision.Clients, providers *server.Sandbox) {
	t.Helper()
	smtpHost, smtpPort, _ := strings.Cut(providers.SMTP, ":")
	line := i.program(programs)
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Dir = dir
	cmd.Env = append(
		os.Environ(),
		"PORT="+port,
		"BASE_PATH="+i.base,
		"TEST_TOKEN=token-of-the-tests",
		"SMS_URL="+providers.RESTURL,
		"SMS_ACCOUNT=ACforeign",
		"SMS_TOKEN=any",
		"SMTP_HOST="+smtpHost,
		"SMTP_PORT="+smtpPort,
		"SMTP_USER=foreign",
		"SMTP_PASSWORD=any",
		"VOICE_TOKEN=token-of-the-voice",
	)
	var wrote bytes.Buffer
	cmd.Stdout, cmd.Stderr = &wrote, &wrote
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself, which Wait tells
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("%s wrote:\n%s", i.name, tail(wrote.String()))
		}
	})
	sandboxtest.Eventually(t, 20*time.Second, func() bool {
		answer, err := http.Get("http://127.0.0.1:" + port + i.base + "/")
		if err != nil {
			return false
		}
		return answer.Body.Close() == nil
	})
}

func tail(text string) string { return text[max(0, len(text)-4000):] }

// A fault is one change of an implementation's source.
type fault struct {
	Of   string `json:"of"` // web or app
	Name string `json:"name"`
	Rule string `json:"rule"` // that it breaks
	File string `json:"file"`
	From string `json:"from"`
	To   string `json:"to"`
}

func (f fault) plant(t *testing.T, dir string) {
	t.Helper()
	if f.Name == "" {
		return
	}
	name := filepath.Join(dir, filepath.FromSlash(f.File))
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(source), f.From) {
		t.Fatalf("fault %s: %s does not say %q", f.Name, f.File, f.From)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(source), f.From, f.To, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// faults are those of an implementation, all of them or what every run plants.
func (i implementation) planted(t *testing.T, all bool) (chosen []fault) {
	t.Helper()
	var list []fault
	if err := json.Unmarshal([]byte(sandboxtest.Read(t, "test", "foreign", "faults.json")), &list); err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if f.Of == i.name && (all || slices.Contains(i.faults, f.Name)) {
			chosen = append(chosen, f)
		}
	}
	if all {
		return chosen
	}
	if len(chosen) != len(i.faults) {
		t.Fatalf("%d of the faults %q are in faults.json", len(chosen), i.faults)
	}
	return sample.Draw(sample.Of(t), chosen, 1)
}

// those are the scenarios of a verdict.
func those(r runner.Result, v runner.Verdict) (all []string) {
	for _, o := range r.Outcomes {
		if o.Verdict == v {
			all = append(all, o.ID())
		}
	}
	return all
}

// TestFair: no scenario is red that the guide's own words do not make red, and of
// each fault a scenario of the rule that it breaks is red which was green.
func TestFair(t *testing.T) {
	all := os.Getenv(everything) == "all"
	for _, i := range []implementation{web, app} {
		t.Run(i.name, func(t *testing.T) {
			planted := i.planted(t, all)
			rules := slices.Clone(sample.Draw(sample.Of(t), i.rules, rulesDrawn))
			for _, f := range planted {
				rules = append(rules, f.Rule)
			}
			if all {
				rules = nil
			}
			before, log := i.try(t, fault{}, rules...)
			if red := those(before, runner.Failed); len(red) > 0 {
				t.Errorf("red:\n%s\n%s", strings.Join(red, "\n"), log)
			}
			green := those(before, runner.Passed)
			if len(green) < rulesDrawn {
				t.Errorf("%d scenarios are green, of %d rules at least", len(green), rulesDrawn)
			}
			for _, f := range planted {
				t.Run(f.Name, func(t *testing.T) {
					after, log := i.try(t, f, f.Rule)
					red := slices.DeleteFunc(those(after, runner.Failed), func(id string) bool { return !slices.Contains(green, id) })
					if len(red) == 0 {
						t.Errorf("nothing of %s that was green is red\n%s", f.Rule, log)
					}
					t.Logf("%s %s: %s is red at %s", i.name, f.Name, f.Rule, strings.Join(red, " "))
				})
			}
		})
	}
}

// TestANewUserBegins: target init sees the form with nothing lacking, and with what it
// cannot see filled in, the doctor finds nothing wrong.
func TestANewUserBegins(t *testing.T) {
	if only := os.Getenv("NETANSWER_TEST_DRIVERS"); only != "" && !slices.Contains(strings.Split(only, ","), web.driver) {
		t.Skipf("NETANSWER_TEST_DRIVERS=%s leaves out %s", only, web.driver)
	}
	programs := sandboxtest.Clients(t, func(c provision.Clients) bool { return c.Python != "" })
	providers := sandboxtest.Start(t, func(c *server.Config) { c.Only = server.OnlyProviders })
	port := sandboxtest.Port(t, sandboxtest.Free(t))
	web.start(t, web.name, port, programs, providers)

	text, err := suite.BeginTarget(t.Context(), "http://127.0.0.1:"+port+web.base+"/top", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# ホームページ: ", "登録の初めの画面: 「入力」の画面とわかります", "#   a-06: true", "#   login_lock: 30m", "「クレジットカード番号」", "「規約に同意して確認画面に進む」", "members:"} {
		if !strings.Contains(text, want) {
			t.Errorf("target init does not tell %s", want)
		}
	}
	if strings.Contains(text, "labels:") || strings.Contains(text, "進めません") {
		t.Errorf("target init finds something lacking:\n%s", text)
	}
	file := filepath.Join(t.TempDir(), "begun.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := suite.Examine(t.Context(), file, false, say.Japanese, io.Discard); err != nil {
		t.Errorf("what target init writes cannot be read: %v", err)
	}

	var told bytes.Buffer
	wrong, err := suite.Examine(t.Context(), web.file(t, port, providers), true, say.Japanese, &told)
	if err != nil || wrong > 0 {
		t.Errorf("the doctor finds %d things wrong, %v:\n%s", wrong, err, told.String())
	}
	for _, want := range []string{"✓ reset", "✓ clock", "✓ 電話", "✓ 画面の項目", "✓ 登録の一巡（pc、花子さん）", "✓ 登録の一巡（sp、花子さん）"} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("the doctor does not tell %s", want)
		}
	}
}
