package deploy_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// secrets are what the Secret of a cluster holds.
var secrets = map[string]string{"store": "postgres://netanswer:secret@db.example/netanswer", "control-token": "0123456789abcdef"}

// inPlace is an argument with what a pod has in place of a variable, a host or a
// folder.
func inPlace(args []string, pairs ...string) []string {
	there := strings.NewReplacer(pairs...)
	args = slices.Clone(args)
	for i := range args {
		args[i] = there.Replace(args[i])
	}
	return args
}

func TestTheSandboxTakesItsSettings(t *testing.T) {
	c := one(t, "deploy/kubernetes", "Deployment").Spec.Template.Spec.Containers[0]
	token := filepath.Join(t.TempDir(), "control-token")
	if err := os.WriteFile(token, []byte(secrets["control-token"]), 0o600); err != nil {
		t.Fatal(err)
	}
	environ := inPlace(c.environment(secrets), "/run/secrets/netanswer/control-token", token)
	for _, p := range []string{"MEMBER=:8080", "CONSOLE=:8090"} { // of the image
		environ = append(environ, "NETANSWER_"+p)
	}
	said, err := server.ReadConfig(c.Args[1:], environ, io.Discard)
	if err != nil || c.Args[0] != "serve" {
		t.Fatal(c.Args, err)
	}
	if said.Store != secrets["store"] || said.Token != secrets["control-token"] {
		t.Errorf("the store is %q, the token %q", said.Store, said.Token)
	}
	if _, err := server.ReadConfig(nil, append(environ, "NETANSWER_PORT=tcp://10.0.0.1:8090"), io.Discard); err == nil {
		t.Error("variables of a Service would do no harm; they need not be left out")
	}
	s, _ := sandboxtest.Everywhere(t)
	for probe, want := range map[string]string{c.StartupProbe.HTTPGet.Path: "/healthz", c.LivenessProbe.HTTPGet.Path: "/healthz",
		c.ReadinessProbe.HTTPGet.Path: "/readyz"} {
		if status, body := sandboxtest.Fetch(t, s.ConsoleURL+probe, "10.1.2.3:8090"); probe != want || status != http.StatusOK {
			t.Errorf("a node asks %s: %d %s", probe, status, body)
		}
	}
}

// TestTheJobsTogetherAreTheWholeSuite carries out what every pod of the Job does,
// and what the one does that joins their reports.
func TestTheJobsTogetherAreTheWholeSuite(t *testing.T) {
	verify := one(t, "deploy/kubernetes/verify", "Job")
	if verify.Spec.CompletionMode != "Indexed" || verify.Spec.Completions < 2 {
		t.Fatalf("%d pods, %s", verify.Spec.Completions, verify.Spec.CompletionMode)
	}
	s := sandboxtest.Start(t, func(c *server.Config) { c.Token = secrets["control-token"] })
	reports := t.TempDir()
	pod := verify.Spec.Template.Spec.Containers[0]
	for i := range verify.Spec.Completions {
		index := strconv.Itoa(i)
		args := inPlace(pod.Args, "http://netanswer:8080", s.MemberURL, "http://netanswer:8090", s.ConsoleURL,
			"$(JOB_COMPLETION_INDEX)", index, "/reports", reports)
		carriedOut(t, append(args, "-rule", "p34"), append(pod.environment(secrets), "JOB_COMPLETION_INDEX="+index))
	}
	merge := one(t, "deploy/kubernetes/merge", "Job").Spec.Template.Spec.Containers[0]
	said := carriedOut(t, inPlace(merge.Args, "/reports", reports), merge.environment(secrets))
	if !strings.Contains(said, "失敗 0、判定不能・未実行 0") {
		t.Errorf("%s", said)
	}
	if _, err := os.Stat(filepath.Join(reports, "all", "report.html")); err != nil {
		t.Error(err)
	}
}

// carriedOut is what a command of the program says, with just these variables.
func carriedOut(t *testing.T, args, environ []string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if err := cli.Run(t.Context(), cli.Process{Out: &out, Err: &errOut, Environ: environ}, args); err != nil {
		t.Fatalf("%v: %v\n%s%s", args, err, out.String(), errOut.String())
	}
	return out.String()
}
