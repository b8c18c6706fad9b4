package browser_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

// This file looks at screens as other teams may make them.

// pages are the pages of another team, one after another, at one address.
type pages struct {
	driver.Session
	body atomic.Value
}

// of is a person at the page of a body.
func (p *pages) of(t *testing.T, body string) driver.Screen {
	t.Helper()
	p.body.Store(body)
	return see(t)(p.Home(t.Context()))
}

// strangers is a person who looks at pages that nobody has told them about.
func strangers(t *testing.T, device string) *pages {
	t.Helper()
	return strangersOf(t, device, browser.Foreign{})
}

// strangersOf is one who has been told a few words.
func strangersOf(t *testing.T, device string, words browser.Foreign) *pages {
	t.Helper()
	p := &pages{}
	w := serve(t, "strangers", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!doctype html><html lang="ja"><meta charset="utf-8"><link rel="icon" href="data:,"><body>`+p.body.Load().(string)) // the browser may have gone
	})
	p.Session = at(t, newDriver(t, browser.Config{Name: device, Foreign: &words, Timeout: 20 * time.Second}), w)
	return p
}

// TestAPageIsOpenedAnewThatKeepsItsPlaceBehindAHash: to go to such an address from
// itself loads nothing.
func TestAPageIsOpenedAnewThatKeepsItsPlaceBehindAHash(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	p.of(t, `<h1>1回目</h1><script>location.hash = "#/identity"</script>`)
	p.body.Store(`<h1>2回目</h1>`)
	if got := see(t)(p.Look(t.Context())); got.Heading != "2回目" {
		t.Errorf("the heading is %q, want that of the page as it is now", got.Heading)
	}
}

func TestTheStepIsSeenHoweverItIsMarked(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	for name, c := range map[string]struct{ body, want string }{
		"by aria-current in a list":         {`<ol><li>入力</li><li aria-current="step">確認</li><li>完了</li></ol>`, "確認"},
		"by aria-current on a link":         {`<nav><a href="#">1 入力</a> &gt; <a href="#" aria-current="page">2 確認</a> &gt; <span>3 完了</span></nav>`, "確認"},
		"by another colour":                 {`<ul><li style="background: red; color: white">入力</li><li>確認</li><li>完了</li></ul>`, "入力"},
		"by the look of what is inside":     {`<ul><li><i>1</i><span>入力</span></li><li><i>2</i><span style="font-weight: bold">確認</span></li><li><i>3</i><span>完了</span></li></ul>`, "確認"},
		"by bold words in a line":           {`<p>入力 ＞ <strong>確認</strong> ＞ 完了</p>`, "確認"},
		"by words for who cannot see":       {`<ol><li>入力<span>（現在のステップ）</span></li><li>確認</li><li>完了</li></ol>`, "入力"},
		"by three looks: done, now, later":  {`<ol><li style="color: green">✓ 入力</li><li style="color: white; background: navy">2 確認</li><li style="color: silver">3 完了</li></ol>`, "確認"},
		"filled up to now":                  {`<ol><li style="color: white; background: navy">入力</li><li style="color: white; background: navy">確認</li><li style="color: #999; background: #eee">完了</li></ol>`, "確認"},
		"done ones pale, now strong":        {`<ol><li style="color: #999">入力</li><li style="color: #999">確認</li><li style="color: white; background: navy; font-weight: bold">完了</li></ol>`, "完了"},
		"with numbers in circles and steps": {`<ol><li class="on" style="border-bottom: 3px solid red"><b>STEP 1</b><br>入力</li><li>STEP 2<br>確認</li><li>STEP 3<br>完了</li></ol>`, "入力"},
		"by a bar":                          {`<div><span>入力</span><span>確認</span><span>完了</span></div><progress max="3" value="2"></progress>`, "確認"},
		"by a tab":                          {`<div role="tablist"><span role="tab" aria-selected="false">入力</span><span role="tab" aria-selected="true">確認</span><span role="tab">完了</span></div>`, "確認"},
		"not at all":                        {`<ol><li>入力</li><li>確認</li><li>完了</li></ol>`, ""},
		"one is missing":                    {`<ol><li aria-current="step">入力</li><li>確認</li></ol>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := p.of(t, c.body); got.Progress != c.want {
				t.Errorf("the step is 「%s」, want 「%s」", got.Progress, c.want)
			}
		})
	}
}

