package issuer_test

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"regexp"
	"testing"

	"github.com/wiremock/go-wiremock"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/test/provision"
	"example.com/netanswer/test/sandboxtest"
)

// portLine is what a WireMock says once it answers.
var portLine = regexp.MustCompile(`^port:\s+(\d+)`)

// wireMock starts a WireMock of the test's own over a folder of mappings and
// returns its address. One that is wanting is a failure in CI, else a reason
// to skip.
func wireMock(t testing.TB, dir string) string {
	t.Helper()
	found, err := provision.FindWireMock(provision.Options{})
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("WireMock is wanting, run make setup first: %v", err)
	} else if err != nil {
		t.Skipf("WireMock is wanting, run make setup first: %v", err)
	}
	// The shell ends WireMock when its own input ends, so that a test that is
	// killed leaves none behind.
	cmd := exec.Command("sh", "-c", `"$@" <&- & p=$!; read x; kill $p; wait $p`, "sh",
		found.Java, "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", found.Jar,
		"--port", "0", "--bind-address", "127.0.0.1", "--root-dir", dir)
	input, err1 := cmd.StdinPipe()
	output, err2 := cmd.StdoutPipe()
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = input.Close()
		_ = cmd.Wait() // it was killed, which is no success
	})
	lines := bufio.NewScanner(output)
	var said []string
	for lines.Scan() {
		if m := portLine.FindStringSubmatch(lines.Text()); m != nil {
			go func() { _, _ = io.Copy(io.Discard, output) }() // what it says later is nobody's
			return "http://127.0.0.1:" + m[1]
		}
		said = append(said, lines.Text())
	}
	t.Fatalf("WireMock did not start: %q", said)
	return ""
}

// scripted is a WireMock that a test scripts.
type scripted struct {
	*wiremock.Client
	URL string
}

func script(t testing.TB, dir string) scripted {
	t.Helper()
	url := wireMock(t, dir)
	return scripted{wiremock.NewClient(url), url}
}

// TestScenariosWithWireMockBehind proves the same promises with a WireMock for the
// core system, as `netanswer issuer export` makes it; but those that break or look
// into the sandbox's own, since a WireMock has one state for all worlds.
func TestScenariosWithWireMockBehind(t *testing.T) {
	dir := t.TempDir()
	if _, err := sandboxtest.Netanswer(t, "issuer", "export", "-dir", dir); err != nil {
		t.Fatal(err)
	}
	address := wireMock(t, dir)
	s := sandboxtest.Start(t, func(c *server.Config) { c.Issuer, c.IssuerRetry = address, patient() })
	var log bytes.Buffer
	result, err := suite.On(
		t.Context(),
		s,
		suite.Options{Drivers: []string{"api"}, Select: runner.Selection{Tags: "not @発行元 and not @提供者"}},
		&log,
	)
	if err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	for _, o := range result.Outcomes {
		if o.Verdict != runner.Passed {
			t.Run(o.ID(), func(t *testing.T) { t.Errorf("%s %s: %v", o.Verdict, o.Name, o.Err) })
		}
	}
	if len(result.Outcomes) < 400 {
		t.Errorf("only %d scenarios", len(result.Outcomes))
	}
}

// TestEveryScenarioCountsInAWireMock tries all that the API can be asked with the
// scenarios' own counters in a WireMock, those of @発行元 as well.
func TestEveryScenarioCountsInAWireMock(t *testing.T) {
	dir := t.TempDir()
	if _, err := sandboxtest.Netanswer(t, "issuer", "export", "-dir", dir); err != nil {
		t.Fatal(err)
	}
	if said, err := sandboxtest.Netanswer(t, "verify", "-driver", "api", "-out", t.TempDir(), "-wiremock", wireMock(t, dir)); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}
