package web_test

import (
	"net/http"
	"net/url"
	"sync"
	"testing"

	"example.com/netanswer/sandbox/world"
)

// together does the same thing n times at once and returns the pages.
func together(n int, do func() page) []page {
	pages := make([]page, n)
	var all sync.WaitGroup
	for i := range pages {
		all.Go(func() { pages[i] = do() })
	}
	all.Wait()
	return pages
}

func TestPressedTwiceIsDoneOnce(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	b.get("/registration")
	token := b.registration().FormToken
	press := func(address string, form url.Values) func() page {
		return func() page { return b.post(address, with(form, "form_token", token)) }
	}
	for _, p := range together(4, press("/registration/input", hanako())) {
		stands(t, p, http.StatusOK, "/registration/confirm", "確認", "Netアンサー新規登録", "確認")
	}
	for _, p := range together(4, press("/registration/confirm", nil)) {
		stands(t, p, http.StatusOK, "/registration/passcode", "ワンタイムパスコード認証", "ワンタイムパスコード認証", "確認")
	}
	if n := b.snapshot().SMS.Serial; n != 1 {
		t.Errorf("%d SMS, want one", n)
	}
	for _, p := range together(4, press("/registration/passcode", url.Values{"passcode": {b.passcode(hanakosPhone)}})) {
		stands(t, p, http.StatusOK, "/registration/completed", "完了", "Netアンサー新規登録", "完了")
	}
	if m := b.snapshot(); m.Mailbox.Serial != 1 || m.Accounts.Accounts.Len() != 2 { // ryoko has one from the start
		t.Errorf("%d mails and %d accounts, want 1 and 2", m.Mailbox.Serial, m.Accounts.Accounts.Len())
	}
}

func TestARightAndAWrongPasscodeAtOnce(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	b.get("/registration")
	b.press("/registration/input", hanako())
	b.press("/registration/confirm", nil)
	token, right := b.registration().FormToken, b.passcode(hanakosPhone)
	wrong := "000000"
	if wrong == right {
		wrong = "111111"
	}
	var both sync.WaitGroup
	for _, code := range []string{right, wrong} {
		both.Go(func() { b.post("/registration/passcode", url.Values{"passcode": {code}, "form_token": {token}}) })
	}
	both.Wait()
	stands(t, b.get("/registration/completed"), http.StatusOK, "/registration/completed", "完了", "Netアンサー新規登録", "完了")
}

// TestAConfirmationThatShowsSomethingElseGoesNoFurther: in a second tab of the browser the
// card was changed to another's. Only who has seen what will be registered goes on.
func TestAConfirmationThatShowsSomethingElseGoesNoFurther(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	b.get("/registration")
	b.press("/registration/input", hanako())
	old := b.get("/registration/confirm").find("input", "name", "form_token")[0].attrs["value"]
	b.press("/registration/input", with(hanako(), "net_answer_id", "hanako2027"))
	pressed := func(token string) page { return b.post("/registration/confirm", url.Values{"form_token": {token}}) }

	p := pressed(old)
	stands(t, p, http.StatusForbidden, "/registration/confirm", "確認", "Netアンサー新規登録", "確認")
	if got := p.values()["NetアンサーID"]; got != "hanako2027" || b.snapshot().SMS.Serial != 0 {
		t.Errorf("it shows %s, and %d SMS were sent", got, b.snapshot().SMS.Serial)
	}
	stands(t, pressed(p.find("input", "name", "form_token")[0].attrs["value"]), http.StatusOK,
		"/registration/passcode", "ワンタイムパスコード認証", "ワンタイムパスコード認証", "確認")
}

func TestABackButtonAndASecondTabStayTrue(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	b.get("/registration")
	b.press("/registration/input", hanako())

	// The browser still shows the form, and it is sent once more, changed.
	p := b.press("/registration/input", with(hanako(), "net_answer_id", "hanako2027"))
	if got := p.values()["NetアンサーID"]; got != "hanako2027" {
		t.Errorf("the confirmation shows %s", got)
	}
	b.press("/registration/confirm", nil)
	for _, address := range []string{"/registration/input", "/registration/confirm", "/registration"} {
		stands(t, b.get(address), http.StatusOK, "/registration/passcode", "ワンタイムパスコード認証", "ワンタイムパスコード認証", "確認")
	}
	// A form sent from an older tab is not taken, and that is said.
	p = b.press("/registration/input", hanako())
	stands(t, p, http.StatusConflict, "/registration/input", "ワンタイムパスコード認証", "ワンタイムパスコード認証", "確認")
	if p.texts("alert")[0] != b.say("error.step") {
		t.Errorf("told %q", p.texts("alert"))
	}
	p = b.press("/registration/revise", nil)
	stands(t, p, http.StatusConflict, "/registration/revise", "ワンタイムパスコード認証", "ワンタイムパスコード認証", "確認")
	if got := b.registration().Application.NetAnswerID; got != "hanako2027" {
		t.Errorf("the registration is for %s", got)
	}
}