func TestAValueIsReadHoweverItIsSetOut(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	for name, c := range map[string]struct {
		body string
		want map[string]string
	}{
		"a list of terms": {`<dl><div><dt>有効期限</dt><dd>11/35</dd></div></dl>`, map[string]string{"有効期限": "11/35"}},
		"a table":         {`<table><tr><th>有効期限</th><td>11/35</td></tr></table>`, map[string]string{"有効期限": "11/35"}},
		"a table of two pairs in a row": {`<table><tr><th>有効期限</th><td>11/35</td><th>NetアンサーID</th><td>hanako2026</td></tr></table>`,
			map[string]string{"有効期限": "11/35", "NetアンサーID": "hanako2026"}},
		"a table by columns": {`<table><tr><th>有効期限</th><th>NetアンサーID</th></tr><tr><td>11/35</td><td>hanako2026</td></tr></table>`,
			map[string]string{"有効期限": "11/35", "NetアンサーID": "hanako2026"}},
		"rows of a grid":   {`<div><div><span>有効期限</span></div><div>11/35</div></div>`, map[string]string{"有効期限": "11/35"}},
		"with a colon":     {`<p>有効期限：11/35</p>`, map[string]string{"有効期限": "11/35"}},
		"a note below":     {`<dl><dt>パソコン</dt><dd>a@example.jp<br>※重要なお知らせをお送りいたします。</dd></dl>`, map[string]string{"パソコン": "a@example.jp"}},
		"an output":        {`<label for="o">永久不滅ポイント</label><output id="o">1,416</output>`, map[string]string{"永久不滅ポイント": "1,416"}},
		"rows by roles":    {`<div role="table"><div role="row"><span role="rowheader">有効期限</span><span role="cell">11/35</span></div></div>`, map[string]string{"有効期限": "11/35"}},
		"fields of a form": {`<fieldset><legend>有効期限</legend><input aria-label="月" value="11"><input aria-label="年" value="35"></fieldset>`, map[string]string{"有効期限": "11/35"}},
		"a code behind a label in a table, with a keyboard beside it": {`<table><tr><th><label for="c">セキュリティコード</label></th><td><input id="c" type="password" value="132"> ` +
			`<button type="button">ソフトウェアキーボードで入力する</button><div><button>0</button><button>1</button><button>クリア</button></div></td></tr></table>`,
			map[string]string{"セキュリティコード": "●●●"}},
		"a number for nothing": {`<table><tr><th scope="row">認証用電話番号(無料)</th><td>0120-000111</td></tr></table>`, map[string]string{"認証用電話番号(無料)": "0120-000111"}},
		"a code behind a term, with a keyboard beside it": {`<dl><dt><label for="c">セキュリティコード</label></dt><dd><input id="c" type="password" value="132">` +
			`<button type="button">ソフトウェアキーボードで入力する</button></dd></dl>`, map[string]string{"セキュリティコード": "●●●"}},
		"in a shadow root": {`<x-dl></x-dl><script>document.querySelector("x-dl").attachShadow({ mode: "open" }).innerHTML = "<dl><dt>有効期限</dt><dd>11/35</dd></dl>"</script>`,
			map[string]string{"有効期限": "11/35"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := p.of(t, c.body)
			for label, want := range c.want {
				if got.Values[label] != want {
					t.Errorf("「%s」 is 「%s」, want 「%s」; all: %q", label, got.Values[label], want, got.Values)
				}
			}
			if !strings.Contains(got.Text, "11/35") && c.want["有効期限"] != "" && !strings.Contains(c.body, "<input") {
				t.Errorf("the text lacks it: %s", got.Text)
			}
		})
	}
}

