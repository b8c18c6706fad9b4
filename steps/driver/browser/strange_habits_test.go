package browser_test

import (
	"strings"
	"testing"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

// This file looks at more habits of other teams: what is right in them must be seen
// as right, and what is wrong as wrong.

// TestARefusalIsToldByOtherHabits: a summary, a cell beside, a bubble of the browser, a
// toast that goes; and what is no refusal.
func TestARefusalIsToldByOtherHabits(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	const go8 = `<button type="button" id="go">規約に同意して確認画面に進む</button>`
	page := func(form, script string) string {
		return `<h1>Netアンサー新規登録</h1><main><form id="f" onsubmit="return false">` + form + `</form></main><script>go.onclick = () => { ` + script + ` }</script>`
	}
	const plain = `<label for="i">NetアンサーID</label><input id="i">`
	for name, c := range map[string]struct {
		body    string
		field   string // that is refused, "" for the whole
		refused bool
	}{
		"a summary of links to the fields":     {page(plain+go8, `f.insertAdjacentHTML("beforebegin", "<div tabindex=-1 id=s><h2>入力内容に誤りがあります</h2><ul><li><a href='#i'>8～16文字でご入力ください</a></li></ul></div>"); s.focus()`), "NetアンサーID", true},
		"a summary and words at the field":     {page(plain+`<p id="e"></p>`+go8, `i.setAttribute("aria-invalid", "true"); i.setAttribute("aria-errormessage", "e"); e.textContent = "8～16文字でご入力ください"; f.insertAdjacentHTML("beforebegin", "<div role=alert>1件の誤りがあります</div>")`), "NetアンサーID", true},
		"words beside it in a table":           {page(`<table><tr><th>NetアンサーID</th><td><input id="i"></td><td id="e"></td></tr></table>`+go8, `e.innerHTML = "<span style='color: red'>8～16文字でご入力ください</span>"`), "NetアンサーID", true},
		"words under it that nobody points at": {page(`<div>`+plain+`<p id="e"></p></div>`+go8, `e.textContent = "8～16文字でご入力ください"; e.style.color = "red"`), "NetアンサーID", true},
		"words over it":                        {page(`<div><p id="e"></p>`+plain+`</div>`+go8, `e.textContent = "8～16文字でご入力ください"`), "NetアンサーID", true},
		"a bubble of the browser":              {page(`<label>NetアンサーID<input id="i" required></label>`+go8, `f.reportValidity()`), "NetアンサーID", true},
		"a bubble with words of its own":       {page(plain+go8, `i.setCustomValidity("8～16文字でご入力ください"); i.reportValidity()`), "NetアンサーID", true},
		"a toast that goes after two seconds":  {page(plain+go8, `document.body.insertAdjacentHTML("beforeend", "<div id=t role=status>登録できませんでした</div>"); setTimeout(() => t.remove(), 2000)`), "", true},
		"a region that was there and empty":    {page(plain+`<div aria-live="polite" id="e"></div>`+go8, `setTimeout(() => { e.textContent = "8～16文字でご入力ください" }, 300)`), "", true},
		"nothing":                              {page(plain+go8, ``), "", false},
	} {
		t.Run(name, func(t *testing.T) {
			p.of(t, c.body)
			got := see(t)(p.Session.(driver.Eyes).Press(t.Context(), "規約に同意して確認画面に進む"))
			told := len(got.Errors) > 0 || len(got.Said) > 0 || len(got.Messages) > 0
			if c.refused && !told || c.field != "" && len(got.Errors[c.field]) == 0 && len(got.Said) == 0 {
				t.Errorf("no refusal is seen: errors %q, messages %q, said %q", got.Errors, got.Messages, got.Said)
			}
			if told && !c.refused {
				t.Errorf("a refusal is seen that is none: errors %q, messages %q, said %q", got.Errors, got.Messages, got.Said)
			}
		})
	}
}

// TestAValueIsReadByOtherHabits: as it stands in fields that cannot be written in, in
// cells without heads, in lines.
func TestAValueIsReadByOtherHabits(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	want := map[string]string{"有効期限": "11/35", "NetアンサーID": "hanako2026"}
	for name, body := range map[string]string{
		"fields that cannot be written in": `<label>有効期限<input readonly value="11/35"></label><label>NetアンサーID<input disabled value="hanako2026"></label>`,
		"cells without heads":              `<table><tr><td>有効期限</td><td>11/35</td></tr><tr><td>NetアンサーID</td><td>hanako2026</td></tr></table>`,
		"a list with bold words":           `<ul><li>有効期限 <b>11/35</b></li><li>NetアンサーID <b>hanako2026</b></li></ul>`,
		"bold words and a new line":        `<p><strong>有効期限</strong><br>11/35</p><p><strong>NetアンサーID</strong><br>hanako2026</p>`,
		"labels of outputs around":         `<label>有効期限 <output>11/35</output></label><label>NetアンサーID <output>hanako2026</output></label>`,
		"a list of terms in boxes":         `<dl style="display:grid"><dt><span>有効期限</span><small>必須</small></dt><dd><span>11</span>/<span>35</span></dd><dt>NetアンサーID</dt><dd><code>hanako2026</code></dd></dl>`,
		"names that point at values":       `<span id="a">有効期限</span><div><span aria-labelledby="a" role="textbox" aria-readonly="true">11/35</span></div><span id="b">NetアンサーID</span><div><span aria-labelledby="b">hanako2026</span></div>`,
		"a way to change beside each":      `<dl><div><dt>有効期限</dt><dd>11/35</dd><dd><a href="#">変更</a></dd></div><div><dt>NetアンサーID</dt><dd>hanako2026</dd><dd><a href="#">変更</a></dd></div></dl>`,
		"cards with headings":              `<section><h3>有効期限</h3><p>11/35</p></section><section><h3>NetアンサーID</h3><p>hanako2026</p></section>`,
		"in brackets":                      `<p>【有効期限】11/35</p><p>【NetアンサーID】hanako2026</p>`,
	} {
		t.Run(name, func(t *testing.T) {
			got := p.of(t, body)
			for label, value := range want {
				if got.Values[label] != value {
					t.Errorf("「%s」 is 「%s」, want 「%s」; all: %q", label, got.Values[label], value, got.Values)
				}
			}
		})
	}
}

// TestWhatIsPressedByOtherHabits is pressed by its name.
func TestWhatIsPressedByOtherHabits(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	for name, body := range map[string]string{
		"a link that is a script":             `<a href="javascript:void(0)" id="x">認証する</a>`,
		"a link without an address":           `<a role="button" tabindex="0" id="x">認証する</a>`,
		"a link without role or address":      `<a id="x" style="cursor: pointer">認証する</a>`,
		"an old button":                       `<input type="button" value="認証する" id="x">`,
		"a button named from elsewhere":       `<span id="n">認証する</span><button id="x" aria-labelledby="n"><svg width="20" height="20"></svg></button>`,
		"a button with a picture and a title": `<button id="x"><svg width="20" height="20"><title>認証する</title></svg></button>`,
		"a button in two lines":               `<button id="x"><span>認証</span><br><span>する</span></button>`,
		"letters apart":                       `<button id="x">認　証　す　る</button>`,
		"a label that is a button":            `<input type="submit" id="y" style="position:absolute;left:-9999px"><label for="y" id="x" style="cursor:pointer">認証する</label>`,
		"a custom element":                    `<my-button id="x" style="cursor:pointer;display:inline-block">認証する</my-button>`,
		"one that asks in the browser":        `<button onclick="if (confirm('よろしいですか？')) document.body.insertAdjacentHTML('beforeend', '<p>押された</p>')">認証する</button>`,
		"one that asks in the page": `<button onclick="d.showModal()">認証する</button><dialog id="d"><p>この内容でよろしいですか？</p><button onclick="d.close()">キャンセル</button>
			<button onclick="d.close(); document.body.insertAdjacentHTML('beforeend', '<p>押された</p>')">はい、進みます</button></dialog>`,
		"one that asks in words of its own": `<button onclick="d.showModal()">認証する</button><dialog id="d"><p>パスコードをお確かめします。</p>
			<button onclick="d.close(); document.body.insertAdjacentHTML('beforeend', '<p>押された</p>')">このパスコードで認証</button><button onclick="d.close()">やめる</button></dialog>`,
		"one below a bar that stays":     `<div style="position:fixed;bottom:0;left:0;right:0;height:120px;background:white">Cookieを使っています <button onclick="this.parentElement.remove()">閉じる</button></div><div style="height:95vh"></div><button id="x">認証する</button>`,
		"one that is clicked by a mouse": `<button id="y">認証する</button><script>y.addEventListener("mousedown", () => document.body.insertAdjacentHTML("beforeend", "<p>押された</p>"))</script>`,
		"a busy one that then goes on":   `<button id="y">認証する</button><script>y.onclick = () => { y.disabled = true; y.textContent = "送信中…"; setTimeout(() => { y.textContent = "認証する"; document.body.insertAdjacentHTML("beforeend", "<p>押された</p>") }, 1300) }</script>`,
	} {
		t.Run(name, func(t *testing.T) {
			body += `<script>globalThis.x && (x.onclick = (e) => { e.preventDefault(); document.body.insertAdjacentHTML("beforeend", "<p>押された</p>") })</script>`
			p.of(t, body)
			if got := see(t)(p.Session.(driver.Eyes).Press(t.Context(), "認証する")); !strings.Contains(got.Text, "押された") {
				t.Errorf("it was not pressed: %+v", got)
			}
		})
	}
}

// TestADialogThatDoesNotAskWhetherToGoOnIsLeft: what it says is a choice, or a refusal, and the member's to answer.
func TestADialogThatDoesNotAskWhetherToGoOnIsLeft(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	const pressed = `document.body.insertAdjacentHTML('beforeend', '<p>押された</p>')`
	for name, dialog := range map[string]string{
		"a choice of two":            `<p>ウォレットに追加しますか</p><button onclick="` + pressed + `">ウォレットに追加する</button><button onclick="` + pressed + `">今はしない</button>`,
		"an end that begins anew":    `<p>有効期限が切れました</p><button onclick="` + pressed + `">最初からやり直す</button><button onclick="d.close()">閉じる</button>`,
		"a refusal with a way to go": `<p>パスコードが違います</p><button onclick="` + pressed + `">認証デスクへ電話する</button><button onclick="d.close()">閉じる</button>`,
		"a box to write in":          `<label>暗証番号<input></label><button onclick="` + pressed + `">この番号で認証</button><button onclick="d.close()">やめる</button>`,
		"two ways and a way out":     `<button onclick="` + pressed + `">SMSで送る</button><button onclick="` + pressed + `">メールで送る</button><button onclick="d.close()">やめる</button>`,
	} {
		t.Run(name, func(t *testing.T) {
			p.of(t, `<button onclick="d.showModal()">認証する</button><dialog id="d">`+dialog+`</dialog>`)
			if got := see(t)(p.Session.(driver.Eyes).Press(t.Context(), "認証する")); strings.Contains(got.Text, "押された") {
				t.Errorf("it was answered: %+v", got)
			}
		})
	}
}

// TestAPasscodeIsTypedByOtherHabits: where a screen asks for it otherwise.
func TestAPasscodeIsTypedByOtherHabits(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	const tell = `<script>const all = () => [...document.querySelectorAll("input, [contenteditable]")].map((i) => i.value ?? i.textContent).join("");
		const go = document.querySelector("button.go"); if (go) go.onclick = () => document.body.insertAdjacentHTML("beforeend", "<p>送った番号 " + all() + "</p>");</script>`
	const goOn = `<button class="go">認証する</button>`
	keys := ""
	for _, d := range strings.Split("1234567890", "") {
		keys += `<button type="button" onclick="k.value += '` + d + `'">` + d + `</button>`
	}
	const pasted = `<script>const boxes = [...document.querySelectorAll("input")]; boxes.forEach((b, i) => { b.setAttribute("aria-label", "ワンタイムパスコード " + (i + 1) + "桁目");
		b.oninput = () => { const s = b.value; b.value = ""; [...s].slice(0, 6 - i).forEach((d, n) => { boxes[i + n].value = d }) } })</script>`
	for name, body := range map[string]string{
		"a name for who cannot see":         `<h1>ワンタイムパスコード認証</h1><input aria-label="ワンタイムパスコード（6桁の数字）" inputmode="numeric">` + goOn,
		"a name in the box":                 `<h1>ご本人様確認</h1><input placeholder="ワンタイムパスコード">` + goOn,
		"a box whose text is not shown":     `<label>ワンタイムパスコード<input type="password" autocomplete="one-time-code"></label>` + goOn,
		"a box of numbers":                  `<label>ワンタイムパスコード<input type="number"></label>` + goOn,
		"two boxes of three":                `<fieldset><legend>ワンタイムパスコード</legend><input maxlength="3" size="3"> - <input maxlength="3" size="3"></fieldset>` + goOn,
		"six boxes with names of their own": `<div role="group" aria-label="ワンタイムパスコード">` + `<input aria-label="1桁目" maxlength="1"><input aria-label="2桁目" maxlength="1"><input aria-label="3桁目" maxlength="1"><input aria-label="4桁目" maxlength="1"><input aria-label="5桁目" maxlength="1"><input aria-label="6桁目" maxlength="1"></div>` + goOn,
		"six boxes without a bound":         `<p>ワンタイムパスコード</p><div>` + strings.Repeat(`<input size="1" oninput="this.value = this.value.slice(-1); this.nextElementSibling?.focus?.()">`, 6) + `</div>` + goOn,
		"six boxes that take what is pasted": `<div role="group" aria-label="ワンタイムパスコード">` +
			strings.Repeat(`<input inputmode="numeric" autocomplete="one-time-code" aria-label="ワンタイムパスコード 桁">`, 6) + `</div>` + goOn + pasted,
		"a text that can be written in":  `<p id="n">ワンタイムパスコード</p><div contenteditable="true" role="textbox" aria-labelledby="n" style="min-width:200px;min-height:20px"></div>` + goOn,
		"a pad of keys beside the box":   `<label>ワンタイムパスコード<input id="k"></label><div>` + keys + `</div>` + goOn,
		"a pad of keys and nothing else": `<label>ワンタイムパスコード<input id="k" readonly></label><div>` + keys + `</div>` + goOn,
	} {
		t.Run(name, func(t *testing.T) {
			p.of(t, body+tell)
			if got := see(t)(p.EnterPasscode(t.Context(), "123456")); !strings.Contains(got.Text, "送った番号 123456") {
				t.Errorf("the screen is %s", got.Text)
			}
		})
	}
}

// TestTermsInAFrameAreReadToTheirEnd: they may be a page of their own.
func TestTermsInAFrameAreReadToTheirEnd(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	body := `<h1>Netアンサー新規登録</h1><iframe title="セゾンNetアンサー規約" style="height: 80px" srcdoc="<p>第1条</p><div style='height: 900px'></div><p>終わりの条</p>"></iframe>
		<button id="x" disabled>規約に同意して確認画面に進む</button>
		<script>const f = document.querySelector("iframe"); f.onload = () => f.contentWindow.addEventListener("scroll", () => {
			const d = f.contentDocument.scrollingElement; if (d.scrollTop + d.clientHeight > d.scrollHeight - 5) x.disabled = false })</script>`
	got := p.of(t, body)
	if !strings.Contains(got.Text, "終わりの条") {
		t.Errorf("what stands in the frame is not read: %s", got.Text)
	}
	if err := p.Session.(driver.Eyes).ScrollTerms(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := see(t)(p.Session.(driver.Eyes).Press(t.Context(), "規約に同意して確認画面に進む")); len(got.Blocked) > 0 {
		t.Errorf("the terms are not read to their end: %q cannot be pressed", got.Blocked)
	}
}
