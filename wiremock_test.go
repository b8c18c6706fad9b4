package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"testing"

	"github.com/wiremock/go-wiremock"

	"example.com/netanswer/steps/provision"
)

// portLine is what a WireMock says once it answers.
var portLine = regexp.MustCompile(`^port:\s+(\d+)`)

// wireMock starts a WireMock of the test's own over a folder of mappings and
// answers with its address. One that is wanting is a failure in CI, else a reason
// to skip.
func wireMock(t testing.TB, dir string) string {
	t.Helper()
	found, err := provision.FindWireMock("")
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("WireMock is wanting, run setup first: %v", err)
	} else if err != nil {
		t.Skipf("WireMock is wanting, run setup first: %v", err)
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

// do asks the API of WireMock for what go-wiremock has no word for.
func (s scripted) do(t testing.TB, method, path string) {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 {
		t.Fatalf("%s %s: %s", method, path, answer.Status)
	}
}