func TestARefusalIsSeenHoweverItIsTold(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	const form = `<main><form onsubmit="return false"><div><label for="i">NetアンサーID</label><input id="i" aria-describedby="h"><p id="h">半角で8～16桁</p></div>
		<p id="p"></p><button type="button" id="go">規約に同意して確認画面に進む</button></form></main>`
	at8 := func(script string) string { return form + `<script>go.onclick = () => { ` + script + ` }</script>` }
	for name, c := range map[string]struct {
		body     string
		errors   map[string][]string
		messages []string
		said     []string
		blocked  bool
	}{
		"at the field by description": {body: at8(`i.setAttribute("aria-invalid", "true"); h.insertAdjacentHTML("afterend", "<p id=e>違います</p>"); i.setAttribute("aria-describedby", "h e")`),
			errors: map[string][]string{"NetアンサーID": {"違います"}}, said: []string{"違います"}},
		"by a group that is wrong": {body: `<fieldset id="f"><legend>NetアンサーIDの設定</legend><input></fieldset><p id="e"></p><button id="go">規約に同意して確認画面に進む</button>
			<script>go.onclick = () => { e.textContent = "違います"; f.setAttribute("aria-invalid", "true"); f.setAttribute("aria-describedby", "e") }</script>`,
			errors: map[string][]string{"NetアンサーID": {"違います"}}, said: []string{"違います"}},
		"in words alone":             {body: at8(`p.textContent = "違います"; p.style.color = "red"`), said: []string{"違います"}},
		"in an alert":                {body: at8(`p.setAttribute("role", "alert"); p.textContent = "違います"`), messages: []string{"違います"}, said: []string{"違います"}},
		"in a toast that comes late": {body: at8(`setTimeout(() => document.body.insertAdjacentHTML("beforeend", "<div role=status>違います</div>"), 700)`), said: []string{"違います"}},
		"in an alert beside the field": {body: `<form onsubmit="return false"><fieldset><legend>クレジットカード番号</legend><select aria-label="頭4桁"><option>4242</select><input maxlength="4"><input maxlength="4"><p role="alert" id="p"></p></fieldset>
			<fieldset><legend>NetアンサーIDの設定</legend><label>NetアンサーID<input></label><p role="alert" id="q"></p></fieldset><p role="alert" id="r"></p><button type="button" id="go">規約に同意して確認画面に進む</button></form>
			<script>go.onclick = () => { p.textContent = "このカードはすでにご登録いただいています。"; q.textContent = "入力してください"; r.textContent = "誤りがあります" }</script>`,
			errors:   map[string][]string{"クレジットカード番号": {"このカードはすでにご登録いただいています。"}, "NetアンサーID": {"入力してください"}},
			messages: []string{"このカードはすでにご登録いただいています。", "入力してください", "誤りがあります"}, said: []string{"このカードはすでにご登録いただいています。", "入力してください", "誤りがあります"}},
		"in a dialog of the browser": {body: at8(`alert("違います")`), messages: []string{"違います"}},
		"in a dialog of the page": {body: at8(`document.body.insertAdjacentHTML("beforeend", "<dialog id=d role=alertdialog><p>違います</p><form method=dialog><button>OK</button></form></dialog>"); d.showModal()`),
			messages: []string{"違います", "OK"}, said: []string{"違います", "OK"}},
		"by a button that sleeps": {body: strings.Replace(form, `id="go"`, `disabled`, 1), blocked: true},
		"in a shadow root": {body: at8(`const x = document.createElement("x-e"); x.attachShadow({ mode: "open" }).innerHTML = "<p role=alert>違います</p>"; document.body.append(x)`),
			messages: []string{"違います"}, said: []string{"違います"}},
	} {
		t.Run(name, func(t *testing.T) {
			p.of(t, c.body)
			got := see(t)(p.Session.(driver.Eyes).Press(t.Context(), "規約に同意して確認画面に進む"))
			if c.errors == nil {
				c.errors = map[string][]string{}
			}
			if diff := cmp.Diff(c.errors, got.Errors); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
			if !slices.Equal(c.messages, got.Messages) || !slices.Equal(c.said, got.Said) || c.blocked != (len(got.Blocked) > 0) {
				t.Errorf("messages %q, said %q, blocked %q", got.Messages, got.Said, got.Blocked)
			}
			if got.Title != "入力" && len(c.messages) < 2 { // a dialog stands before the form
				t.Errorf("the screen is 「%s」", got.Title)
			}
		})
	}
}

