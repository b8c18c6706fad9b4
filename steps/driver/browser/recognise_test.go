package browser

import (
	"testing"

	"example.com/netanswer/steps/driver"
)

// TestOfSeveralScreensTheOneIsMeantThatIsCalledSo: what is drawn on one may be led to
// from another.
func TestOfSeveralScreensTheOneIsMeantThatIsCalledSo(t *testing.T) {
	menu := strange{reading: reading{Whole: "セゾンPortal", Screen: driver.Screen{Heading: "メニュー",
		Actions: []string{"お支払変更", "住所の変更", "ホーム", "明細", "メニュー"},
		Text:    "各種お手続きやお問い合わせを24時間受付しています。"}}}
	if got := byDrawing(menu, true, IPhone); got != "メニュー" {
		t.Errorf("a menu that leads to the change of payment is %q", got)
	}
	menu.Heading, menu.Whole = "各種", "メニュー"
	if got := byDrawing(menu, true, IPhone); got != "メニュー" {
		t.Errorf("by its title it is %q", got)
	}
	// What is called so and draws something else is what it draws.
	statement := strange{reading: reading{Screen: driver.Screen{Heading: "メニュー", Actions: []string{"お支払変更"}, Text: "ご利用グラフ"}}}
	if got := byDrawing(statement, true, IPhone); got != "明細" {
		t.Errorf("a statement that is called a menu is %q", got)
	}
}
