package runner_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// keeper is an environment that keeps beginnings, of which some cannot be kept.
type keeper struct {
	environment
	lock  sync.Mutex
	kept  map[string]string // the person there, by what was the same
	never bool
}

func (k *keeper) Keep(ctx context.Context, _ runner.Scenario, same string) {
	k.lock.Lock()
	defer k.lock.Unlock()
	if !k.never {
		k.kept[same] = ctx.Value(worldKey{}).(*world).person
	}
}

func (k *keeper) Resume(ctx context.Context, s runner.Scenario, d driver.Driver, same []string) (context.Context, int, error) {
	begun, err := k.Begin(ctx, s, d)
	k.lock.Lock()
	defer k.lock.Unlock()
	at := slices.IndexFunc(same, func(name string) bool { return k.kept[name] != "" })
	if at >= 0 {
		begun.Value(worldKey{}).(*world).person = k.kept[same[at]]
	}
	return begun, at, err
}

const alike = `# language: ja
機能: 同じ始まり
  @p34-7
  ルール: 有効期限は10分
    シナリオアウトライン: <後>
      前提 「花子」さんがいる
      かつ 「花子」さんがパスコードを受け取っている
      もし 「花子」さんが「<後>」後に入力する
      ならば 結果は「<結果>」になる

      例:
        | 後      | 結果     |
        | 9分59秒 | 完了     |
        | 10分    | 期限切れ |
        | 11分    | 期限切れ |

    @履歴
    シナリオ: 履歴で戻る人は、初めから手順を行う
      前提 「花子」さんがいる
      かつ 「花子」さんがパスコードを受け取っている
      もし 「花子」さんが「10分」後に入力する
      ならば 結果は「期限切れ」になる

    シナリオ: ひとりだけの始まり
      前提 「太郎」さんがいる
      もし 「太郎」さんが「10分」後に入力する
      ならば 結果は「期限切れ」になる
`

// TestAScenarioBeginsWhereAnotherHasBeen: the first walks, the others go on behind
// the last step that all of them have in common; whoever is alone walks.
func TestAScenarioBeginsWhereAnotherHasBeen(t *testing.T) {
	t.Parallel()
	taken := func(never bool) (steps []int) {
		cfg := whole()
		k := &keeper{kept: map[string]string{}, never: never}
		cfg.Features, cfg.Environment, cfg.Drivers = fstest.MapFS{"alike.feature": {Data: []byte(alike)}}, k, []driver.Driver{named("pc")}
		cfg.Workers, cfg.Counted, cfg.UnusedAllowed = map[string]int{"pc": 1}, []string{}, true
		var log strings.Builder
		cfg.Log = &log
		result, err := runner.Run(t.Context(), cfg)
		if err != nil || !result.OK() || len(result.Outcomes) != 5 {
			t.Fatalf("%v\n%s", err, log.String())
		}
		for _, o := range result.Outcomes {
			n := 0
			for _, r := range o.Results {
				if r.Taken {
					n++
				}
			}
			steps = append(steps, n)
		}
		if told := strings.Contains(log.String(), "– pc 2件は、同じ手順を済ませたシナリオの続きから始めました（4ステップ）"); told == never {
			t.Errorf("the journal says\n%s", log.String())
		}
		slices.Sort(steps)
		return steps
	}
	if got := taken(false); !slices.Equal(got, []int{0, 0, 0, 2, 2}) {
		t.Errorf("steps taken before: %v", got)
	}
	if got := taken(true); !slices.Equal(got, []int{0, 0, 0, 0, 0}) {
		t.Errorf("steps taken before although nothing is kept: %v", got)
	}
}
