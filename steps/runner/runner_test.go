package runner_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cucumber/godog"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// What step packages are written against is what godog has.
var _ runner.Definitions = (*godog.ScenarioContext)(nil)

// named is a driver of which the suite needs no more than the name.
type named string

func (d named) Name() string { return string(d) }
func (named) Open(context.Context, driver.World) (driver.Session, error) {
	return nil, errors.New("no session in these tests")
}
func (named) Close() error { return nil }

type worldKey struct{}

// A world is what the steps of these tests act on.
type world struct {
	scenario runner.Scenario
	driver   string
	person   string
	after    string
	ended    bool
	failed   bool
}

// environment gives each scenario a world and remembers them all.
type environment struct {
	lock   sync.Mutex
	worlds []*world

	begin    func(context.Context, runner.Scenario) error
	evidence func(context.Context) []driver.Evidence
	end      func(context.Context) error
}

func (st *environment) Begin(ctx context.Context, s runner.Scenario, d driver.Driver) (context.Context, error) {
	if st.begin != nil {
		if err := st.begin(ctx, s); err != nil {
			return ctx, err
		}
	}
	w := &world{scenario: s, driver: d.Name()}
	st.lock.Lock()
	defer st.lock.Unlock()
	st.worlds = append(st.worlds, w)
	return context.WithValue(ctx, worldKey{}, w), nil
}

func (st *environment) Evidence(ctx context.Context) []driver.Evidence {
	if st.evidence == nil {
		return nil
	}
	return st.evidence(ctx)
}

func (st *environment) End(ctx context.Context, failed bool) error {
	w := ctx.Value(worldKey{}).(*world)
	w.ended, w.failed = true, failed
	if st.end != nil {
		return st.end(ctx)
	}
	return ctx.Err()
}

// define makes the steps of the features in testdata.
func define(to runner.Definitions) {
	to.Given(`^「([^」]*)」さんがいる$`, func(ctx context.Context, name string) {
		ctx.Value(worldKey{}).(*world).person = name
	})
	to.Given(`^「([^」]*)」さんがパスコードを受け取っている$`, func(ctx context.Context, name string) error {
		if w := ctx.Value(worldKey{}).(*world); w.person != name {
			return fmt.Errorf("it is %q who is there", w.person)
		}
		return nil
	})
	to.When(`^「([^」]*)」さんが「([^」]*)」後に入力する$`, func(ctx context.Context, _, after string) {
		ctx.Value(worldKey{}).(*world).after = after
	})
	to.Then(`^結果は「([^」]*)」になる$`, func(ctx context.Context, want string) error {
		got := "完了"
		if w := ctx.Value(worldKey{}).(*world); len(w.after) >= len("10分") && w.after != "9分59秒" {
			got = "期限切れ"
		}
		if got != want {
			return fmt.Errorf("結果は「%s」だった", got)
		}
		return nil
	})
	to.When(`^次の値を入力する$`, func(table *godog.Table) error {
		if got := table.Rows[1].Cells[1].Value; got != "a" {
			return fmt.Errorf("table has %q", got)
		}
		return nil
	})
	to.Then(`^次の文章が表示される$`, func(text *godog.DocString) error {
		if want := "シナリオ: これは文章\n\n終わり"; text.Content != want {
			return fmt.Errorf("text is %q", text.Content)
		}
		return nil
	})
}

var register = []fixtures.Rule{
	{ID: "p4-1", Says: "カードを用意する"},
	{ID: "p4-2", Says: "受信許可を求める"},
	{ID: "p12-1", Says: "カード番号を入力する"},
	{ID: "p34-7", Says: "有効期限は10分"},
	{ID: "p34-8", Says: "再発行できる"},
	{ID: "a-08", Says: "ちょうど10分は失効", Assumed: true},
}

func noon() time.Time { return time.Date(2025, 4, 1, 12, 0, 0, 0, time.UTC) }

// whole is the suite of testdata with all that it needs.
func whole() runner.Config {
	return runner.Config{
		Features:    os.DirFS("testdata/features"),
		Root:        "features",
		Rules:       register,
		Drivers:     []driver.Driver{named("api"), named("pc"), named("sp")},
		Steps:       define,
		Environment: &environment{},
		Seed:        42,
		Now:         noon,
	}
}

