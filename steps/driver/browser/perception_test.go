package browser_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

func TestThingsAreFoundByWhatAPersonPerceives(t *testing.T) {
	t.Parallel()
	for _, name := range []string{browser.Desktop, browser.Phone} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newForeign(t)
			s := at(t, newDriver(t, browser.Config{Name: name}), driver.World{Name: "elsewhere", Base: f.url})
			look := see(t)
			want := func(title string, got driver.Screen) driver.Screen {
				t.Helper()
				if got.Title != title {
					t.Fatalf("the screen is 「%s」, want 「%s」: %s", got.Title, title, got.Text)
				}
				return got
			}

			nothing := want("検索", look(s.Search(t.Context(), "天気予報")))
			if diff := cmp.Diff([]string{"「天気予報」は見つかりません。"}, nothing.Messages); diff != "" {
				t.Errorf("messages (-want +got):\n%s", diff)
			}
			home := want("ホームページ", look(s.Home(t.Context())))
			login := map[string]string{browser.Desktop: "Netアンサーログイン", browser.Phone: "ログイン"}[name]
			if diff := cmp.Diff([]string{login}, home.Actions); diff != "" {
				t.Errorf("actions of the home page (-want +got):\n%s", diff)
			}
			want("ログイン", look(s.Entrance(t.Context())))
			empty := want("入力", look(s.Start(t.Context())))
			if diff := cmp.Diff(map[string][]string{"頭4桁": {"4242", "3782"}, "クレジットカード番号": {"4242", "3782"}}, empty.Choices); diff != "" {
				t.Errorf("choices (-want +got):\n%s", diff)
			}

			form := driver.Form{
				CardNumber:           "9999-4200-0001-0017",
				ExpiryMonth:          "11",
				ExpiryYear:           "35",
				SecurityCode:         "123",
				NetAnswerID:          "hanako2026",
				Password:             "Secret-2026",
				PasswordConfirmation: "Secret-2027",
				EmailPC:              "hanako@example.jp",
				EmailMobile:          "hanako@m.example.jp",
				Newsletter:           new(bool),
			}
			refused := want("入力", look(s.Submit(t.Context(), form)))
			if diff := cmp.Diff(refusedForm(), only(refused)); diff != "" {
				t.Errorf("the refused form (-want +got):\n%s", diff)
			}

			form.CardNumber = "4242 4200 0001 0017"
			checked := want("確認", look(s.Submit(t.Context(), form)))
			sent, _ := f.sent()
			const whole = "/form?agreed=%E8%A6%8F%E7%B4%84%E3%81%AB%E5%90%8C%E6%84%8F%E3%81%97%E3%81%A6%E7%A2%BA%E8%AA%8D%E7%94%BB%E9%9D%A2%E3%81%AB%E9%80%B2%E3%82%80&c=123" +
				"&e=hanako%40example.jp&f=hanako%40m.example.jp&hidden=%E3%81%A8%E3%81%A3%E3%81%A6%E3%81%8A%E3%81%8D&i=hanako2026&m=11&n1=x&n2=4200&n3=0001&n4=0017&p=Secret-2026&q=Secret-2027&y=35"
			if diff := cmp.Diff(whole, sent); diff != "" {
				t.Errorf("the form as sent (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(map[string]string{"セキュリティコード": "987", "メールアドレス": "a@example.jp b@example.jp"}, checked.Values); diff != "" {
				t.Errorf("values shown (-want +got):\n%s", diff)
			}
			if checked.Progress != "確認" || checked.Heading != "ご登録の内容をご確認ください。" {
				t.Errorf("progress is 「%s」, heading 「%s」", checked.Progress, checked.Heading)
			}
			want("入力", look(s.Revise(t.Context())))
			want("確認", look(s.Submit(t.Context(), form)))
			want("ワンタイムパスコード認証", look(s.Proceed(t.Context())))
			want("ワンタイムパスコード認証", look(s.Reissue(t.Context())))
			wrong := want("ワンタイムパスコード認証", look(s.EnterPasscode(t.Context(), "12")))
			if diff := cmp.Diff([]string{"違います。"}, wrong.Messages); diff != "" {
				t.Errorf("messages (-want +got):\n%s", diff)
			}
			want("受付停止", look(s.EnterPasscode(t.Context(), "000000")))
			want("入力", look(s.Restart(t.Context())))
			want("ワンタイムパスコード認証", look(s.OpenStep(t.Context(), "ワンタイムパスコード認証")))
			want("完了", look(s.EnterPasscode(t.Context(), "123456")))
			want("ログイン", look(s.Login(t.Context(), "hanako2026", "wrong")))
			want("会員ホーム", look(s.Login(t.Context(), "hanako2026", "Secret-2026")))
		})
	}
}

