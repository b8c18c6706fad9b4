package netanswer_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/goccy/go-yaml"

	"example.com/netanswer/client"
)

// The compose files, from the top of the checkout.
const (
	composeFile = "docker-compose.yml"
	exampleFile = "examples/compose/docker-compose.yml"
	severalFile = "deploy/compose/docker-compose.yml"
)

// A project is a compose file with the images under test and free ports.
type project struct {
	t     *testing.T
	files []string
	name  string
	env   map[string]string
}

// compose prepares a file. Other files change what it says.
func compose(t *testing.T, name, file string, others ...string) project {
	t.Helper()
	wanted(t, made.wrong)
	if len(made.engine.Compose) == 0 {
		wanted(t, fmt.Errorf("Compose is wanting; run make setup first"))
	}
	p := project{t: t, name: fmt.Sprintf("netanswer-test-%d-%s", os.Getpid(), name), env: map[string]string{"SANDBOX_IMAGE": image}}
	for _, port := range []string{"MEMBER", "CONSOLE", "REST", "SMTP", "IMAP", "SMPP", "SIP", "ISSUER"} {
		p.env[port+"_PORT"] = freePort(t)
	}
	for _, f := range append([]string{filepath.Join("..", file)}, others...) {
		p.files = append(p.files, "--file", f)
	}
	return p
}

// lastPort is the port that was given out last. They lie below those that
// engines and systems give out by themselves: an engine that is asked for any port
// of 127.0.0.1 does not look at those it has given out of 0.0.0.0.
var lastPort atomic.Int32

// freePort is one that nobody listens on, and that is given to no other test.
func freePort(t *testing.T) string {
	t.Helper()
	lastPort.CompareAndSwap(0, 20000+int32(os.Getpid()%500)*20)
	for range 100 {
		port := strconv.Itoa(int(lastPort.Add(1)))
		if l, err := net.Listen("tcp", "127.0.0.1:"+port); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return ""
}

// run runs Compose and returns what it says.
func (p project) run(ctx context.Context, args ...string) (string, error) {
	args = slices.Concat(made.engine.Compose[1:], p.files, []string{"--project-name", p.name}, args)
	cmd := exec.CommandContext(ctx, made.engine.Compose[0], args...)
	cmd.Env = os.Environ()
	for name, value := range p.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%s: %w\n%s", cmd, err, out)
	}
	return strings.TrimSpace(string(out)), err
}

// up brings it up until the test ends.
func (p project) up(args ...string) {
	p.t.Helper()
	p.t.Cleanup(func() {
		if _, err := p.run(context.WithoutCancel(p.t.Context()), "--profile", "verify", "down", "--volumes", "--timeout", "5"); err != nil {
			p.t.Error(err)
		}
	})
	if _, err := p.run(p.t.Context(), append([]string{"up", "--detach", "--no-build"}, args...)...); err != nil {
		logs, _ := p.run(p.t.Context(), "logs", "--tail", "20") // beside a greater error
		p.t.Fatalf("%v\n%s", err, logs)
	}
}

// port is where this machine finds a port of a service.
func (p project) port(service, port string) string {
	p.t.Helper()
	address, err := p.run(p.t.Context(), "port", service, port)
	if err != nil {
		p.t.Fatal(err)
	}
	return address
}

func TestComposeFilesAreValidAndPinned(t *testing.T) {
	t.Parallel()
	for _, file := range []string{composeFile, exampleFile, severalFile} {
		p := compose(t, "valid", file)
		p.env = nil // as a reader has it
		text, err := p.run(t.Context(), "--profile", "verify", "config")
		if err != nil {
			t.Error(err)
			continue
		}
		var said struct {
			Services map[string]struct {
				Image string
				Ports []any
			}
		}
		if err := yaml.Unmarshal([]byte(text), &said); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if len(said.Services) < 2 {
			t.Errorf("%s has the services %v", file, slices.Collect(maps.Keys(said.Services)))
		}
		for name, s := range said.Services {
			if _, tag, _ := strings.Cut(s.Image, ":"); tag == "" || tag == "latest" {
				t.Errorf("%s: %s is %q, which names no version", file, name, s.Image)
			}
			for _, port := range s.Ports {
				if !strings.Contains(fmt.Sprint(port), "127.0.0.1") {
					t.Errorf("%s: %s publishes %v to others than this machine", file, name, port)
				}
			}
		}
		if w, ok := said.Services["issuer"]; ok && w.Image != officialWireMock {
			t.Errorf("%s: the issuer is %s, want %s", file, w.Image, officialWireMock)
		}
	}
}

