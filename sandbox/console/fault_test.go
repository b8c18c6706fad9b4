package console_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/world"
)

func TestFaultsArePlannedSeenAndEndedByClick(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	const at = "/worlds/w/faults?tab=faults"
	faults := func(provider string) []fault.Fault {
		planned, err := s.snapshot("w").Faults(provider)
		if err != nil {
			t.Fatal(err)
		}
		return planned
	}
	for preset, wants := range map[string]struct {
		provider string
		want     fault.Fault
	}{
		"sms-lost": {"sms", fault.Fault{Kind: fault.Lose, Times: world.EverTimes}}, "sms-late": {"sms", fault.Fault{Kind: fault.Delay,
			By: 11 * time.Minute, Times: 1}},
		"issuer-down": {"issuer", fault.Fault{Kind: fault.Refuse, Times: world.EverTimes}}, "mail-refused": {"mail",
			fault.Fault{Kind: fault.Refuse, Times: world.EverTimes}},
	} {
		got := s.submit(at, "preset", preset)
		if diff := cmp.Diff([]fault.Fault{wants.want}, faults(wants.provider)); got.status != 200 || diff != "" {
			t.Errorf("%s: %d (-want +got):\n%s", preset, got.status, diff)
		}
	}
	for _, tab := range []string{"cards", "registrations", "calls", "timeline", "faults", "policy", "texts"} {
		if page := s.send(s.request("GET", "/worlds/w?tab="+tab, "")); !strings.Contains(page.text, "計画した障害が残っています") ||
			!strings.Contains(page.text, "発行元 拒否する") {
			t.Errorf("the tab %s does not tell what is planned", tab)
		}
	}
	s.submit(at, "where", "mail", "kind", "delay", "by", "1分30秒", "to", "hanako@example.jp", "times", "2")
	s.submit(at, "where", "member", "kind", "503", "route", "/login", "times", "ever")
	s.submit(at, "where", "member", "kind", "delay", "by", "2秒", "times", "1")
	page := s.send(s.request("GET", "/worlds/w?tab=faults", "")).text
	for _, line := range []string{"メール 遅れる（1分30秒） hanako@example.jp", "あと2回", "画面 ログイン 503を返す", "終わらせるまで", "画面とAPI 応答が遅れる（2秒）"} {
		if !strings.Contains(page, line) {
			t.Errorf("%s is not told", line)
		}
	}
	s.submit(at, "end", "mail 0")
	if diff := cmp.Diff([]fault.Fault{{Kind: fault.Delay, By: 90 * time.Second, To: "hanako@example.jp", Times: 2}}, faults("mail")); diff != "" {
		t.Errorf("one ended (-want +got):\n%s", diff)
	}
	s.submit(at, "end", "member 0")
	if planned := s.snapshot("w").MemberFaults; len(planned) != 1 || planned[0].Kind != world.MemberFaultDelay {
		t.Errorf("one of the planned ended: %v", planned)
	}
	if page := s.submit(at, "end", "all").text; strings.Contains(page, "計画した障害が残っています") || !strings.Contains(page, "すべて正常に動きます") {
		t.Error("all were ended, and some are told")
	}
	for _, wrong := range [][]string{{"preset", "x"}, {"where", "x", "times", "1"}, {"where", "sms", "kind", "busy", "times", "1"}, {"where", "sms", "kind", "lose", "times", "0"},
		{"where", "sms", "kind", "delay", "by", "あとで", "times", "1"}, {"where", "member", "kind", "418", "times", "1"}, {"where", "member", "kind", "delay", "by", "2分", "times", "1"}, {"end", "sms x"}} {
		if got := s.submit(at, wrong...); got.status != 422 || !strings.Contains(got.text, `role="alert"`) {
			t.Errorf("%v: %d", wrong, got.status)
		}
	}
}

func TestAWorldIsBrokenAndMendedByClick(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, func(c *world.Config) {
		c.Defects = []world.Defect{{Name: "one", Says: "ひとつめ"}, {Name: "two", Says: "ふたつめ"}}
	})
	const at = "/worlds/w/defects?tab=faults"
	s.submit(at, "break", "one")
	page := s.submit(at, "break", "two").text
	if diff := cmp.Diff([]string{"one", "two"}, s.snapshot("w").Defects); diff != "" || !strings.Contains(page, "わざと壊してあります: one、two") {
		t.Errorf("broken (-want +got):\n%s", diff)
	}
	s.submit(at, "mend", "one")
	if diff := cmp.Diff([]string{"two"}, s.snapshot("w").Defects); diff != "" {
		t.Errorf("mended (-want +got):\n%s", diff)
	}
	if got := s.submit(at, "break", "three"); got.status != 422 {
		t.Errorf("a defect that there is not: %d", got.status)
	}
}
