package model

import (
	"strconv"
	"time"
)

func (t *teller) openCard() bool {
	if t.win.opened {
		t.does("アプリを入れなおしてカード情報の入力まで進む")
	} else {
		t.does("アプリでカード情報の入力まで進む")
	}
	t.World.Now = t.World.Now.Add(t.Installing)
	j := &journey{app: true, state: card, touched: t.World.Now, device: t.Device}
	t.journeys = append(t.journeys, j)
	*t.win = window{journey: j, opened: true}
	t.screen()
	return true
}

func (t *teller) submitCard() bool {
	if !t.at(true, card) {
		return false
	}
	f, ok := t.write(t.p, t.act.Rows)
	if !ok || t.unclear() {
		return false
	}
	if len(t.act.Rows) == 0 {
		t.does("正しいカード情報を入力して次へ進む")
	} else {
		t.does("次のカード情報を入力して次へ進む", t.act.Rows...)
	}
	t.sent(t.act)
	if t.ended() {
		return true
	}
	j := t.win.journey
	j.touched = t.Now
	f.number = digitsOrAll(f.number)
	if wrong := t.checkCard(f, "カード番号"); wrong != nil {
		t.screen(wrong...)
		return true
	}
	switch t.next("issuer") {
	case Refused, TimedOut, Unheard:
		t.screen(t.unready())
		return true
	}
	owner, n, wrong := t.refuses(f, "カード番号")
	if wrong != nil {
		t.screen(wrong...)
		return true
	}
	j.state, j.person, j.card, j.number = destination, owner.Called, n, owner.Cards[n].Number
	t.hold(j)
	t.screen()
	t.arrived()
	return true
}

// digitsOrAll is a number without what people put between its groups.
func digitsOrAll(s string) string {
	out := ""
	for _, c := range s {
		if c != ' ' && c != '-' {
			out += string(c)
		}
	}
	return out
}

func (t *teller) request() bool {
	j := t.win.journey
	if !t.at(true, destination) {
		return false
	}
	owner, _ := t.person(j.person)
	if !mobile(owner.Phone) {
		return false // there is no such button
	}
	t.does("送付先を確かめて認証を求める")
	t.sent(t.act)
	if t.ended() {
		return true
	}
	t.requests()
	return true
}

func (t *teller) requests() {
	j := t.win.journey
	owner, _ := t.person(j.person)
	switch {
	case barred(owner.Cards[j.card]):
		j.end(unavailable, "")
		t.screen()
	case t.Now.Before(j.code.expires): // back from the PIN
		j.state, j.touched = passcode, t.Now
		t.screen()
	default:
		if j.code.serial != 0 {
			if why, may := t.mayReissue(j); !may {
				t.screen(why)
				t.arrived()
				return
			}
			j.reissues++
			j.code = issued{}
		}
		j.touched = t.Now
		t.issues(j)
	}
	t.arrived()
}

func (t *teller) choosePIN() bool {
	if !t.at(true, destination, passcode) {
		return false
	}
	t.does("暗証番号での確認を選ぶ")
	t.win.again = nil
	if t.ended() {
		return true
	}
	j := t.win.journey
	if owner, _ := t.person(j.person); barred(owner.Cards[j.card]) {
		j.end(unavailable, "")
	} else {
		j.state, j.touched = pin, t.Now
	}
	t.screen()
	t.arrived()
	return true
}

func (t *teller) chooseSMS() bool {
	j := t.win.journey
	if !t.at(true, pin) {
		return false
	}
	owner, _ := t.person(j.person)
	if !mobile(owner.Phone) {
		return false
	}
	t.does("SMSでの確認に戻る")
	t.win.again = nil
	if t.ended() {
		return true
	}
	t.requests()
	return true
}