// small is a suite of one file with one driver and the given steps, which may
// go unused.
func small(feature string, steps func(runner.Definitions)) runner.Config {
	return runner.Config{
		Features:      fstest.MapFS{"a.feature": {Data: []byte(feature)}},
		Rules:         register,
		Drivers:       []driver.Driver{named("api")},
		Steps:         steps,
		Environment:   &environment{},
		Seed:          1,
		Now:           noon,
		UnusedAllowed: true,
	}
}

// one is a feature of one scenario with the given steps.
func one(steps ...string) string {
	return "# language: ja\n機能: 例\n\n  @p34-7\n  シナリオ: 一つ\n    " + strings.Join(steps, "\n    ") + "\n"
}

func run(t *testing.T, cfg runner.Config) runner.Result {
	t.Helper()
	result, err := runner.Run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestWholeSuiteIsTriedWithEveryDriverItIsFor(t *testing.T) {
	st := &environment{}
	cfg := whole()
	cfg.Environment = st
	result := run(t, cfg)
	if !result.OK() || result.Count(runner.Passed) != len(result.Outcomes) {
		t.Fatalf("not all passed: %+v", result.Outcomes)
	}
	var got []string
	for _, o := range result.Outcomes {
		got = append(got, o.Driver+" "+o.ID()+" "+o.Name)
	}
	want := []string{
		"api features/app/card.feature:5 カード番号を入力する",
		"api features/web/passcode.feature:21 発行から9分59秒後のパスコードは完了",
		"api features/web/passcode.feature:29 表と文章を渡す",
		"pc features/app/card.feature:5 カード番号を入力する",
		"pc features/web/passcode.feature:21 発行から9分59秒後のパスコードは完了",
		"pc features/web/passcode.feature:26 発行から10分後のパスコードは期限切れ",
		"pc features/web/passcode.feature:27 発行から11分後のパスコードは期限切れ",
		"pc features/web/passcode.feature:29 表と文章を渡す",
		"pc features/web/passcode.feature:44 パソコンで再発行する",
		"sp features/app/card.feature:5 カード番号を入力する",
		"sp features/web/passcode.feature:21 発行から9分59秒後のパスコードは完了",
		"sp features/web/passcode.feature:26 発行から10分後のパスコードは期限切れ",
		"sp features/web/passcode.feature:27 発行から11分後のパスコードは期限切れ",
		"sp features/web/passcode.feature:29 表と文章を渡す",
		"sp features/web/passcode.feature:49 スマートフォンで再発行する",
	}
	diff(t, want, got)
	if len(st.worlds) != len(want) {
		t.Errorf("%d worlds for %d outcomes", len(st.worlds), len(want))
	}
	for _, w := range st.worlds {
		if !w.ended || w.failed {
			t.Errorf("%s: ended %t, failed %t", w.scenario.ID(), w.ended, w.failed)
		}
	}
}

func TestScenarioTellsWhereItStandsAndWhatItProves(t *testing.T) {
	result := run(t, whole())
	i := slices.IndexFunc(result.Outcomes, func(o runner.Outcome) bool { return o.Line == 26 })
	o := result.Outcomes[i]
	diff(t, []string{"p34-7", "a-08"}, o.Rules)
	diff(t, []string{"@p34-7", "@a-08", "@画面"}, o.Tags)
	diff(t, "パスコードは10分未満のあいだだけ使える", o.Rule)
	diff(t, "ワンタイムパスコード", o.Feature)
	var steps []string
	for _, s := range o.Results {
		steps = append(steps, fmt.Sprintf("%d %s %s", s.Line, s.Step, s.Verdict))
	}
	diff(t, []string{
		"6 前提 「花子」さんがいる passed",
		"13 前提 「花子」さんがパスコードを受け取っている passed",
		"16 もし 「花子」さんが「10分」後に入力する passed",
		"17 ならば 結果は「期限切れ」になる passed",
	}, steps)
}