func TestWhatIsPressedIsFoundHoweverItIsMade(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	for name, body := range map[string]string{
		"a button":                        `<button id="x">認証する</button>`,
		"a link with an arrow":            `<a href="#" id="x">認証する <span>→</span></a>`,
		"a button for who cannot see":     `<button id="x" aria-label="ワンタイムパスコードを認証する">認証する</button>`,
		"a div with a role":               `<div role="button" tabindex="0" id="x">認証する</div>`,
		"a div with a hand":               `<div style="cursor: pointer" id="x"><span>認証する</span></div>`,
		"a picture that sends":            `<form onsubmit="return false"><input type="image" alt="認証する" id="x" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="80" height="20"></form>`,
		"a link around a picture":         `<a href="#" id="x"><img alt="認証する" width="80" height="20" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></a>`,
		"a button in a shadow root":       `<x-b id="x"></x-b><script>x.attachShadow({ mode: "open" }).innerHTML = "<button>認証する</button>"</script>`,
		"one that comes after a second":   `<div id="r"></div><script>setTimeout(() => { r.innerHTML = "<button id=x>認証する</button>"; x.onclick = () => document.body.insertAdjacentHTML("beforeend", "<p>押された</p>") }, 1000)</script>`,
		"one that wakes up later":         `<button id="x" disabled>認証する</button><script>setTimeout(() => { x.disabled = false }, 700)</script>`,
		"one behind a dialog with a word": `<button id="x">認証する</button><dialog id="d"><p>お知らせ</p><button onclick="d.close()">閉じる</button></dialog><script>d.showModal()</script>`,
		"one that is faded in":            `<style>@keyframes in { from { opacity: 0 } }</style><button id="x" style="animation: in .6s">認証する</button>`,
	} {
		t.Run(name, func(t *testing.T) {
			body += `<script>globalThis.x && (x.onclick = () => document.body.insertAdjacentHTML("beforeend", "<p>押された</p>"))</script>`
			p.of(t, body)
			if got := see(t)(p.Session.(driver.Eyes).Press(t.Context(), "認証する")); !slices.Contains(got.Said, "押された") {
				t.Errorf("it was not pressed: %+v", got)
			}
		})
	}
}

func TestAPasscodeIsTypedHoweverItIsAskedFor(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	squares := strings.Repeat(`<input maxlength="1" inputmode="numeric" size="1">`, 6)
	const tell = `<script>const all = () => [...document.querySelectorAll("input")].map((i) => i.value).join("");
		const go = document.querySelector("button"); if (go) go.onclick = () => document.body.insertAdjacentHTML("beforeend", "<p>送った番号 " + all() + "</p>");</script>`
	for name, body := range map[string]string{
		"one box with a label":        `<label>ワンタイムパスコード<input></label><button>認証する</button>`,
		"one box with another name":   `<label>認証コード（6桁）<input></label><button>認証する</button>`,
		"one box without a name":      `<h1>ワンタイムパスコード認証</h1><p>*****0000<br>にお送りしたパスコードを入力してください。</p><input><button>認証する</button>`,
		"six boxes in a group":        `<fieldset><legend>ワンタイムパスコード</legend>` + squares + `</fieldset><button>認証する</button>`,
		"six boxes without a name":    `<h2>本人確認</h2><div>` + squares + `</div><button>認証する</button>`,
		"a box of glass over squares": `<div style="position: relative"><span>□□□□□□</span><input autocomplete="one-time-code" style="opacity: 0; position: absolute; inset: 0" aria-label="ワンタイムパスコード"></div><button>認証する</button>`,
		"six boxes that go on by themselves": `<fieldset><legend>ワンタイムパスコード</legend>` + squares + `</fieldset><script>document.oninput = () => {
			const code = [...document.querySelectorAll("input")].map((i) => i.value).join("");
			if (code.length === 6) setTimeout(() => { document.body.innerHTML = "<p>送った番号 " + code + "</p>" }, 300) }</script>`,
	} {
		t.Run(name, func(t *testing.T) {
			p.of(t, body+tell)
			if got := see(t)(p.EnterPasscode(t.Context(), "123456")); !strings.Contains(got.Text, "送った番号 123456") {
				t.Errorf("the screen is %s", got.Text)
			}
		})
	}
}

