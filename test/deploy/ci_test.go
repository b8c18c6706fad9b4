package deploy_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/rhysd/actionlint"

	"example.com/netanswer/internal/cli"
	"example.com/netanswer/test/sandboxtest"
)

const (
	gitHub = "examples/ci/github.yml"
	gitLab = "examples/ci/gitlab.yml"
)

func TestGitHubTakesTheWorkflow(t *testing.T) {
	text := sandboxtest.Read(t, gitHub)
	for what, wrong := range map[string]string{"": "", "runs-on": "run-on", "matrix.shard": "matrix.part", "needs: verify": "needs: verity"} {
		linter, err := actionlint.NewLinter(&bytes.Buffer{}, &actionlint.LinterOptions{Shellcheck: "", Pyflakes: ""})
		if err != nil {
			t.Fatal(err)
		}
		found, err := linter.Lint(gitHub, []byte(strings.ReplaceAll(text, what, wrong)), nil)
		if what == "" {
			found, err = linter.Lint(gitHub, []byte(text), nil)
		}
		if err != nil || (len(found) > 0) != (what != "") {
			t.Errorf("with %q for %q: %v %v", wrong, what, found, err)
		}
	}
}

// workflow is the part of a workflow that is carried out here.
type workflow struct {
	Jobs map[string]struct {
		Strategy struct{ Matrix struct{ Shard []int } }
		Steps    []struct{ Run string }
	}
}

// TestTheWorkflowsCommandsAreTheWholeSuite carries out the commands of GitHub's
// workflow in a shell, and hands on the reports as its artifacts are.
func TestTheWorkflowsCommandsAreTheWholeSuite(t *testing.T) {
	var w workflow
	if err := yaml.Unmarshal([]byte(sandboxtest.Read(t, gitHub)), &w); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	shards := w.Jobs["verify"].Strategy.Matrix.Shard
	for _, shard := range shards {
		of := strings.NewReplacer("${{ matrix.shard }}", strconv.Itoa(shard), "${{ strategy.job-total }}", strconv.Itoa(len(shards)))
		for _, step := range w.Jobs["verify"].Steps {
			shell(t, dir, of.Replace(step.Run))
		}
		if err := os.MkdirAll(filepath.Join(dir, "parts"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(dir, "part"), filepath.Join(dir, "parts", "part-"+strconv.Itoa(shard))); err != nil {
			t.Fatal(err)
		}
	}
	var said string
	for _, step := range w.Jobs["merge"].Steps {
		said += shell(t, dir, step.Run)
	}
	whole(t, said)
}

// pipeline is the whole of GitLab's file: what stands in no field is refused.
type pipeline struct {
	Stages    []string
	Netanswer struct {
		Image        string
		BeforeScript []string `yaml:"before_script"`
	} `yaml:".netanswer"`
	Verify, Merge task
}

type task struct {
	Extends, Stage, Timeout, When string
	Parallel                      int
	Needs, Script                 []string
	Artifacts                     struct {
		When    string
		Paths   []string
		Reports struct{ JUnit string }
	}
}

// TestThePipelinesCommandsAreTheWholeSuite does the same with GitLab's.
func TestThePipelinesCommandsAreTheWholeSuite(t *testing.T) {
	var p pipeline
	if err := yaml.UnmarshalWithOptions([]byte(sandboxtest.Read(t, gitLab)), &p, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	for _, j := range []task{p.Verify, p.Merge} {
		if j.Extends != ".netanswer" || !strings.Contains(strings.Join(p.Stages, " "), j.Stage) || len(j.Script) == 0 {
			t.Errorf("%+v", j)
		}
	}
	dir := t.TempDir()
	total := strconv.Itoa(p.Verify.Parallel)
	for node := 1; node <= p.Verify.Parallel; node++ {
		for _, line := range p.Verify.Script {
			shell(t, dir, line, "CI_NODE_INDEX="+strconv.Itoa(node), "CI_NODE_TOTAL="+total)
		}
	}
	if found, err := filepath.Glob(filepath.Join(dir, p.Verify.Artifacts.Reports.JUnit)); err != nil || len(found) != p.Verify.Parallel {
		t.Errorf("reports for GitLab: %v %v", found, err)
	}
	var said string
	for _, line := range p.Merge.Script {
		said += shell(t, dir, line)
	}
	whole(t, said)
}

// whole sees that no part was missing, and none was red.
func whole(t *testing.T, said string) {
	t.Helper()
	if !strings.Contains(said, "失敗 0、判定不能・未実行 0") {
		t.Errorf("%s", said)
	}
}

// shell carries out commands, with a part of the scenarios for all; netanswer is
// among its programs.
func shell(t *testing.T, dir, commands string, variables ...string) string {
	t.Helper()
	if !strings.Contains(commands, "netanswer ") || strings.Contains(commands, "curl") {
		return "" // fetching it
	}
	commands = strings.NewReplacer("bin/netanswer", "netanswer", " verify ", " verify -rule p34 ").Replace(commands)
	c := exec.Command("sh", "-ec", commands)
	c.Dir = dir
	c.Env = append(os.Environ(), append(variables, "PATH="+programs(t)+string(os.PathListSeparator)+os.Getenv("PATH"))...)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", commands, err, out)
	}
	return string(out)
}

// programs is a folder with netanswer in it, which is this binary: see TestMain.
func programs(t *testing.T) string {
	t.Helper()
	ours, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(ours, filepath.Join(dir, program)); err != nil {
		t.Fatal(err)
	}
	return dir
}

const program = "netanswer"

// TestMain is the program where it is called by its name.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) != program {
		os.Exit(m.Run())
	}
	if err := cli.Run(context.Background(), cli.Process{Out: os.Stdout, Err: os.Stderr, Environ: os.Environ()}, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
