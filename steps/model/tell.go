package model

import (
	"slices"
	"strconv"
	"strings"
)

// A teller carries one act out and writes down what is done and what must then be
// perceived.
type teller struct {
	*World
	act   Act
	p     Person
	win   *window
	lines []Line
}

// does writes down what is done. The name of who does it is put before it.
func (t *teller) does(text string, rows ...[2]string) {
	if t.act.Who != "" {
		text = t.act.Who + "が" + text
	}
	t.lines = append(t.lines, Line{Text: text, Rows: table(rows)})
}

func table(rows [][2]string) [][]string {
	var out [][]string
	for _, r := range rows {
		out = append(out, []string{r[0], r[1]})
	}
	return out
}

func (t *teller) expect(rule, text string, rows ...[]string) {
	t.lines = append(t.lines, Line{Check: true, Text: text, Rows: rows, Rule: rule})
}

func (t *teller) ours(rule, text string, rows ...[]string) {
	t.lines = append(t.lines, Line{Check: true, Text: text, Rows: rows, Rule: rule, Ours: true})
}

func (t *teller) title(rule, title string) { t.expect(rule, "「"+title+"」の画面になる") }

// says expects just these sentences, each at its field, and nothing else said.
func (t *teller) says(all []told) {
	if len(all) == 0 {
		t.expect("a-16", "何も知らされない")
		return
	}
	fields, said := map[string][]string{}, [][]string{}
	order := []string{}
	for _, one := range all {
		if one.field != "" {
			if fields[one.field] == nil {
				order = append(order, one.field)
			}
			fields[one.field] = append(fields[one.field], one.text)
		}
		if row := []string{one.text}; !slices.ContainsFunc(said, func(r []string) bool { return r[0] == one.text }) {
			said = append(said, row)
		}
	}
	for _, f := range order {
		t.expect(all[0].rule, "「"+f+"」の欄で断られている")
		rows := [][]string{}
		for _, s := range fields[f] {
			rows = append(rows, []string{s})
		}
		t.ours(all[0].rule, "「"+f+"」の欄に次の文だけが示される", rows...)
	}
	t.ours(all[0].rule, "画面の知らせは次のものだけである", said...)
}

// shows expects values by their labels; a value of "" is one that is not there.
func (t *teller) shows(rule string, rows ...[]string) {
	var there [][]string
	for _, r := range rows {
		if r[1] != "" {
			there = append(there, r)
		}
	}
	if len(there) > 0 {
		t.expect(rule, "次の内容が示される", there...)
	}
	for _, r := range rows {
		if r[1] == "" {
			t.expect(rule, "「"+r[0]+"」は示されない")
		}
	}
}

func (t *teller) reads(rule string, sentences ...string) {
	rows := [][]string{}
	for _, s := range sentences {
		rows = append(rows, []string{s})
	}
	t.expect(rule, "画面に次の文が表示される", rows...)
}

// screen expects the screen of the journey in the window, with what was said.
func (t *teller) screen(all ...told) {
	j := t.win.journey
	rule := "a-22"
	if len(all) > 0 {
		rule = all[0].rule
	}
	if j.final() && j.state != completed {
		t.win.over = true
	}
	switch j.state {
	case expired:
		rule = map[string]string{"passcode": "p34-8", "call": "a-12", "idle": "a-14", "superseded": "a-16"}[j.reason]
		t.title(rule, "有効期限切れ")
		t.ours(rule, "画面に次の文が表示される", []string{t.Say("expired." + j.reason)})
		return
	case locked:
		n, rule := t.Policy.Attempts, "a-06"
		if j.reason == "pin" {
			n, rule = t.Policy.PINAttempts, "a-09"
		}
		t.title(rule, "受付停止")
		t.ours(rule, "画面に次の文が表示される", []string{t.Say("locked."+j.reason, "attempts", strconv.Itoa(n))})
		return
	case unavailable:
		t.title("p35-6", "認証不可")
		t.reads("p35-6", "認証デスク")
		return
	}
	t.win.shown = j.state
	t.title(rule, titles[j.app][j.state])
	switch {
	case j.state == input && len(all) > 0: // the secrets have to be written again
		all = append(all, told{"", t.Say("input.again"), all[0].rule})
	case j.state == destination && !mobile(t.owner(j).Phone):
		all = append(all, told{"", t.Say("app_destination.no_phone"), "p13-1"})
	}
	t.says(all)
	t.contents(j)
}

func (w *World) owner(j *journey) Person {
	p, _ := w.person(j.person)
	return p
}

