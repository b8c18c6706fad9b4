package actor_test

import (
	"testing"

	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
)

// TestAStatementIsFoundHoweverItIsSetOut: of another implementation the lines are asked
// that its file tells of.
func TestAStatementIsFoundHoweverItIsSetOut(t *testing.T) {
	const told = "ご利用明細 10/28 見本書店 2,970円 10/21 テスト電鉄3号 1,200円 合計 4,170円"
	for name, c := range map[string]struct {
		text string
		red  bool
	}{
		"dates first":            {told, false},
		"with years":             {"2026年10月28日 見本書店 1回 2,970 2026年10月21日 テスト電鉄3号 1回 1,200", false},
		"dates last":             {"見本書店 ￥2,970 2026/10/28 テスト電鉄3号 ￥1,200 2026/10/21", false},
		"another order":          {"10/21 テスト電鉄3号 1200円 10/28 見本書店 2970円", false},
		"a line is missing":      {"ご利用明細 10/28 見本書店 2,970円 合計 4,170円", true},
		"dates are swapped":      {"10/21 見本書店 2,970円 10/28 テスト電鉄3号 1,200円", true},
		"amounts are swapped":    {"10/28 見本書店 1,200円 10/21 テスト電鉄3号 2,970円", true},
		"another year":           {"2025/10/28 見本書店 2,970円 2025/10/21 テスト電鉄3号 1,200円", true},
		"an amount begins alike": {"10/28 見本書店 2,9700円 10/21 テスト電鉄3号 1,200円", true},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := looking(t, driver.Screen{Title: "明細", Text: c.text})
			err := actor.ListsPurchases(ctx, [][]string{{"2026/10/28", "サンドボックス書店", "2,970"}})
			if (err != nil) != c.red {
				t.Errorf("the statement is judged: %v", err)
			}
		})
	}
}