// only is what of a refused form is the same on every device.
func only(s driver.Screen) driver.Screen {
	s.Choices, s.Fields, s.Actions, s.Pictures, s.Text = nil, nil, nil, nil, ""
	return s
}

func refusedForm() driver.Screen {
	return driver.Screen{
		Title: "入力", Heading: "Netアンサー新規登録", Progress: "入力",
		Messages: []string{"ご入力内容をご確認ください", "番号が違います。", "ご入力ください。"},
		Errors:   map[string][]string{"クレジットカード番号": {"番号が違います。"}, "パソコン": {"ご入力ください。"}},
		Values:   map[string]string{},
	}
}

func TestWhatIsSentAgainIsSentToTheLetter(t *testing.T) {
	t.Parallel()
	f := newForeign(t)
	s := at(t, newDriver(t, browser.Config{Name: browser.Desktop}), driver.World{Name: "twice", Base: f.url})
	look := see(t)
	if _, err := s.Again(t.Context()); err == nil {
		t.Error("something was sent again before anything was sent")
	}
	look(s.Start(t.Context()))
	if _, err := s.EnterPasscode(t.Context(), "1"); !errors.Is(err, browser.ErrImpossible) {
		t.Errorf("a passcode where none is asked for: error is %v, want that it is impossible", err)
	}
	look(s.Submit(t.Context(), hanako()))
	first, _ := f.sent()
	if got := look(s.Again(t.Context())); got.Title != "確認" {
		t.Errorf("sent again, the screen is 「%s」", got.Title)
	}
	if second, n := f.sent(); n != 2 || second != first {
		t.Errorf("%d forms were sent; the last two differ:\n%s\n%s", n, first, second)
	}

	look(s.Proceed(t.Context()))
	look(s.EnterPasscode(t.Context(), "000000"))
	if got := look(s.EnterPasscode(t.Context(), "123456")); got.Title != "完了" {
		t.Errorf("from a kept page, the screen is 「%s」", got.Title)
	}
	if last, _ := f.sent(); last != "/code?nonce=123&z=123456" {
		t.Errorf("from a kept page was sent %s", last)
	}
}

func TestTermsAreReadAsTheDeviceShowsThem(t *testing.T) {
	t.Parallel()
	f := newForeign(t)
	look := see(t)
	pc := at(t, newDriver(t, browser.Config{Name: browser.Desktop}), driver.World{Name: "terms", Base: f.url})
	look(pc.Start(t.Context()))
	unread := look(pc.(driver.Eyes).SubmitWithoutScrolling(t.Context(), hanako()))
	if unread.Title != "入力" || !strings.Contains(strings.Join(unread.Messages, ""), "スクロールしてください") {
		t.Errorf("unread terms lead to 「%s」 %q", unread.Title, unread.Messages)
	}
	if err := pc.(driver.Eyes).ScrollTerms(t.Context()); err != nil {
		t.Fatal(err)
	}
	if read := look(pc.(driver.Eyes).Press(t.Context(), "規約に同意して確認画面に進む")); read.Title != "確認" {
		t.Errorf("terms that were read lead to 「%s」", read.Title)
	}

	sp := at(t, newDriver(t, browser.Config{Name: browser.Phone}), driver.World{Name: "terms", Base: f.url})
	look(sp.Start(t.Context()))
	for _, step := range []struct {
		do   func() (driver.Screen, error)
		want bool
	}{
		{func() (driver.Screen, error) { return sp.Look(t.Context()) }, false},
		{func() (driver.Screen, error) { return sp.(driver.Eyes).OpenTerms(t.Context()) }, true},
		{func() (driver.Screen, error) { return sp.(driver.Eyes).CloseTerms(t.Context()) }, false},
	} {
		look(step.do())
		got, err := sp.(driver.Eyes).Visible(t.Context(), "小さな画面の第1条")
		if err != nil || got != step.want {
			t.Errorf("the terms are seen: %t, %v; want %t", got, err, step.want)
		}
	}
}

func TestWhatReachesBeyondTheScreenDoesNotFit(t *testing.T) {
	t.Parallel()
	f := newForeign(t)
	for _, name := range []string{browser.Desktop, browser.Phone} {
		s := at(t, newDriver(t, browser.Config{Name: name}), driver.World{Name: "wide", Base: f.url})
		see(t)(s.Start(t.Context()))
		if fits, err := s.(driver.Eyes).Fits(t.Context()); err != nil || !fits {
			t.Errorf("%s: the form fits: %t, %v", name, fits, err)
		}
		see(t)(s.Submit(t.Context(), hanako()))
		see(t)(s.Proceed(t.Context()))
		see(t)(s.EnterPasscode(t.Context(), "123456"))
		if fits, err := s.(driver.Eyes).Fits(t.Context()); err != nil || fits {
			t.Errorf("%s: a page of 3000 pixels fits: %t, %v", name, fits, err)
		}
	}
}
