package target_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/steps/target"
)

func TestWhatWasFoundIsKept(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"in one line",
			"web: x # 日本語\nexpected_failures:\n  - {at: \"features/web/a.feature:1\", reason: 直しています, until: 2026-12-31} # まだ\n",
			"web: x # 日本語\nexpected_failures:\n  - {at: \"features/web/a.feature:1\", reason: 直しています, until: 2026-12-31, found: \"「確認」へ進みました\"} # まだ\n"},
		{"in several lines",
			"expected_failures:\n  - at: features/web/a.feature:1\n    reason: 直しています\n    until: 2026-12-31 # まだ\nweb: x\n",
			"expected_failures:\n  - at: features/web/a.feature:1\n    reason: 直しています\n    until: 2026-12-31\n    found: \"「確認」へ進みました\" # まだ\nweb: x\n"},
		{"in the place of what was found before",
			"expected_failures:\n  - {at: \"features/web/a.feature:1\", found: \"前の\", reason: 直しています, until: 2026-12-31}\n",
			"expected_failures:\n  - {at: \"features/web/a.feature:1\", found: \"「確認」へ進みました\", reason: 直しています, until: 2026-12-31}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, n, err := target.Accept([]byte(c.text), map[int]string{0: "「確認」へ進みました"})
			if err != nil || n != 1 {
				t.Fatalf("%d changed: %v", n, err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			again, n, err := target.Accept(got, map[int]string{0: "「確認」へ進みました"})
			if err != nil || n != 0 || string(again) != string(got) {
				t.Errorf("once more: %d changed: %v\n%s", n, err, again)
			}
		})
	}
}