// enterPIN types the PIN of the person's first card, or with a digit changed.
func (t *teller) enterPIN() bool {
	if !t.at(true, pin) || t.unclear() || t.act.Digit > len(t.p.Cards[0].PIN) {
		return false
	}
	if t.act.Text != "" && len(t.act.Text) == t.Policy.PINDigits && digits(t.act.Text) == t.act.Text {
		return false
	}
	switch {
	case t.act.Text != "":
		t.does("暗証番号に「" + t.act.Text + "」を入力する")
	case t.act.Digit > 0:
		t.does("暗証番号の" + strconv.Itoa(t.act.Digit) + "桁目を変えて入力する")
	default:
		t.does("正しい暗証番号を入力する")
	}
	t.sent(t.act)
	if t.ended() {
		return true
	}
	j := t.win.journey
	j.touched = t.Now
	if t.act.Text != "" {
		t.screen(told{"暗証番号", t.Say("error.pin_form", "digits", strconv.Itoa(t.Policy.PINDigits)), "p13-2"})
		return true
	}
	fault := t.next("issuer")
	if fault == Refused || fault == TimedOut {
		t.screen(t.unready())
		return true
	}
	owner, _ := t.person(j.person)
	right := t.act.Digit == 0 && t.p.Cards[0].PIN == owner.Cards[j.card].PIN
	wrong := t.wrongPIN[j.number]
	stopped := wrong >= t.Policy.PINAttempts
	switch {
	case stopped:
	case right:
		t.wrongPIN[j.number] = 0
	default:
		t.wrongPIN[j.number] = wrong + 1
	}
	if fault == Unheard {
		t.screen(t.unready())
		return true
	}
	left := t.Policy.PINAttempts - t.wrongPIN[j.number]
	switch {
	case stopped && !mobile(owner.Phone):
		j.end(unavailable, "")
		t.screen()
	case stopped:
		t.screen(told{"暗証番号", t.Say("error.pin_stopped"), "a-09"})
	case right:
		j.proves(t.World)
		t.screen()
	case left > 0:
		t.screen(told{"暗証番号", t.Say("error.pin_wrong", "remaining", strconv.Itoa(left)), "a-09"})
	default:
		j.end(locked, "pin")
		t.screen()
	}
	return true
}

// proves is a journey in the app whose identity was proved.
func (j *journey) proves(w *World) {
	j.state, j.known, j.touched = email, true, w.Now
	j.code, j.before = issued{}, issued{}
}

func (t *teller) email() bool {
	if !t.at(true, email) {
		return false
	}
	t.does("メールアドレスに「" + t.act.Text + "」を入力して次へ進む")
	t.sent(t.act)
	if t.ended() {
		return true
	}
	j := t.win.journey
	j.touched = t.Now
	switch {
	case t.act.Text == "":
		t.screen(told{"メールアドレス", t.Say("error.required"), "p15-1"})
	case !address(t.act.Text):
		t.screen(told{"メールアドレス", t.Say("error.email_form"), "a-13"})
	default:
		j.form.mobile, j.state = t.act.Text, password
		t.screen()
	}
	return true
}

func (t *teller) password() bool {
	if !t.at(true, password) {
		return false
	}
	t.does("パスワードに「" + t.act.Text + "」を入力して次へ進む")
	t.sent(t.act)
	if t.ended() {
		return true
	}
	j := t.win.journey
	j.touched = t.Now
	if wrong := t.credential("Netアンサーパスワード", t.act.Text, t.Policy.PasswordMin, t.Policy.PasswordMax, "p16-1"); wrong != nil {
		t.screen(wrong...)
		return true
	}
	j.form.password, j.state = t.act.Text, terms
	if t.byCard[j.number] != nil {
		t.screen(told{"", t.Say("app_terms.anew"), "a-03"})
	} else {
		t.screen()
	}
	return true
}

func (t *teller) decline() bool {
	if !t.at(true, terms) {
		return false
	}
	t.does("規約に同意せずに登録しようとする")
	t.win.again = nil
	if t.ended() {
		return true
	}
	t.win.journey.touched = t.Now
	t.title("a-17", "利用規約の確認")
	t.arrived()
	return true
}

func (t *teller) agree() bool {
	if !t.at(true, terms) || len(t.faults["issuer"]) > 0 {
		return false
	}
	t.does("規約に同意して登録する")
	t.sent(t.act)
	if t.ended() {
		return true
	}
	j := t.win.journey
	a := t.byCard[j.number]
	anew := a != nil
	if anew { // the ID stays, and whoever was logged in is so no more (a-03)
		a.password, a.pc, a.mobile, a.failures, a.until = j.form.password, "", j.form.mobile, 0, time.Time{}
		a.gen++
		a.wallet = ""
	} else {
		a = &account{password: j.form.password, person: j.person, card: j.card, mobile: j.form.mobile}
		t.open(a)
	}
	a.device = t.Device
	j.state, j.given, j.account = completed, a.id, a
	t.win.account, t.win.gen = a, a.gen
	t.screen()
	t.enrols(j.number)
	t.welcomes(a, anew)
	return true
}

func (t *teller) back() bool {
	if !t.at(true, destination, password, terms) {
		return false
	}
	t.does("前の画面へ戻る")
	t.win.again = nil
	if t.ended() {
		return true
	}
	j := t.win.journey
	j.touched = t.Now
	j.state = map[string]string{destination: card, password: email, terms: password}[j.state]
	t.win.shown = j.state
	t.title("a-22", titles[true][j.state])
	if j.state == email {
		t.shows("p15-1", []string{"メールアドレス", j.form.mobile})
	}
	return true
}
