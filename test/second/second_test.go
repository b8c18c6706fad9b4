// Package second_test tries implementations that are not the sandbox, by their
// pages, our providers and the file target.yaml. The one in implementation/ shares
// nothing with the sandbox but the guide.
package second_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/test/provision"
	"example.com/netanswer/test/sample"
	"example.com/netanswer/test/sandboxtest"
)

// secondToken signs the calls to it.
const secondToken = "token-of-the-second"

// A trial is a target.yaml with providers and running copies behind it.
type trial struct {
	t         *testing.T
	file      string
	text      string // of the file
	driver    string
	shard     runner.Shard // the part that is tried
	providers *server.Sandbox
}

// What a copy is told so that its credentials name no world.
const (
	nobodysAccount = "SMS_ACCOUNT=AC0123456789abcdef0123456789abcdef" // as real ones look
	nobodysUser    = "SMTP_USER=netanswer"
)

// secondImplementation starts copies of it, each with a rule broken, "" for none.
func secondImplementation(t *testing.T, breaks ...string) trial {
	t.Helper()
	if only := os.Getenv("NETANSWER_TEST_DRIVERS"); only != "" && !strings.Contains(","+only+",", ",pc,") {
		t.Skipf("NETANSWER_TEST_DRIVERS=%s leaves out pc", only)
	}
	programs := sandboxtest.Node(t)
	t.Setenv("SECOND_TOKEN", secondToken)
	providers := sandboxtest.Start(t, func(c *server.Config) { c.Only = server.OnlyProviders })
	text, err := os.ReadFile("implementation/target.yaml")
	if err != nil {
		t.Fatal(err)
	}
	swaps := []string{"http://127.0.0.1:8090", providers.ConsoleURL}
	for i, rule := range breaks {
		base := startSecond(t, programs, providers, fmt.Sprintf("second-%d", i+1), rule)
		swaps = append(swaps, fmt.Sprintf("http://127.0.0.1:%d", 3001+i), base)
	}
	out := trial{
		t:         t,
		driver:    "pc",
		providers: providers,
		file:      filepath.Join(t.TempDir(), "target.yaml"),
		text:      strings.NewReplacer(swaps...).Replace(string(text)),
	}
	if len(breaks) == 1 {
		head, _, _ := strings.Cut(out.text, "  - {base: \"http://127.0.0.1:3002\"")
		_, tail, _ := strings.Cut(out.text, "world: second-2}\n")
		out.text = head + tail
	}
	return out
}

// startSecond starts a copy that ends with the test, and returns its address.
func startSecond(t *testing.T, programs provision.Clients, providers *server.Sandbox, name, rule string, environment ...string) string {
	t.Helper()
	cmd := exec.Command(programs.Node, "implementation/server.mjs")
	cmd.Env = append(
		os.Environ(),
		"NODE_PATH="+programs.Modules,
		"PORT=0",
		"BREAK="+rule,
		"SMS_URL="+providers.RESTURL,
		"SMS_ACCOUNT=AC"+name,
		"SMS_TOKEN="+secondToken,
		"SMTP_ADDRESS="+providers.SMTP,
		"SMTP_USER="+name,
		"SMTP_PASSWORD=any",
	)
	cmd.Env = append(cmd.Env, environment...)
	var wrote bytes.Buffer // what providers refused it, as they were told to
	cmd.Stderr = &wrote
	leash, err := cmd.StdinPipe() // it ends with its input
	if err != nil {
		t.Fatal(err)
	}
	said, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := leash.Close(); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if t.Failed() {
			t.Logf("%s wrote:\n%s", name, &wrote)
		}
	})
	line, err := bufio.NewReader(said).ReadString('\n')
	base, ok := strings.CutPrefix(strings.TrimSpace(line), "listening ")
	if err != nil || !ok {
		t.Fatalf("%s said %q, %v", name, line, err)
	}
	return base
}

// change changes what the file says, which must be there.
func (tr trial) change(from, to string) trial {
	tr.t.Helper()
	if !strings.Contains(tr.text, from) {
		tr.t.Fatalf("the file does not say %q", from)
	}
	tr.text = strings.Replace(tr.text, from, to, 1)
	return tr
}

