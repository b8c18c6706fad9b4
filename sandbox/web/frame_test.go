package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/world"
)

// everyScreen shows each screen to look, the refused ones included.
func everyScreen(t *testing.T, look func(t *testing.T, name string, p page)) {
	t.Helper()
	b := open(t, newService(t, world.Ports{}))
	show := func(name string, p page) { look(t, name, p) }
	show("search", b.get("/search?q=x"))
	show("home", b.get("/"))
	show("entrance", b.get("/login"))
	show("entrance refused", b.post("/login", ryoko("wrong")))
	show("input", b.get("/registration"))
	show("input refused", b.press("/registration/input", url.Values{}))
	show("other", b.get("/registration/other"))
	show("confirm", b.press("/registration/input", with(hanako(), "email_mobile", "hana@example.jp")))
	show("passcode", b.press("/registration/confirm", nil))
	show("passcode refused", b.press("/registration/passcode", nil))
	show("completed", b.press("/registration/passcode", url.Values{"passcode": {b.passcode(hanakosPhone)}}))
	show("portal", b.post("/login", url.Values{"net_answer_id": {"hanako2026"}, "password": {"Secret-2026"}}))
	b.get("/registration")
	b.advance(b.snapshot().Policy.RegistrationIdle.Of())
	show("ended", b.get("/registration/ended"))
	show("trouble", b.get("/nowhere"))
}

func TestEveryScreenSaysWhatItIs(t *testing.T) {
	t.Parallel()
	everyScreen(t, func(t *testing.T, name string, p page) {
		if !strings.Contains(p.body, "<strong>サンドボックス（テスト環境）</strong>") {
			t.Errorf("%s does not say that it is a sandbox", name)
		}
		if robots := p.find("meta", "name", "robots"); len(robots) != 1 || robots[0].attrs["content"] != "noindex, nofollow" {
			t.Errorf("%s may be indexed", name)
		}
		drawn := strings.ReplaceAll(p.body, `aria-hidden="true"><svg`, "") // a mark that says nothing of its own
		if strings.Contains(drawn, "<img") || strings.Contains(drawn, "<svg") {
			t.Errorf("%s has a picture", name)
		}
		if n := len(p.find("h1", "", "")); n != 1 {
			t.Errorf("%s has %d main headings", name, n)
		}
		if !strings.HasSuffix(p.text("title"), " | Netアンサー新規登録") {
			t.Errorf("%s is titled %q", name, p.text("title"))
		}
	})
}

func TestEveryScreenIsSafe(t *testing.T) {
	t.Parallel()
	want := http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"},
		"X-Frame-Options": {"DENY"}, "Referrer-Policy": {"same-origin"}, "X-Robots-Tag": {"noindex, nofollow"},
		"Content-Security-Policy": {"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
			"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"}}
	everyScreen(t, func(t *testing.T, name string, p page) {
		got := http.Header{}
		for key := range want {
			got[key] = p.header[key]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: headers (-want +got):\n%s", name, diff)
		}
		for _, e := range p.elements {
			for attr := range e.attrs {
				if attr == "style" || strings.HasPrefix(attr, "on") {
					t.Errorf("%s: %s has %s", name, e.name, attr)
				}
			}
			if e.name == "style" || e.name == "script" && (e.text != "" || e.attrs["src"] == "") {
				t.Errorf("%s: %s within the page", name, e.name)
			}
			if e.name == "form" && e.attrs["method"] == "post" && strings.HasPrefix(e.attrs["action"], "/registration") &&
				len(p.find("input", "name", "form_token")) == 0 {
				t.Errorf("%s: a form without a token", name)
			}
		}
	})
}

