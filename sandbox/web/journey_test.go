package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/world"
)

// stands checks where a browser is.
func stands(t *testing.T, p page, status int, path, title, heading, step string) {
	t.Helper()
	current := ""
	for _, e := range p.find("li", "aria-current", "step") {
		current = fold(e.text)
	}
	type place struct {
		Status                     int
		Path, Title, Heading, Step string
	}
	want := place{status, path, title + " | Netアンサー新規登録", heading, step}
	if diff := cmp.Diff(want, place{p.status, p.path, p.text("title"), p.text("h1"), current}); diff != "" {
		t.Fatalf("page (-want +got):\n%s", diff)
	}
}

func TestAPersonRegistersAndLogsIn(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))

	p := b.get("/search?q=" + url.QueryEscape("セゾンカード"))
	stands(t, p, http.StatusOK, p.path, "検索", "ウェブ検索（エミュレーション）", "")
	if href, ok := p.link("セゾンカード ホームページ"); !ok || href != "/" {
		t.Fatalf("the search leads to %q, %t", href, ok)
	}
	p = b.get("/")
	stands(t, p, http.StatusOK, "/", "ホームページ", "セゾンカード", "")
	for _, name := range []string{"Netアンサーログイン", "ログイン"} {
		if href, ok := p.link(name); !ok || href != "/login" {
			t.Fatalf("%s leads to %q, %t", name, href, ok)
		}
	}
	p = b.get("/login")
	stands(t, p, http.StatusOK, "/login", "ログイン", "Netアンサーへログイン", "")
	href, ok := p.link("Netアンサー新規登録(無料)")
	if !ok {
		t.Fatal("no way to a new registration")
	}
	p = b.get(href)
	stands(t, p, http.StatusOK, "/registration/input", "入力", "Netアンサー新規登録", "入力")

	p = b.press("/registration/input", hanako())
	stands(t, p, http.StatusOK, "/registration/confirm", "確認", "Netアンサー新規登録", "確認")
	want := map[string]string{"クレジットカード番号": "4242-42**-****-017", "有効期限": "11/35", "セキュリティコード": "123", "NetアンサーID": "hanako2026",
		"Netアンサーパスワード": "*****", "メールアドレス": "パソコンhanako@example.jp※重要なお知らせをお送りいたしますので、お間違いないようお願いいたします。", "パソコン": "hanako@example.jp", "メールマガジン": "受け取る"}
	if diff := cmp.Diff(want, p.values()); diff != "" {
		t.Errorf("confirmation (-want +got):\n%s", diff)
	}

	p = b.press("/registration/confirm", nil)
	stands(t, p, http.StatusOK, "/registration/passcode", "ワンタイムパスコード認証", "ワンタイムパスコード認証", "確認")
	for _, sentence := range []string{"*****1001 にお送りしたパスコードを入力してください。", "※有効期限は 10 分間です。必ず有効期限内にお手続きください。"} {
		if !strings.Contains(p.body, sentence) {
			t.Errorf("the passcode screen does not say %s", sentence)
		}
	}
	p = b.press("/registration/passcode", url.Values{"passcode": {b.passcode(hanakosPhone)}})
	stands(t, p, http.StatusOK, "/registration/completed", "完了", "Netアンサー新規登録", "完了")
	if !strings.Contains(p.body, "お客様のNetアンサーIDはhanako2026です。") {
		t.Error("the completion does not tell the ID")
	}
	if href, ok := p.link("さっそくログインしてみましょう →"); !ok || href != "/login" {
		t.Errorf("the completion leads to %q, %t", href, ok)
	}

	p = b.post("/login", url.Values{"net_answer_id": {"hanako2026"}, "password": {"Secret-2026"}})
	stands(t, p, http.StatusOK, "/home", "会員ホーム", "山田 花子 様", "")
	if diff := cmp.Diff(map[string]string{"永久不滅ポイント": "12,345 ポイント", "ご利用金額の合計": "8,356 円", "ご登録のカード": "4242-42**-****-017"}, p.values()); diff != "" {
		t.Errorf("home (-want +got):\n%s", diff)
	}
	if !strings.Contains(fold(p.text("tbody")), "2026/10/28サンドボックス書店2,970 円") {
		t.Errorf("statement: %s", p.text("tbody"))
	}
	p = b.post("/logout", nil)
	stands(t, p, http.StatusOK, "/", "ホームページ", "セゾンカード", "")
	stands(t, b.get("/home"), http.StatusOK, "/login?notice=login_required", "ログイン", "Netアンサーへログイン", "")
}

func TestAnAmexNumberIsLeftAligned(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	b.get("/registration")
	p := b.press(
		"/registration/input",
		with(hanako(), "card_number_first", "3782", "card_number_second", "8200", "card_number_third", "0010",
			"card_number_fourth", "049", "expiry_month", "08", "expiry_year", "32", "security_code", "4567"),
	)
	stands(t, p, http.StatusOK, "/registration/confirm", "確認", "Netアンサー新規登録", "確認")
	if got := p.values()["クレジットカード番号"]; got != "3782-82**-****-049" {
		t.Errorf("card number %s", got)
	}
	p = b.press("/registration/revise", nil)
	for id, want := range map[string]string{"card_number_second": "8200", "card_number_third": "0010", "card_number_fourth": "049"} {
		if got := p.find("input", "id", id)[0].attrs["value"]; got != want {
			t.Errorf("%s holds %q, want %q", id, got, want)
		}
	}
}

func TestGoingBackKeepsWhatIsNoSecret(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	b.get("/registration")
	b.press("/registration/input", with(hanako(), "newsletter", "-"))
	p := b.press("/registration/revise", nil)
	stands(t, p, http.StatusOK, "/registration/input", "入力", "Netアンサー新規登録", "入力")
	if diff := cmp.Diff([]string{b.say("input.again")}, p.texts("status")); diff != "" {
		t.Errorf("notice (-want +got):\n%s", diff)
	}
	got := map[string]string{}
	for _, e := range append(p.find("input", "", ""), p.find("option", "selected", "selected")...) {
		if _, ticked := e.attrs["checked"]; e.attrs["type"] == "hidden" || e.attrs["type"] == "checkbox" && !ticked {
			continue
		}
		got[e.attrs["name"]] = e.attrs["value"] + e.text
	}
	want := map[string]string{"": "4242", "card_number_second": "4200", "card_number_third": "0001", "card_number_fourth": "0017",
		"expiry_month": "11", "expiry_year": "35", "security_code": "", "net_answer_id": "hanako2026",
		"password": "", "password_confirmation": "", "email_pc": "hanako@example.jp", "email_mobile": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("form (-want +got):\n%s", diff)
	}
}