func TestAListIsReadThatAScriptOpens(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	const list = `<fieldset><legend>クレジットカード番号</legend><button role="combobox" aria-label="頭4桁" aria-haspopup="listbox" aria-expanded="false" aria-controls="l" id="b">選択</button>%s<input aria-label="5桁目から"></fieldset>`
	for name, body := range map[string]string{
		"hidden before":   strings.Replace(list, "%s", `<ul role="listbox" id="l" hidden><li role="option">4242</li><li role="option">5555</li></ul>`, 1) + `<script>b.onclick = () => { l.hidden = !l.hidden }; onkeydown = (e) => { if (e.key === "Escape") l.hidden = true }</script>`,
		"made on opening": strings.Replace(list, "%s", "", 1) + `<script>b.onclick = () => b.insertAdjacentHTML("afterend", "<ul role=listbox id=l><li role=option>4242</li><li role=option>5555</li></ul>"); onkeydown = (e) => { if (e.key === "Escape") l.remove() }</script>`,
	} {
		t.Run(name, func(t *testing.T) {
			p.of(t, body)
			got, err := p.Session.(driver.Lists).Offered(t.Context(), "クレジットカード番号")
			if err != nil || !slices.Equal(got, []string{"4242", "5555"}) {
				t.Errorf("it offers %q, %v", got, err)
			}
			if screen := see(t)(p.Session.(driver.Eyes).Strike(t.Context(), "Tab")); strings.Contains(screen.Text, "5555") {
				t.Errorf("the list is open still: %s", screen.Text)
			}
		})
	}
}

func TestAKeyboardThatStandsBeforeTheFormIsPutAway(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	want := map[bool]string{false: "12", true: "●●"}
	for name, way := range map[string]string{
		"by its button":   `<form method="dialog"><button>閉じる</button></form>`,
		"by another word": `<form method="dialog"><button>入力完了</button></form>`,
		"by Escape":       ``,
		"a code unseen":   `<script>i.type = "password"</script>`,
	} {
		t.Run(name, func(t *testing.T) {
			p.of(t, `<label>セキュリティコード<input id="i" type="text"></label><button type="button" onclick="d.showModal()">ソフトウェアキーボードで入力する</button>
				<dialog id="d"><p>入力：<output id="o"></output></p><button type="button" onclick="i.value += '1'; o.value += '●'">1</button><button type="button" onclick="i.value += '2'; o.value += '●'">2</button>`+way+`</dialog>`)
			eyes := p.Session.(driver.Eyes)
			see(t)(eyes.OpenKeyboard(t.Context(), "セキュリティコード"))
			if got := see(t)(eyes.TypeOnScreen(t.Context(), []string{"1", "2"}, false)); got.Values["セキュリティコード"] != want[name == "a code unseen"] {
				t.Errorf("the field shows %q; all: %q", got.Values["セキュリティコード"], got.Values)
			}
		})
	}
}

