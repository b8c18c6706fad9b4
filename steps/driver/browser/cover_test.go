package browser_test

import (
	_ "embed"
	"strings"
	"testing"
)

//go:embed cover.js
var covering string

// TestPicturesCoverWhatTextsMask, in whatever shape it stands, and the page is
// as it was afterwards.
func TestPicturesCoverWhatTextsMask(t *testing.T) {
	t.Parallel()
	b, _ := newChromium(t)
	page := newPage(t, b, desktop)
	const content = `<dl><dt>クレジットカード番号</dt><dd>4242-42**-****-017</dd><dt>番号</dt><dd>4242 4200 0001 0017</dd>
<dt>セキュリティコード</dt><dd>123</dd><dt>有効期限</dt><dd>11/35</dd></dl><table><tr><th>暗証番号</th><td><b>2580</b></td></tr></table>
<p>合言葉は Secret-2026 です</p><input value="42424200"><input type="number" value="9876">`
	if err := page.SetContent(content); err != nil {
		t.Fatal(err)
	}
	const told = `document.body.innerText + " " + [...document.querySelectorAll("input")].map((f) => f.value).join(" ")`
	before := evaluate[string](t, page, told)
	if _, err := page.Evaluate(covering, map[string]any{"secrets": []string{"Secret-2026"}, "codeWords": []string{"セキュリティコード", "暗証番号"}}); err != nil {
		t.Fatal(err)
	}
	during := evaluate[string](t, page, told)
	for _, secret := range []string{"4242-42", "0017", "123", "2580", "Secret-2026", "42424200", "9876"} {
		if strings.Contains(during, secret) {
			t.Errorf("%q is seen: %s", secret, during)
		}
	}
	if !strings.Contains(during, "11/35") {
		t.Errorf("what is no secret is covered: %s", during)
	}
	if _, err := page.Evaluate(`() => window.netanswerUncover()`); err != nil {
		t.Fatal(err)
	}
	if after := evaluate[string](t, page, told); after != before {
		t.Errorf("afterwards the page is %s, want %s", after, before)
	}
}
