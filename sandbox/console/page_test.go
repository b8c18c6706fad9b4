package console_test

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// tag finds the marks of HTML, so that a page can be read as text.
var tag = regexp.MustCompile(`(?s)<[^>]*>`)

// page reads a page of the console; its text has no marks and single spaces.
func (s sandbox) page(path string) (html, text string) {
	s.Helper()
	got := s.send(s.request("GET", path, ""))
	if got.status != 200 {
		s.Fatalf("%s: status %d: %s", path, got.status, got.text)
	}
	return got.text, strings.Join(strings.Fields(tag.ReplaceAllString(got.text, " ")), " ")
}

func wants(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("the page does not say %q: %s", part, text)
		}
	}
}

func TestEveryPageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	inline := regexp.MustCompile(`<style|style="|<script>| on[a-z]+="|javascript:`)
	for _, path := range []string{"/worlds/default", "/worlds/w?tab=registrations", "/worlds/w?tab=timeline", "/worlds/w?tab=policy", "/worlds/w?tab=texts",
		"/worlds", "/worlds/BAD", "/worlds?name=BAD", "/nowhere"} {
		html := s.send(s.request("GET", path, "")).text
		wants(t, html, "サンドボックス（テスト環境）", "テスト専用", `<meta name="robots" content="noindex, nofollow">`, `<html lang="ja">`)
		if found := inline.FindString(html); found != "" {
			t.Errorf("%s has %q", path, found)
		}
	}
}

func TestFrontPageLeadsToTheDefaultWorldAndANameToItsWorld(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	if got := s.send(s.request("GET", "/", "")); got.url != "/worlds/default" || got.status != 200 {
		t.Errorf("%d %s", got.status, got.url)
	}
	if got := s.send(s.request("GET", "/worlds?name=my-world", "")); got.url != "/worlds/my-world" || got.status != 200 {
		t.Errorf("%d %s", got.status, got.url)
	}
	for _, path := range []string{"/worlds?name=My+World", "/worlds/My%20World", "/worlds/%E3%81%82"} {
		if got := s.send(s.request("GET", path, "")); got.status != 400 || !strings.Contains(got.text, "半角の小文字") {
			t.Errorf("%s: status %d", path, got.status)
		}
	}
}

func TestPageOfAWorldNobodyHasUsed(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	html, text := s.page("/worlds/new")
	wants(t, text, "SMSはまだ届いていません", "メールはまだ届いていません", "2026年11月1日(日) 10:00:00", "進行中", "花子さん", "4242 4200 0001 0017", "会員の画面をひらく")
	wants(t, html, `href="http://new.localhost:8080/"`, `data-serial="0"`)
	if s.worlds() != 0 {
		t.Error("looking made the world")
	}
}

func TestPhoneShowsPasscodesAndHowTheyStand(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	id, first := s.proceed("w", hanako)
	html, text := s.page("/worlds/w")
	wants(t, text, "山田 花子（花子さん） 090-0000-1001", first, "有効 残り10分00秒", "UCS-2")
	wants(t, html, "<mark>"+first+"</mark>", `data-copy="`+first+`"`, `data-next="2026-11-01T10:10:00`)
	s.machine.pass(61*time.Second + 500*time.Millisecond)
	second := s.step(s.service.Web().Reissue(context.Background(), "w", id)).Registration.Passcode.Code
	s.machine.pass(8 * time.Minute) // the message says 10:11, the rules 10:11:01.5
	_, text = s.page("/worlds/w")
	wants(t, text, "再発行で無効", second, "有効 残り2分00秒")
	s.machine.pass(119*time.Second + 999*time.Millisecond)
	_, text = s.page("/worlds/w")
	wants(t, text, "有効 残り0秒")
	s.machine.pass(time.Millisecond)
	_, text = s.page("/worlds/w")
	wants(t, text, "期限切れ")
	if _, text = s.page("/worlds/w?tel=080-0000-1002"); strings.Contains(text, second) {
		t.Error("another's phone shows the message")
	}
	wants(t, text, "鈴木 太郎（太郎さん） 080-0000-1002", "SMSはまだ届いていません")
}