// TestOfTwoNamesTheGuidesIsPressed has a brand that leads home before what leads on;
// other teams call that by the brand alone.
func TestOfTwoNamesTheGuidesIsPressed(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	p.of(t, `<header><a href="#" onclick="said.textContent = 'もとのまま'">Netアンサー</a> <a href="#" onclick="said.textContent = '進んだ'">Netアンサーログイン</a></header>
		<h1>セゾンカード</h1><p id="said"></p>`)
	if got := see(t)(p.Session.(driver.Eyes).Press(t.Context(), "Netアンサーログイン")); !slices.Contains(got.Said, "進んだ") {
		t.Errorf("the brand was pressed: %+v", got)
	}
}

func TestAScreenIsToldByItsTitleBeforeTheGuidesMarksAndBySentencesAfter(t *testing.T) {
	t.Parallel()
	const form = `<title>登録</title><p>クラブ・オン/ミレニウムカードをご利用のお客様はこちらでご登録いただけません。セゾンカード</p><button>規約に同意して確認画面に進む</button>`
	const frame = `<header><a href="#">セゾンカード</a> <a href="#/login">Netアンサー ログイン</a></header>` // of every page
	for name, c := range map[string]struct {
		titles     map[string]string
		body, want string
	}{
		"a part of a sentence of the form":    {map[string]string{"別の登録": "クラブ・オン/ミレニウムカード", "ホームページ": "セゾンカード"}, form, "入力"},
		"a heading":                           {map[string]string{"有効期限切れ": "おわり"}, `<h1>おわり</h1><button>認証する</button>`, "有効期限切れ"},
		"a sentence where nothing else tells": {map[string]string{"有効期限切れ": "お時間が過ぎ"}, `<p>お時間が過ぎました。</p>`, "有効期限切れ"},
		"the other registration by its name":  {nil, `<h1>クラブ・オン/ミレニウムカード</h1><p>こちらからご登録ください。</p>`, "別の登録"},
		"the home page by the guide's link":   {nil, `<h1>わたしたちの会社</h1><a href="#">Netアンサー</a>`, "ホームページ"},
		"the other registration, more said":   {nil, frame + `<title>クラブ・オン/ミレニウムカード | セゾンカード</title><h1>クラブ・オン/ミレニウムカードのご登録</h1>`, "別の登録"},
		"the home of a member":                {nil, frame + `<h1>ホーム</h1><h2>永久不滅ポイント</h2><p>2,045ポイント</p><h2>カードのご利用明細</h2><button>ログアウト</button>`, "会員ホーム"},
		"a home page that tells of it":        {nil, `<h1>セゾンカード</h1><p>永久不滅ポイントやご利用明細を確認できます。</p><a href="#">Netアンサー ログイン</a>`, "ホームページ"},
		"one with the way on top":             {nil, frame + `<h1>セゾンカード</h1><p>永久不滅ポイントやご利用明細を確認できます。</p>`, "ホームページ"},
		"the home page, with a way on top":    {nil, frame + `<h1>セゾンカード</h1>`, "ホームページ"},
		"an end, with a way to log in on top": {map[string]string{"ホームページ": "ようこそ"}, frame + `<base href="/elsewhere"><title>お手続きの終了</title><h1>パスコードの入力回数を超えました</h1><script>history.replaceState(null, "", "#/end")</script>`, "お手続きの終了"},
		"the home page by its address":        {nil, `<h1>わたしたちの会社</h1><a href="#">ログインはこちら</a>`, "ホームページ"},
	} {
		t.Run(name, func(t *testing.T) {
			p := strangersOf(t, browser.Desktop, browser.Foreign{Titles: c.titles})
			if got := p.of(t, c.body); got.Title != c.want {
				t.Errorf("the screen is 「%s」, want 「%s」", got.Title, c.want)
			}
		})
	}
}