// titles are what screens are called, in the app and on the web.
var titles = map[bool]map[string]string{
	false: {input: "入力", confirm: "確認", passcode: "ワンタイムパスコード認証", telephone: "電話番号認証", completed: "完了"},
	true: {card: "カード情報の入力", destination: "送付先の確認", passcode: "ワンタイムパスコードの入力", pin: "暗証番号の入力", email: "メール設定",
		password: "Netアンサーパスワードの設定", terms: "利用規約の確認", completed: "登録完了"},
}

// contents are what a screen shows besides what was said.
func (t *teller) contents(j *journey) {
	if !j.app {
		t.expect(
			"p26-6",
			"進み具合は「"+map[string]string{input: "入力", confirm: "確認", passcode: "確認", telephone: "確認", completed: "完了"}[j.state]+"」である",
		)
	}
	owner, _ := t.person(j.person)
	switch j.state {
	case confirm:
		f := j.form
		news := "受け取る"
		if !*f.newsletter {
			news = "受け取らない"
		}
		t.shows(
			"p33-1",
			[]string{"クレジットカード番号", masked(t.Policy.CardMask, f.number)},
			[]string{"有効期限", f.month + "/" + f.year},
			[]string{"セキュリティコード", f.code},
			[]string{"NetアンサーID", f.id},
			[]string{"Netアンサーパスワード", t.Policy.HiddenWord},
			[]string{"パソコン", f.pc},
			[]string{"携帯電話・スマートフォン", f.mobile},
			[]string{"メールマガジン", news},
		)
	case passcode:
		if j.app {
			t.reads("p13-1", masked(t.Policy.Mask, owner.Phone)+" にSMSでお送りしました。")
			break
		}
		to := owner.Phone
		if !mobile(to) {
			to = owner.Email
		}
		t.reads("p34-2", masked(t.Policy.Mask, to)+" にお送りしたパスコードを入力してください。")
	case telephone:
		t.shows("p35-1", []string{"認証用電話番号(無料)", t.Policy.FreeDial})
		t.reads("p35-2", "ご登録の電話番号から"+strconv.Itoa(int(t.Policy.CallWindow.Minutes()))+"分以内に以下の番号へお電話ください。")
		if j.heard {
			t.ours("p35-4", "画面に次の文が表示される", []string{t.Say("call.confirmed")})
		}
	case destination:
		phone := ""
		if mobile(owner.Phone) {
			phone = masked(t.Policy.Mask, owner.Phone)
		}
		t.shows("p13-1", []string{"送付先の電話番号", phone})
	case completed:
		if j.given != "" {
			t.reads("p36-1", "お客様のNetアンサーIDは"+j.given+"です。")
		}
	}
}

// ended expects the screen of a journey that has ended, and tells whether it has.
func (t *teller) ended() bool {
	j := t.win.journey
	if !j.final() || j.state == completed {
		return false
	}
	t.screen()
	return true
}

// arrived expects all that has arrived so far, and nothing for anybody else.
func (t *teller) arrived() {
	var rows [][]string
	for _, p := range t.People {
		if n := len(t.texts[p.Called]); n > 0 {
			rows = append(rows, []string{p.Called, strconv.Itoa(n)})
		}
	}
	if rows == nil {
		t.expect("p34-1", "SMSは誰にも届いていない")
	} else {
		t.expect("p34-1", "届いたSMSは次のとおりである", rows...)
	}
	addresses := []string{}
	for a := range t.mails {
		addresses = append(addresses, a)
	}
	slices.Sort(addresses)
	rows = nil
	for _, a := range addresses {
		if n := len(t.mails[a]); n > 0 {
			rows = append(rows, []string{a, strconv.Itoa(n)})
		}
	}
	if rows == nil {
		t.expect("p36-3", "メールは誰にも届いていない")
	} else {
		t.expect("p36-3", "届いたメールは次のとおりである", rows...)
	}
}

// readsText expects the newest SMS to somebody to the letter (p34-5, a-24).
func (t *teller) readsText(called string) {
	all := t.texts[called]
	last := all[len(all)-1]
	t.lines = append(t.lines, Line{Check: true, Rule: "p34-5", Text: called + "に届いたSMSの文面は次のとおりである",
		Doc: strings.Join([]string{"パスコード " + strings.Repeat("0", max(4, t.Policy.Digits)), "ご利用のサービスに入力して手続きを進めてください。",
			"有効期限: " + last.expires.Format("01/02 15:04"), "株式会社クレディセゾン"}, "\n")})
}

// readsMail expects sentences in the newest mail to an address.
func (t *teller) readsMail(rule, to, subject string, sentences ...string) {
	t.expect(rule, "「"+to+"」に届いたメールは「"+strconv.Itoa(len(t.mails[to]))+"」通である")
	t.ours(rule, "そのメールの件名は「"+subject+"」である")
	rows := [][]string{}
	for _, s := range sentences {
		rows = append(rows, []string{s})
	}
	t.expect(rule, "そのメールに次の文が書かれている", rows...)
}
