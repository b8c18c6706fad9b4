package browser_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/playwright-community/playwright-go"
)

// focused returns the id or name of what has the focus, else its words, without
// an arrow that only decorates.
const focused = `(e => {
	const words = e.cloneNode(true);
	words.querySelectorAll("[aria-hidden=true]").forEach(hidden => hidden.remove());
	return e.id || e.name || words.textContent.trim();
})(document.activeElement)`

// control tells whether what has the focus is a field or button of a form, the
// software keyboard left out.
const control = `(e => e.matches("input, select, button, [tabindex='0']") && !!e.closest("form") && !e.closest(".keyboard"))(document.activeElement)`

// tabbed presses Tab until the control last has the focus, and returns the
// fields and buttons passed on the way. write is what to type where; a box that
// is full may lead on by itself.
func tabbed(t *testing.T, page playwright.Page, last string, write map[string]string) []string {
	t.Helper()
	var passed []string
	ledOn := false
	for range 60 {
		if !ledOn {
			press(t, page, "Tab")
		}
		ledOn = false
		if !evaluate[bool](t, page, control) {
			continue
		}
		at := evaluate[string](t, page, focused)
		passed = append(passed, at)
		if at == last {
			return passed
		}
		if write[at] == "" {
			continue
		}
		typed := page.Keyboard().InsertText
		if at == "card_number_first" { // a list is chosen from by typing
			typed = func(text string) error { return page.Keyboard().Type(text) }
		}
		if err := typed(write[at]); err != nil {
			t.Fatal(err)
		}
		ledOn = evaluate[string](t, page, focused) != at
	}
	t.Fatalf("Tab never reaches %s; it passed %q", last, passed)
	return nil
}

func press(t *testing.T, page playwright.Page, key string) {
	t.Helper()
	if err := page.Keyboard().Press(key); err != nil {
		t.Fatal(err)
	}
}

func TestAKeyboardAloneCompletesTheForms(t *testing.T) {
	t.Parallel()
	b, _ := newChromium(t)
	for _, w := range []width{desktop, phone} {
		t.Run(w.name, func(t *testing.T) {
			sb := newSandbox(t)
			page := newPage(t, b, w)
			visit(t, page, sb.url+"/registration")
			write := map[string]string{
				"card_number_first":     "4242",
				"card_number_second":    "4200",
				"card_number_third":     "0001",
				"card_number_fourth":    "0017",
				"expiry_month":          "11",
				"expiry_year":           "35",
				"security_code":         "123",
				"net_answer_id":         "hanako2026",
				"password":              "Secret-2026",
				"password_confirmation": "Secret-2026",
				"email_pc":              "hanako@example.jp",
			}
			terms := "terms" // to be scrolled on a desktop, to be opened on a phone
			if w.phone {
				terms = "Netアンサー規約"
			}
			got := tabbed(t, page, terms, write)
			if !w.phone {
				press(t, page, "End")
				if _, err := page.WaitForFunction(`(e => e.scrollTop + e.clientHeight >= e.scrollHeight - 4)(document.activeElement)`, nil); err != nil {
					t.Fatal(err)
				}
			} else {
				press(t, page, "Enter")
				if err := page.Locator("#terms-heading").WaitFor(); err != nil {
					t.Fatal(err)
				}
				press(t, page, "Escape")
			}
			got = append(got, tabbed(t, page, "terms_agreed", nil)...)
			want := []string{
				"card_number_first",
				"card_number_second",
				"card_number_third",
				"card_number_fourth",
				"expiry_month",
				"expiry_year",
				"security_code",
				"net_answer_id",
				"password",
				"password_confirmation",
				"email_pc",
				"email_mobile",
				"newsletter",
				terms,
				"terms_agreed",
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Tab passes (-want +got):\n%s", diff)
			}
			press(t, page, "Enter")
			if err := page.GetByRole("button", playwright.PageGetByRoleOptions{Name: "ご本人様確認へ進む"}).WaitFor(); err != nil { // the form has the same heading
				t.Fatal(err)
			}
			tabbed(t, page, "ご本人様確認へ進む", nil)
			enter(t, page, "ワンタイムパスコード認証")

			write = map[string]string{"passcode": sb.passcode(t, "default", hanakosPhone)}
			if diff := cmp.Diff([]string{"passcode", "認証する"}, tabbed(t, page, "認証する", write)); diff != "" {
				t.Errorf("Tab passes (-want +got):\n%s", diff)
			}
			press(t, page, "Shift+Tab") // Enter sends the form from its field too
			press(t, page, "Enter")
			if err := page.GetByText("ご登録ありがとうございます。").WaitFor(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// enter presses Enter and waits for the page with that main heading.
func enter(t *testing.T, page playwright.Page, heading string) {
	t.Helper()
	press(t, page, "Enter")
	if err := page.GetByRole("heading", playwright.PageGetByRoleOptions{Name: heading,
		Level: playwright.Int(1)}).WaitFor(playwright.LocatorWaitForOptions{Timeout: playwright.Float(5000)}); err != nil {
		t.Fatal(err)
	}
}

func TestAKeyboardAloneRegistersInTheApp(t *testing.T) {
	t.Parallel()
	b, _ := newChromium(t)
	for _, w := range []width{desktop, phone} {
		t.Run(w.name, func(t *testing.T) {
			sb := newSandbox(t)
			page := newPage(t, b, w)
			visit(t, page, sb.url+"/app/store/apple")
			passes := func(want []string, write map[string]string) {
				t.Helper()
				if diff := cmp.Diff(want, tabbed(t, page, want[len(want)-1], write)); diff != "" {
					t.Errorf("Tab passes (-want +got):\n%s", diff)
				}
			}
			passes([]string{"入手"}, nil)
			enter(t, page, "セゾンPortal")
			sb.advance(t, "default", time.Minute)
			visit(t, page, sb.url+"/app/open")
			if tabbed(t, page, "card_company-saison", nil); !evaluate[bool](t, page, `document.activeElement.type === "radio"`) {
				t.Error("Tab does not reach the choice of the card company")
			}
			press(t, page, " ")
			passes([]string{"次へ"}, nil)
			enter(t, page, "セゾンPortalアプリにカードを登録しましょう")
			passes([]string{"新規登録・再登録"}, nil)
			enter(t, page, "カード情報を入力")
			passes(
				[]string{"card_number", "expiry", "security_code", "次へ"},
				map[string]string{"card_number": "4242420000010017", "expiry": "11/35", "security_code": "123"},
			)
			enter(t, page, "ワンタイムパスコードの送付先を確認")
			passes([]string{"戻る", "認証", "暗証番号で確認する"}, nil)
			enter(t, page, "カードの暗証番号を入力")
			passes([]string{"pin", "認証"}, map[string]string{"pin": "2580"})
			enter(t, page, "ご登録メールアドレスを入力")
			passes([]string{"email", "次へ"}, map[string]string{"email": "hanako@example.jp"})
			enter(t, page, "設定したいパスワードを入力")
			passes([]string{"戻る", "password", "次へ"}, map[string]string{"password": "Secret-2026"})
			enter(t, page, "利用規約をご確認ください")
			for evaluate[string](t, page, focused) != "利用規約" {
				press(t, page, "Tab")
			}
			press(t, page, "Enter")
			if !evaluate[bool](t, page, `document.getElementById("terms").matches(":popover-open")`) {
				t.Error("Enter does not open the terms")
			}
			press(t, page, "Escape")
			tabbed(t, page, "terms_agreed", nil)
			enter(t, page, "セゾンPortalアプリにカードが登録されました！")
		})
	}
}