func TestACompanyIsChosenHoweverItIsOffered(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.IPhone)
	const tell = `<button onclick="document.body.insertAdjacentHTML('beforeend', '<p>選ばれたのは ' + chosen() + '</p>')">次へ</button>`
	for name, body := range map[string]string{
		"radio buttons": `<label><input type="radio" name="c" value="a">セゾンカード</label><label><input type="radio" name="c" value="b">UCカード</label>
			<script>chosen = () => document.querySelector(":checked")?.value</script>`,
		"radio buttons that are drawn by their words": `<style>input { position: absolute; opacity: 0 }</style><label><input type="radio" name="c" value="a"><span>セゾンカード</span></label><label><input type="radio" name="c" value="b"><span>UCカード</span></label>
			<script>chosen = () => document.querySelector(":checked")?.value</script>`,
		"a list":  `<label>カード会社<select><option value="">選択</option><option value="a">セゾンカード</option><option value="b">UCカード</option></select></label><script>chosen = () => document.querySelector("select").value</script>`,
		"tiles":   `<div role="radiogroup"><button role="radio" aria-checked="false" onclick="this.setAttribute('aria-checked', 'true'); was = 'a'">セゾンカード</button><button role="radio" onclick="was = 'b'">UCカード</button></div><script>let was; chosen = () => was</script>`,
		"options": `<ul role="listbox"><li role="option" onclick="was = 'a'">セゾンカード</li><li role="option" onclick="was = 'b'">UCカード</li></ul><script>let was; chosen = () => was</script>`,
		"buttons": `<button aria-pressed="false" onclick="was = 'a'; this.setAttribute('aria-pressed', 'true')">セゾンカード</button><button onclick="was = 'b'">UCカード</button><script>let was; chosen = () => was</script>`,
		"a box":   `<label><input type="checkbox" value="a">セゾンカード</label><script>chosen = () => document.querySelector(":checked")?.value</script>`,
	} {
		t.Run(name, func(t *testing.T) {
			p.of(t, `<script>let chosen</script>`+body+tell)
			if got := see(t)(p.Session.(driver.App).ChooseCompany(t.Context(), "セゾンカード")); !strings.Contains(got.Text, "選ばれたのは a") {
				t.Errorf("the screen is %s", got.Text)
			}
		})
	}
}

// TestOfTwoKeyboardsTheOneOfTheFieldOpens: each field may have its own, behind it.
func TestOfTwoKeyboardsTheOneOfTheFieldOpens(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	const keys = `<br><button type="button" onclick="nextElementSibling.hidden = false">ソフトウェアキーボードで入力する</button>
		<span hidden><button type="button" onclick="parentNode.parentNode.querySelector('input').value += '7'">7</button></span>`
	p.of(t, `<p><label>有効期限<input></label>`+keys+`</p><p><label>セキュリティコード<input></label><br><br>`+keys+`</p>`)
	eyes := p.Session.(driver.Eyes)
	see(t)(eyes.OpenKeyboard(t.Context(), "セキュリティコード"))
	if got := see(t)(eyes.TypeOnScreen(t.Context(), []string{"7"}, false)); got.Values["セキュリティコード"] != "7" || got.Values["有効期限"] != "" {
		t.Errorf("the fields show %q", got.Values)
	}
}

// TestTheFootOfAShortPageIsWhereItsWordsEnd: nobody fills a page to the foot of a window
// only for a banner to stand there.
func TestTheFootOfAShortPageIsWhereItsWordsEnd(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	for name, c := range map[string]struct {
		body string
		foot bool
	}{
		"the last thing on a short page": {`<h1>ホーム</h1><p>お知らせ</p><p>ご案内</p><footer><a href="#">セゾンPortal</a></footer>`, true},
		"the first of one":               {`<a href="#">セゾンPortal</a><h1>ホーム</h1><p>お知らせ</p><p>ご案内</p>`, false},
		"the first of a long one":        {`<a href="#">セゾンPortal</a><div style="height: 3000px"></div><p>ご案内</p>`, false},
	} {
		t.Run(name, func(t *testing.T) {
			p.of(t, c.body)
			at, err := p.Session.(driver.Eyes).Spot(t.Context(), "セゾンPortal")
			if err != nil || (at.Page >= 2./3) != c.foot {
				t.Errorf("it stands at %.2f, %v", at.Page, err)
			}
		})
	}
}
