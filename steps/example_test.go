package steps_test

import (
	"context"
	"fmt"
	"slices"
	"testing/fstest"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// ours is the feature of a team; os.DirFS("features") reads a folder of them.
var ours = fstest.MapFS{"home.feature": {Data: []byte(`# language: ja
機能: ホームページの案内

  @p23-1
  シナリオ: 新規登録への入口がある
    もし 花子さんがホームページを開く
    ならば 「ホーム」の画面になる
    かつ 「新規登録」を選べる
`)}}

// A browser stands for a driver, such as api.New() or browser.New(…): a real one
// asks the service, and can do all that a Session does.
type browser struct{}

func (browser) Name() string { return "api" }
func (browser) Close() error { return nil }
func (browser) Open(context.Context, driver.World) (driver.Session, error) {
	return window{}, nil
}

type window struct{ driver.Session }

func (window) Close() error { return nil }
func (window) Home(context.Context) (driver.Screen, error) {
	return driver.Screen{Title: "ホーム", Actions: []string{"ログイン", "新規登録"}}, nil
}

// An environment makes every scenario a world. This one needs no clock and nothing that
// is sent; where steps do, Around is what tells of them.
type environment struct{}

func (environment) Begin(ctx context.Context, s runner.Scenario, d driver.Driver) (context.Context, error) {
	return actor.Enter(ctx, &actor.Scene{
		Driver: d,
		World:  driver.World{Name: fmt.Sprintf("ours-%d", s.Line), Base: "http://127.0.0.1:8080"},
		Cast:   map[string]actor.Person{"花子さん": {Called: "花子さん"}},
	}), nil
}

func (environment) Evidence(ctx context.Context) []driver.Evidence {
	scene, err := actor.In(ctx)
	if err != nil {
		return nil
	}
	return scene.Evidence(ctx)
}

func (environment) End(ctx context.Context, _ bool) error {
	scene, err := actor.In(ctx)
	if err != nil {
		return err
	}
	return scene.Leave()
}

// A team tries scenarios of its own with the steps that are there and one more,
// which looks at the screen of the person spoken of last.
func ExampleDefine() {
	result, err := runner.Run(context.Background(), runner.Config{
		Features:    ours,
		Root:        "features",
		Rules:       []fixtures.Rule{{ID: "p23-1", Says: "ホームページから新規登録へ進む"}},
		Drivers:     []driver.Driver{browser{}},
		Environment: environment{},
		Now:         func() time.Time { return time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC) }, // time.Now
		Steps: func(to runner.Definitions) {
			steps.Define(to)
			to.Then(`^「([^」]*)」を選べる$`, func(ctx context.Context, name string) error {
				screen, err := actor.Shown(ctx)
				if err == nil && !slices.Contains(screen.Actions, name) {
					err = fmt.Errorf("選べるのは %q です", screen.Actions)
				}
				return err
			})
		},
		UnusedAllowed: true, // most of our steps are not in these features
		Reports:       runner.Reports{Dir: ""},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range result.Outcomes {
		fmt.Println(o.Verdict, o.ID(), o.Name)
	}
	// Output:
	// passed features/home.feature:5 新規登録への入口がある
}
