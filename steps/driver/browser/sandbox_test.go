package browser_test

import (
	"bytes"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

func TestAMemberRegistersAtTheSandbox(t *testing.T) {
	t.Parallel()
	for _, name := range []string{browser.Desktop, browser.Phone} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sb := newSandbox(t)
			w := driver.World{Name: "whole", Base: sb.url}
			s := at(t, newDriver(t, browser.Config{Name: name}), w)
			look := see(t)
			fits := func() {
				t.Helper()
				if ok, err := s.(driver.Eyes).Fits(t.Context()); err != nil || !ok {
					t.Errorf("the screen fits: %t, %v", ok, err)
				}
			}
			if got := look(s.Search(t.Context(), "セゾンカード")); !slices.Contains(got.Actions, "セゾンカード ホームページ") {
				t.Errorf("the search finds %q", got.Actions)
			}
			if got := look(s.(driver.Eyes).Press(t.Context(), "セゾンカード ホームページ")); got.Title != "ホームページ" {
				t.Errorf("the search leads to 「%s」", got.Title)
			}
			fits()
			look(s.Entrance(t.Context()))
			fits()
			look(s.Start(t.Context()))
			fits()

			nothing := look(s.Submit(t.Context(), driver.Form{}))
			must, either := []string{"ご入力ください。"}, []string{"どちらか一方は必ずご入力ください。"}
			if diff := cmp.Diff(map[string][]string{"クレジットカード番号": must, "有効期限": must, "セキュリティコード": must, "NetアンサーID": must,
				"Netアンサーパスワード": must, "確認用パスワード": must, "パソコン": either}, nothing.Errors); diff != "" {
				t.Errorf("errors of an empty form (-want +got):\n%s", diff)
			}
			fits()
			declined := hanako()
			declined.TermsDeclined = true
			if got := look(s.Submit(t.Context(), declined)); got.Title != "入力" ||
				!slices.Contains(got.Messages, "お手続きにはNetアンサー規約への同意が必要です。") {
				t.Errorf("without agreement the screen is 「%s」 %q", got.Title, got.Messages)
			}

			confirm := look(s.Submit(t.Context(), hanako()))
			if diff := cmp.Diff(map[string]string{"クレジットカード番号": "4242-42**-****-017", "有効期限": "11/35", "セキュリティコード": "123",
				"NetアンサーID": "hanako2026", "Netアンサーパスワード": "*****", "パソコン": "hanako@example.jp", "メールアドレス": "パソコン hanako@example.jp ※重要なお知らせをお送りいたしますので、お間違いないようお願いいたします。", "メールマガジン": "受け取る"}, confirm.Values); diff != "" {
				t.Errorf("the confirmation shows (-want +got):\n%s", diff)
			}
			fits()
			form := look(s.Revise(t.Context()))
			if diff := cmp.Diff(map[string]string{"クレジットカード番号": "4242-4200-0001-0017", "有効期限": "11/35", "NetアンサーID": "hanako2026", "パソコン": "hanako@example.jp"}, form.Values); diff != "" {
				t.Errorf("the form still holds (-want +got):\n%s", diff)
			}
			look(s.Submit(t.Context(), hanako()))
			if got := look(s.Proceed(t.Context())); got.Progress != "確認" || got.Heading != "ワンタイムパスコード認証" {
				t.Errorf("progress is 「%s」, heading 「%s」", got.Progress, got.Heading)
			}
			if got := look(s.Again(t.Context())); got.Title != "ワンタイムパスコード認証" {
				t.Errorf("after a second press the screen is 「%s」", got.Title)
			}
			fits()
			if got := look(s.Reissue(t.Context())); !strings.Contains(strings.Join(got.Messages, ""), "秒後にもう一度お試しください。") {
				t.Errorf("a reissue at once says %q", got.Messages)
			}
			if got := look(s.Look(t.Context())); got.Title != "ワンタイムパスコード認証" || len(got.Messages) > 0 {
				t.Errorf("looked at again, the screen is 「%s」 %q", got.Title, got.Messages)
			}
			ahead := look(s.OpenStep(t.Context(), "完了"))
			if ahead.Title != "ワンタイムパスコード認証" || !slices.Contains(ahead.Messages, "この手順にはまだ進めません。表示された画面からお手続きください。") {
				t.Errorf("going ahead leads to 「%s」 %q", ahead.Title, ahead.Messages)
			}
			wrong := look(s.EnterPasscode(t.Context(), "12"))
			if diff := cmp.Diff(map[string][]string{"ワンタイムパスコード": {"ワンタイムパスコードは6桁の半角数字でご入力ください。"}}, wrong.Errors); diff != "" {
				t.Errorf("errors at the passcode (-want +got):\n%s", diff)
			}
			if got := look(s.EnterPasscode(t.Context(), sb.passcode(t, w.Name, hanakosPhone))); got.Title != "完了" || got.Progress != "完了" {
				t.Errorf("the screen is 「%s」, progress 「%s」", got.Title, got.Progress)
			}
			fits()
			if got := look(s.Again(t.Context())); got.Title != "完了" {
				t.Errorf("after a second press the screen is 「%s」", got.Title)
			}
			if got := look(s.Login(t.Context(), "hanako2026", "wrong-2026")); !slices.Contains(got.Messages, "NetアンサーIDまたはパスワードが違います。") {
				t.Errorf("a wrong password says %q", got.Messages)
			}
			if got := look(s.Login(t.Context(), "hanako2026", "Secret-2026")); got.Title != "会員ホーム" ||
				!strings.Contains(got.Values["永久不滅ポイント"], "12,345") {
				t.Errorf("the screen is 「%s」 %v", got.Title, got.Values)
			}
			fits()
		})
	}
}