func TestUsedPasscodeIsShownAsUsedAndMailIsRead(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.complete("w", hanako)
	s.complete("w", misaki)
	_, text := s.page("/worlds/w?box=hanako%40example.jp")
	wants(t, text, "使用済み", "NetアンサーIDは hanako2026 です")
	if strings.Contains(text, "NetアンサーIDは misaki2026 です") {
		t.Error("another's mail is read")
	}
	_, text = s.page("/worlds/w?read=mail-2")
	wants(t, text, "ワンタイムパスコードのお知らせ", "使用済み", "宛先 misaki@example.jp")
	_, text = s.page("/worlds/w?read=mail-99")
	wants(t, text, "NetアンサーIDは misaki2026 です")
}

func TestTabsShowRegistrationsTimelinePolicyAndTexts(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.complete("w", hanako)
	if _, err := s.service.Control().Arrange(t.Context(), "w", world.Setup{Policy: []byte(`{"passcode_lifetime":"5m"}`),
		Texts: map[string]string{"home.lead": "<b>&"}}); err != nil {
		t.Fatal(err)
	}
	_, text := s.page("/worlds/w?tab=registrations")
	wants(t, text, "完了", "4242-42**-****-017", "hanako2026", "*****1001", "本人認証サービス")
	html, text := s.page("/worlds/w?tab=timeline")
	wants(t, text, "新規登録を開始しました", "方針を変えました")
	wants(t, html, `id="event-1"`)
	html, text = s.page("/worlds/w?tab=policy")
	wants(t, text, "既定は 10分", "使える記号")
	wants(t, html, `name="passcode_lifetime" type="text" required value="5分"`)
	html, _ = s.page("/worlds/w?tab=texts&q=HOME.lead")
	wants(t, html, "&lt;b&gt;&amp;", "変更中", "元の文", "1件（全")
	if html, _ = s.page("/worlds/w?tab=texts&q=p25-2"); !strings.Contains(html, "entrance.register") {
		t.Error("a text is not found by its rule")
	}
	_, text = s.page("/worlds/w?tab=nonsense")
	wants(t, text, "テストカード")
}

func TestRefreshLeavesTheListOfWorldsOut(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	r := s.request("GET", "/worlds/w", "")
	r.Header.Set("Netanswer-Refresh", "1")
	got := s.send(r)
	if !strings.Contains(got.text, `id="worlds" data-keep`) || strings.Contains(got.text, "会員の画面をひらく") {
		t.Errorf("status %d: %s", got.status, got.text)
	}
}

func TestTheListOfWorldsIsAskedForByItself(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.complete("other", hanako)
	got := s.send(s.request("GET", "/worlds/w/list", ""))
	wants(t, got.text, `<div id="world-list">`, `<a href="/worlds/other">other</a> <span class="quiet nowrap">登録1件</span>`, `<a href="/worlds/w" aria-current="page">`)
	if strings.Contains(got.text, "<main") || s.worlds() != 1 {
		t.Errorf("it is a whole page, or began a world: %s", got.text)
	}
	if got := s.send(s.request("GET", "/worlds/W/list", "")); got.status != 400 {
		t.Errorf("status %d", got.status)
	}
}

func TestEveryValueOfThePolicyCanBeEdited(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var values map[string]any
	data, err := json.Marshal(s.snapshot("w").Policy)
	if err == nil {
		err = json.Unmarshal(data, &values)
	}
	if err != nil || len(values) == 0 {
		t.Fatal(err, values)
	}
	html, _ := s.page("/worlds/w?tab=policy")
	for name := range values {
		if strings.Count(html, `name="`+name+`"`) != 1 {
			t.Errorf("%s stands not once on the page", name)
		}
	}
}

func TestEveryStateHasAName(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	states := map[registration.State]bool{}
	for _, transition := range registration.Transitions() {
		states[transition.From], states[transition.To] = true, true
	}
	id := s.step(s.service.Web().Start(t.Context(), "w")).Registration.ID
	_, text := s.page("/worlds/w?tab=registrations")
	wants(t, text, "入力", "まだ分からない")
	for state := range states {
		if strings.Contains(strings.ReplaceAll(text, id, ""), string(state)) {
			t.Errorf("the page says %q", state)
		}
	}
}

// brokenStore cannot be read.
type brokenStore struct{ world.Store }

func (brokenStore) View(context.Context, string) (world.State, error) {
	return world.State{}, errors.New("disk on fire")
}

func TestAFailureHasAnIncidentNumberAndTellsNoMore(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, func(c *world.Config) { c.Store = brokenStore{} })
	got := s.send(s.request("GET", "/worlds/w", ""))
	if got.status != 500 || !strings.Contains(got.text, "番号: ") || strings.Contains(got.text, "fire") {
		t.Errorf("status %d: %s", got.status, got.text)
	}
}