// TestTheSuiteInContainers brings up the sandbox with WireMock behind it and runs
// every scenario that the API can be asked from a third container.
func TestTheSuiteInContainers(t *testing.T) {
	t.Parallel()
	w := wireMock(t)
	mounted := filepath.Join(t.TempDir(), "mounted.yml")
	override, err := yaml.Marshal(map[string]any{"services": map[string]any{"issuer": map[string]any{"volumes": w.binds}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mounted, override, 0o644); err != nil {
		t.Fatal(err)
	}
	p := compose(t, "suite", composeFile)
	if len(w.binds) > 0 {
		p.files = append(p.files, "--file", mounted)
	}
	reports := t.TempDir()
	p.env["WIREMOCK_IMAGE"], p.env["REPORTS"], p.env["VERIFY_USER"] = w.name, reports, fmt.Sprintf("%d:%d", os.Getuid(), os.Getgid())
	p.up()
	controls := client.New("http://"+p.port("sandbox", "8090"), client.WithToken("sandbox-for-tests-only"))
	if world, err := controls.World(t.Context(), "default"); err != nil ||
		world.MemberURL != "http://default.localhost:"+p.env["MEMBER_PORT"]+"/" {
		t.Errorf("the console leads to %s, not to the port that is published: %v", world.MemberURL, err)
	}
	said, err := p.run(t.Context(), "run", "--rm", "verify")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "失敗 0、判定不能・未実行 0") || !strings.Contains(said, "シナリオのない規則 0/") {
		t.Errorf("not every rule was tried:\n%s", said)
	}
	if info, err := os.Stat(filepath.Join(reports, "report.html")); err != nil || info.Size() == 0 {
		t.Errorf("no report: %v", err)
	}
	t.Log(said[strings.LastIndex(said, "\n")+1:])

	// WireMock was asked, and every question found a stub.
	admin := "http://" + p.port("issuer", "8080") + "/__admin/requests"
	var journal struct{ Meta struct{ Total int } }
	fetch(t, admin+"?limit=1", &journal)
	var unmatched struct {
		Requests []struct{ URL, Method string }
	}
	fetch(t, admin+"/unmatched", &unmatched)
	if journal.Meta.Total < 500 || len(unmatched.Requests) > 0 {
		t.Errorf("WireMock was asked %d times, and had no stub for %v", journal.Meta.Total, unmatched.Requests)
	}
}

// fetch reads JSON.
func fetch(t *testing.T, url string, into any) {
	t.Helper()
	answer := must(http.Get(url))(t)
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s: %v", url, answer.Status, err)
	}
}

// TestTheExampleComesUp takes the image for the backend of the example as well,
// which asks netanswer whether it is well.
func TestTheExampleComesUp(t *testing.T) {
	t.Parallel()
	p := compose(t, "example", exampleFile)
	p.env["BACKEND_IMAGE"], p.env["BACKEND_COMMAND"] = image, "health -console netanswer:8090"
	p.up()
	id, err := p.run(t.Context(), "ps", "--all", "--quiet", "backend")
	if err != nil {
		t.Fatal(err)
	}
	if code := docker(t, "wait", id); code != "0" || !strings.Contains(docker(t, "logs", id), "http://netanswer:8090: 正常です") {
		t.Errorf("the backend ended with %s: %s", code, docker(t, "logs", id))
	}
	if answer, err := http.Get("http://" + p.port("netanswer", "8090") + "/healthz"); err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("%v %v", answer, err)
	}
}
