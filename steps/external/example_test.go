package external_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing/fstest"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/target"
)

// ours is the feature of a team; os.DirFS("features") reads a folder of them.
var ours = fstest.MapFS{"greeting.feature": {Data: []byte(`# language: ja
機能: ごあいさつ

  @p23-1
  シナリオ: ホームページが名乗る
    もし 花子さんがホームページを開く
    ならば 画面は「ホームページ」と名乗る

  @p23-1
  シナリオ: 美咲さんのこと
    もし 美咲さんがホームページを開く
    ならば 画面は「ホームページ」と名乗る
`)}}

// theFile is a target.yaml; os.ReadFile reads one.
const theFile = `
web: https://qa.example.jp/
providers: {adapter: "${QA_ADAPTER}"}
members:
  - called: 花子さん
`

// A team tries its own implementation with a step of its own besides ours, from a
// Go test or program. idle stands for a driver: a real one is made by
// browser.New(browser.Config{Name: "pc", Browser: found, Foreign: external.Foreign(read)})
// of what provision.Find has found.
func ExampleNew() {
	adapter := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"messages": []}`) }))
	defer adapter.Close()
	variables := func(string) (string, bool) { return adapter.URL, true } // os.LookupEnv
	read, err := target.Read("target.yaml", []byte(theFile), variables)
	if err != nil {
		fmt.Println(err)
		return
	}
	environment, err := external.New(read, now) // time.Now
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := runner.Run(context.Background(), runner.Config{
		Features: ours, Root: "features", Rules: []fixtures.Rule{{ID: "p23-1"}},
		Drivers: []driver.Driver{idle{}}, Workers: map[string]int{"pc": environment.Workers()},
		Environment: environment, Expected: environment.Expected, Now: now, UnusedAllowed: true,
		Steps: func(to runner.Definitions) {
			steps.Define(to)
			to.Then(`^画面は「([^」]*)」と名乗る$`, func(ctx context.Context, name string) error {
				screen, err := actor.Shown(ctx)
				if err == nil && screen.Title != name {
					err = fmt.Errorf("画面は「%s」です", screen.Title)
				}
				return err
			})
		},
	})
	if err == nil {
		err = environment.Close(context.Background(), result)
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range result.Outcomes {
		fmt.Printf("%s %s %q\n", o.Verdict, o.ID(), o.Err)
	}
	// Output:
	// passed features/greeting.feature:5 ""
	// skipped features/greeting.feature:10 "対象外: members に美咲さん（mail）がいません。たずねるには members: [{called: 美咲さん, card: …, expiry: …, code: …}]"
}