// try runs scenarios against it with its driver.
func (tr trial) try(choose runner.Selection, out string) (runner.Result, string, error) {
	tr.t.Helper()
	if err := os.WriteFile(tr.file, []byte(tr.text), 0o600); err != nil {
		tr.t.Fatal(err)
	}
	var log bytes.Buffer
	result, err := suite.Verify(
		tr.t.Context(),
		suite.Options{Target: tr.file, Drivers: []string{tr.driver}, Select: choose, Shard: tr.shard, Out: out},
		&log,
		io.Discard,
	)
	return result, log.String(), err
}

// notAskedOfSecond is why some scenarios cannot be asked of it.
var notAskedOfSecond = []string{"方針を変える手段がありません", "実装の発行元に障害を起こす手段がありません", "実装の記録を読む手段がありません",
	"本人認証サービスへの登録を確かめる手段がありません", "登録の電話番号を変える手段がありません", "カード会社の登録を変える手段がありません", "仮定 a-2", "規則 p38-2 は without にあります（ご利用明細は作っていない）",
	"この製品の画面だけの約束です（@サンドボックス）", "ガイドがその画面に示していない文です", "の前の画面へ戻っても",
	"押さずに送っても同じ送信になります", "事業者の約束は"}

// parts is into how many the scenarios are cut, of which a run tries one.
const parts = 16

// TestAnotherImplementationKeepsThePromises: every scenario that can be asked of
// it is green, and what cannot is counted by its reason. It tries one in
// sixteen, another part each day, with NETANSWER_TEST_FOREIGN=all everything.
func TestAnotherImplementationKeepsThePromises(t *testing.T) {
	dir := t.TempDir()
	tr, least := secondImplementation(t, "", ""), 180
	if os.Getenv(settings.TestForeign) != "all" {
		tr.shard, least = runner.Shard{Index: sample.Of(t).Part(parts) + 1, Of: parts}, 7
	}
	result, log, err := tr.try(runner.Selection{}, dir)
	t.Log("\n" + log)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range result.Outcomes {
		if o.Verdict == runner.Failed {
			t.Errorf("%s %s: %s", o.ID(), o.Name, o.Err)
		}
	}
	t.Logf("green %d, 対象外 %d, 判定不能 %d, %s", result.Count(runner.Passed), result.Because(runner.NotAsked), result.Unjudged(), result.Took)
	if result.Unjudged() != 0 {
		t.Errorf("%d are not judged although the clock can be moved", result.Unjudged())
	}
	if got := result.Count(runner.Passed); got < least {
		t.Errorf("%d are green, want %d at least", got, least)
	}
	for _, o := range result.Outcomes {
		if o.Reason == runner.NotAsked &&
			!slices.ContainsFunc(notAskedOfSecond, func(why string) bool { return strings.HasPrefix(o.Err, "対象外: "+why) }) {
			t.Errorf("%s is not asked: %s", o.ID(), o.Err)
		}
	}
	reportsHaveNot(t, dir, secondToken)
}

// reportsHaveNot looks for a secret in every report.
func reportsHaveNot(t *testing.T, dir, secret string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		if strings.Contains(string(text), secret) {
			t.Errorf("%s has a secret of target.yaml", name)
		}
		files++
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("looked through %d files, %v", files, err)
	}
}

// TestTheDoctorFindsAnotherImplementationWell: its form too, by the names of its fields.
func TestTheDoctorFindsAnotherImplementationWell(t *testing.T) {
	tr := secondImplementation(t, "")
	doctor := func(tr trial) (string, error) {
		if err := os.WriteFile(tr.file, []byte(tr.text), 0o600); err != nil {
			t.Fatal(err)
		}
		return sandboxtest.Netanswer(t, "verify", "doctor", "-target", tr.file)
	}
	said, err := doctor(tr)
	for _, line := range []string{"✓ web のページ\n", "✓ reset\n", "✓ clock\n", "✓ 花子さんへのSMS\n", "✓ 美咲さんへのメール\n", "✓ 電話\n", "✓ 画面の項目\n", "✓ 登録の一巡（pc、花子さん）\n", "✓ 登録の一巡（sp、花子さん）\n"} {
		if !strings.Contains(said, line) {
			t.Errorf("the doctor does not say %q", line)
		}
	}
	if err != nil {
		t.Errorf("%v\n%s", err, said)
	}
	said, err = doctor(tr.change("can:", "labels: {パソコン: 自宅}\ncan:"))
	if err == nil || !strings.Contains(said, "✗ 画面の項目: 入力の画面に見つからないもの: 「パソコン」\n  → ") {
		t.Errorf("with a wrong label: %v\n%s", err, said)
	}
}
