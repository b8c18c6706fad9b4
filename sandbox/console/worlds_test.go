package console_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/world"
)

func TestAllWorldsAreListedPageByPage(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	_, text := s.page("/worlds")
	wants(t, text, "ワールドはまだありません。")
	for i := range 120 {
		if _, err := s.service.Control().Arrange(s.Context(), fmt.Sprintf("team-%03d", i), world.Setup{}); err != nil {
			t.Fatal(err)
		}
	}
	s.complete("mine", hanako)
	if err := s.service.Control().PlanFaults(s.Context(), "mine", world.ProviderSMS, []fault.Fault{{Kind: fault.Lose, Times: 1}}); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for page, said := range map[string]string{"": "121件のうち1〜50件目", "?page=2": "121件のうち51〜100件目", "?page=3": "121件のうち101〜121件目",
		"?page=99": "121件のうち101〜121件目", "?page=x": "121件のうち1〜50件目"} {
		html, text := s.page("/worlds" + page)
		wants(t, text, said)
		if len(page) == 0 || page == "?page=2" || page == "?page=3" {
			for i := range 120 {
				if name := fmt.Sprintf("team-%03d", i); strings.Contains(html, `href="/worlds/`+name+`"`) {
					seen[name]++
				}
			}
		}
	}
	if len(seen) != 120 {
		t.Errorf("%d of 120 worlds are on the three pages", len(seen))
	}
	for name, n := range seen {
		if n != 1 {
			t.Errorf("%s is on %d pages", name, n)
		}
	}
	_, text = s.page("/worlds?q=ＭＩＮＥ")
	wants(t, text, "「ＭＩＮＥ」を含むワールド 1件", "mine 1件 1件 1件", "障害1件", "すべて（121件）を見る")
	_, text = s.page("/worlds?q=none-of-them")
	wants(t, text, "「none-of-them」を含む名前のワールドはありません。")
	if s.worlds() != 121 {
		t.Errorf("looking made worlds: %d", s.worlds())
	}
	_, text = s.page("/worlds/mine")
	wants(t, text, "ほかに109件あります。", "すべてのワールドを見る")
}
