package console

import (
	"slices"
	"strings"
)

// chapters are what the sentences are about, by the first parts of their ids, in
// the order of a registration. The last has what no other has.
var chapters = []struct {
	id, title string
	of        []string
}{
	{"pages", "すべての画面", []string{"site", "progress", "problem", "trouble"}},
	{"way", "検索・ホームページ・ログイン", []string{"search", "home", "entrance", "video"}},
	{"form", "入力", []string{"input", "warning", "strength", "keyboard", "newsletter", "other"}},
	{"confirm", "確認", []string{"confirm"}},
	{"identity", "ご本人様確認", []string{"passcode", "call", "guidance"}},
	{"end", "完了と、途中で終わったとき", []string{"completed", "expired", "locked", "unavailable"}},
	{"portal", "ログイン後", []string{"portal"}},
	{"app-way", "アプリ: ダウンロードと起動", []string{"app", "app_guide", "app_store_apple", "app_store_google", "app_entrance", "app_outside"}},
	{"app-card", "アプリ: カードとご本人様確認", []string{"app_card", "app_destination", "app_passcode", "app_pin", "app_company"}},
	{"app-id", "アプリ: メール・パスワード・規約・完了", []string{"app_email", "app_password", "app_terms", "app_completed"}},
	{"app-use", "アプリ: ウォレットと機能", []string{"app_wallet", "wallet", "app_tab", "app_home", "app_menu", "app_statement",
		"app_credit", "app_cashing", "app_change", "app_inquiry", "app_increase"}},
	{"messages", "SMSとメール", []string{"sms", "mail"}},
	{"errors", "エラー", []string{"error"}},
	{"more", "そのほか", nil},
}

// chapterOf is the index of the chapter that a sentence stands in.
func chapterOf(id string) int {
	first, _, _ := strings.Cut(id, ".")
	for i, c := range chapters {
		if slices.Contains(c.of, first) {
			return i
		}
	}
	return len(chapters) - 1
}

func textChapters() []textGroup {
	groups := make([]textGroup, 0, len(chapters))
	for _, c := range chapters {
		groups = append(groups, textGroup{ID: c.id, Title: c.title})
	}
	return groups
}
