package browser_test

import (
	"errors"
	"strings"
	"testing"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

// TestAnAppThatIsThereAtOnceIsOpened: a team that tries its app itself has no page and no
// store that lead there, and cannot be asked about them.
func TestAnAppThatIsThereAtOnceIsOpened(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.IPhone)
	phone, ctx := p.Session.(driver.App), t.Context()
	const choice = `<h1>カードをお選びください</h1><label><input type="radio" name="c" checked>セゾンカード</label><button>次へ</button>`
	p.of(t, choice)
	for what, do := range map[string]func() error{
		"the page that leads to it": func() error { _, err := phone.Guide(ctx); return err },
		"the store":                 func() error { _, err := phone.Install(ctx); return err },
		"the banner":                func() error { _, err := p.Session.(driver.Eyes).Spot(ctx, "セゾンPortal"); return err },
	} {
		if err := do(); !errors.Is(err, driver.ErrNoStore) || !errors.Is(err, driver.ErrInapplicable) {
			t.Errorf("%s: error is %v", what, err)
		}
	}
	if got := see(t)(phone.OpenApp(ctx)); got.Title != "カードの選択" {
		t.Errorf("the app that is opened is 「%s」", got.Title)
	}
}

// TestTheAppsOwnAddressMayBeTold, where nothing on its first screen is the guide's.
func TestTheAppsOwnAddressMayBeTold(t *testing.T) {
	t.Parallel()
	p := strangersOf(t, browser.IPhone, browser.Foreign{Addresses: map[string]string{"アプリ": "./"}})
	p.of(t, `<h1>ようこそ</h1><button>はじめる</button>`)
	if _, err := p.Session.(driver.App).Guide(t.Context()); !errors.Is(err, driver.ErrNoStore) {
		t.Errorf("error is %v", err)
	}
}

// TestAHomePageThatLacksTheBannerIsWrong, and so is one whose app cannot be found.
func TestAHomePageThatLacksTheBannerIsWrong(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.IPhone)
	phone := p.Session.(driver.App)
	p.of(t, `<h1>セゾンカード</h1><p>ようこそ</p><a href="#">ログイン</a>`)
	if _, err := phone.Guide(t.Context()); err == nil || errors.Is(err, driver.ErrInapplicable) || !strings.Contains(err.Error(), "「セゾンPortal」という") {
		t.Errorf("the page that leads to the app: error is %v", err)
	}
	if _, err := phone.OpenApp(t.Context()); !errors.Is(err, driver.ErrInapplicable) || !strings.Contains(err.Error(), "addresses に「アプリ」がありません") {
		t.Errorf("the app: error is %v", err)
	}
}