func TestAPasscodeIsRefusedAfterTheEndToo(t *testing.T) {
	t.Parallel()
	sb := newSandbox(t)
	w := driver.World{Name: "locked", Base: sb.url}
	s := at(t, newDriver(t, browser.Config{Name: browser.Phone}), w)
	look := see(t)
	look(s.Start(t.Context()))
	look(s.Submit(t.Context(), hanako()))
	look(s.Proceed(t.Context()))
	right := sb.passcode(t, w.Name, hanakosPhone)
	wrong := strings.Map(func(r rune) rune { return '0' + (r-'0'+1)%10 }, right)
	for range 5 {
		look(s.EnterPasscode(t.Context(), wrong))
	}
	if got := look(s.EnterPasscode(t.Context(), right)); got.Title != "受付停止" {
		t.Errorf("the right passcode after five wrong ones leads to 「%s」", got.Title)
	}
	if got := look(s.Restart(t.Context())); got.Title != "入力" {
		t.Errorf("beginning again leads to 「%s」", got.Title)
	}
}

func TestTwoTabsAreOnePerson(t *testing.T) {
	t.Parallel()
	sb := newSandbox(t)
	w := driver.World{Name: "tabs", Base: sb.url}
	d := newDriver(t, browser.Config{Name: browser.Desktop})
	first := at(t, d, w)
	look := see(t)
	look(first.Start(t.Context()))
	look(first.Submit(t.Context(), hanako()))
	second, err := first.Tab(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := second.Close(); err != nil {
			t.Error(err)
		}
	})
	look(second.Proceed(t.Context()))
	if got := look(first.Look(t.Context())); got.Title != "ワンタイムパスコード認証" {
		t.Errorf("the first tab shows 「%s」 after the second went on", got.Title)
	}
	sb.advance(t, w.Name, 10*time.Minute)
	if got := look(first.EnterPasscode(t.Context(), "123456")); got.Title != "有効期限切れ" {
		t.Errorf("the first tab shows 「%s」 ten minutes later", got.Title)
	}
	if got := look(at(t, d, w).OpenStep(t.Context(), "確認")); got.Title == "確認" {
		t.Error("another person is at the confirmation of the first")
	}
}

func TestEvidenceShowsNoSecret(t *testing.T) {
	t.Parallel()
	sb := newSandbox(t)
	s := at(t, newDriver(t, browser.Config{Name: browser.Phone, Devices: []string{"Pixel 7"}}), driver.World{Name: "secret", Base: sb.url})
	look := see(t)
	look(s.Start(t.Context()))
	look(s.Submit(t.Context(), hanako()))
	got := evidence(t, s)
	if !strings.HasPrefix(got["browser.txt"], "Pixel 7, emulated by Chromium ") ||
		!strings.Contains(got["browser.txt"], "/registration/confirm") {
		t.Errorf("browser.txt is %q", got["browser.txt"])
	}
	if !strings.Contains(got["page.txt"], "ご登録の内容をご確認ください。") {
		t.Errorf("page.txt is %q", got["page.txt"])
	}
	if strings.Contains(got["page.txt"], "123") {
		t.Errorf("page.txt tells the security code: %s", got["page.txt"])
	}
	picture, err := png.Decode(bytes.NewReader([]byte(got["screenshot.png"])))
	if err != nil {
		t.Fatal(err)
	}
	if picture.Bounds().Dy() < 400 { // what it covers is tried by itself
		t.Errorf("the picture is %v", picture.Bounds())
	}
}