// TestEveryControlIsCalledSomething holds the contract with whoever drives the
// pages: each control has one label, each reference leads somewhere.
func TestEveryControlIsCalledSomething(t *testing.T) {
	t.Parallel()
	everyScreen(t, func(t *testing.T, name string, p page) {
		ids := map[string]int{}
		for _, e := range p.elements {
			if id := e.attrs["id"]; id != "" {
				ids[id]++
			}
		}
		for id, n := range ids {
			if n > 1 {
				t.Errorf("%s: %d elements have the id %s", name, n, id)
			}
		}
		var labels []string
		for _, e := range p.elements {
			for _, attr := range []string{"aria-describedby", "aria-labelledby", "for", "popovertarget"} {
				for ref := range strings.FieldsSeq(e.attrs[attr]) {
					if ids[ref] == 0 {
						t.Errorf("%s: %s of %s names %s, which is not there", name, attr, e.name, ref)
					}
				}
			}
			switch {
			case e.name == "fieldset" && !strings.Contains(p.body, "<legend>"):
				t.Errorf("%s: a group without a name", name)
			case e.name == "button" && fold(e.text) == "", e.name == "a" && fold(e.text) == "":
				t.Errorf("%s: a %s without a name", name, e.name)
			case e.name == "input" && e.attrs["type"] != "hidden", e.name == "select":
				found := p.find("label", "for", e.attrs["id"])
				if len(found) != 1 || fold(found[0].text) == "" {
					t.Errorf("%s: %d labels for %s", name, len(found), e.attrs["name"])
					continue
				}
				label := fold(found[0].text)
				if slices.Contains(labels, label) {
					t.Errorf("%s: two controls are called %s", name, label)
				}
				labels = append(labels, label)
			}
		}
	})
}

func TestCookiesAreForTheServerOnly(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for name, p := range map[string]page{"netanswer_registration": b.get("/registration"), "netanswer_session": b.post("/login", ryoko("Ryoko-2020"))} {
		set := p.header.Get("Set-Cookie")
		if p.status != http.StatusSeeOther || !strings.HasPrefix(set, name+"=") ||
			!strings.HasSuffix(set, "; Path=/; HttpOnly; SameSite=Lax") {
			t.Errorf("status %d, cookie %q", p.status, set)
		}
	}
}

func TestFilesAreKeptForEver(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	p := b.get("/registration")
	addresses := []string{p.find("link", "rel", "stylesheet")[0].attrs["href"]}
	for _, e := range p.find("script", "type", "module") {
		addresses = append(addresses, e.attrs["src"])
	}
	if len(addresses) != 5 {
		t.Fatalf("files %q", addresses)
	}
	for i, address := range addresses {
		p := b.get(address)
		media := []string{"text/css; charset=utf-8", "text/javascript; charset=utf-8"}[min(i, 1)]
		if p.status != http.StatusOK || p.header.Get("Content-Type") != media ||
			p.header.Get("Cache-Control") != "public, max-age=31536000, immutable" ||
			p.body == "" {
			t.Errorf("%s: status %d, %v", address, p.status, p.header)
		}
	}
}

func TestAPageSaysWhatItsWorldSays(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	_, err := b.service.Control().Arrange(t.Context(), b.world, world.Setup{
		Policy: []byte(
			`{"newsletter_default":false,"passcode_lifetime":"3m","password_mask":"######","destination_mask":"***-****-0000","card_mask":"****-****-****-0000"}`,
		),
		Texts: map[string]string{
			"input.heading":       "<b>登録</b>",
			"passcode.submit":     "進む",
			"passcode.lifetime":   "{minutes}分だけ",
			"input.net_answer_id": "会員ID",
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	p := b.get("/registration")
	if p.text("h1") != "<b>登録</b>" || len(p.find("b", "", "")) != 0 {
		t.Errorf("heading %q", p.text("h1"))
	}
	if _, ticked := p.find("input", "id", "newsletter")[0].attrs["checked"]; ticked {
		t.Error("the newsletter is chosen")
	}
	p = b.press("/registration/input", with(hanako(), "newsletter", "-"))
	if v := p.values(); v["Netアンサーパスワード"] != "######" || v["クレジットカード番号"] != "****-****-****-0017" || v["メールマガジン"] != "受け取らない" {
		t.Errorf("confirmation %v", v)
	}
	p = b.press("/registration/confirm", nil)
	if p.text("button") != "進む" || !strings.Contains(p.body, "3分だけ") || !strings.Contains(p.body, "***-****-1001 に") {
		t.Errorf("passcode screen: %s", p.text("main"))
	}
	other := openAt(t, b.service, b.base, "elsewhere")
	if got := other.get("/registration").text("h1"); got != "Netアンサー新規登録" {
		t.Errorf("another world says %s", got)
	}
}
