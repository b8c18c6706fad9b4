package model

import (
	"slices"
	"strconv"
	"strings"
)

// received are the passcodes that reached somebody, in the order they arrived.
func (w *World) received(p Person) (serials []int) {
	if p.Phone != "" {
		for _, m := range w.texts[p.Called] {
			serials = append(serials, m.passcode)
		}
		return serials
	}
	for _, m := range w.mails[p.Email] {
		if m.passcode != 0 {
			serials = append(serials, m.passcode)
		}
	}
	return serials
}

// enter types a passcode that somebody received, rightly or with one digit changed.
func (t *teller) enter() bool {
	if !t.at(false, passcode) && !t.at(true, passcode) {
		return false
	}
	of, whose := t.p, ""
	if t.act.Of != "" && t.act.Of != t.act.Who {
		var ok bool
		if of, ok = t.person(t.act.Of); !ok {
			return false
		}
		whose = of.Called + "に"
	}
	got := t.received(of)
	if t.act.N < 1 || t.act.N > len(got) || t.act.Digit > t.Policy.Digits {
		return false
	}
	said := whose + strconv.Itoa(t.act.N) + "通目に届いたパスコードを入力する"
	if t.act.Digit > 0 {
		said = whose + strconv.Itoa(t.act.N) + "通目に届いたパスコードの" + strconv.Itoa(t.act.Digit) + "桁目を変えて入力する"
	}
	t.does(said)
	t.sent(t.act)
	t.enters(got[t.act.N-1], t.act.Digit > 0)
	return true
}

// enters is what becomes of a passcode that is sent.
func (t *teller) enters(serial int, changed bool) {
	if t.ended() {
		return
	}
	j := t.win.journey
	if j.state == completed || j.known { // a second press
		t.screen()
		t.arrived()
		return
	}
	if j.state != passcode {
		t.screen(t.step())
		return
	}
	j.touched = t.Now
	if serial == j.code.serial && !changed {
		if j.app {
			j.proves(t.World)
			t.screen()
			return
		}
		t.completes()
		return
	}
	j.attempts++
	if left := t.Policy.Attempts - j.attempts; left > 0 {
		t.screen(told{"ワンタイムパスコード", t.Say("error.passcode_wrong", "remaining", strconv.Itoa(left)), "a-06"})
		return
	}
	j.end(locked, "passcode")
	t.screen()
}

// enterText types what is no passcode: it is not counted.
func (t *teller) enterText() bool {
	if !t.at(false, passcode) && !t.at(true, passcode) {
		return false
	}
	if len(t.act.Text) == t.Policy.Digits && digits(t.act.Text) == t.act.Text {
		return false
	}
	t.does("パスコードに「" + t.act.Text + "」を入力する")
	t.win.again = nil
	if t.ended() {
		return true
	}
	t.win.journey.touched = t.Now
	t.screen(told{"ワンタイムパスコード", t.Say("error.passcode_form", "digits", strconv.Itoa(t.Policy.Digits)), "p34-3"})
	return true
}

// completes opens the account of the journey in the window, on the web.
func (t *teller) completes() {
	j := t.win.journey
	key := strings.ToLower(j.form.id)
	if t.accounts[key] != nil || t.byCard[j.number] != nil {
		return // hold and taken leave no way here
	}
	a := &account{id: j.form.id, password: j.form.password, person: j.person, card: j.card, pc: j.form.pc, mobile: j.form.mobile}
	t.open(a)
	j.state, j.given, j.account = completed, a.id, a
	t.screen()
	t.enrols(j.number)
	t.welcomes(a, false)
}

// enrols counts an enrolment in 3-D Secure, which is done once (p31-4).
func (t *teller) enrols(number string) {
	if t.Policy.Enrolled {
		switch t.next("issuer") {
		case Refused, TimedOut:
			t.unsure[number] = true // it may be tried again, or not
		}
		t.enrolled[number] = 1
	}
	if t.unsure[number] {
		return
	}
	p, n, _ := t.holder(number)
	t.ours("p31-4", p.Called+"の「"+strconv.Itoa(n+1)+"」枚目のカードは本人認証サービスに「"+strconv.Itoa(t.enrolled[number])+"」回登録されている")
}

// welcomes sends the ID to the addresses of an account, to each once (p36-3, a-21).
func (t *teller) welcomes(a *account, anew bool) {
	to := []string{a.pc, a.mobile}
	if a.pc == a.mobile {
		to = to[:1]
	}
	subject, rule := t.Say("mail.completed_subject"), "p36-3"
	if anew {
		subject, rule = t.Say("mail.registered_anew_subject"), "a-03"
	}
	var reached []string
	for _, address := range to {
		if address == "" {
			continue
		}
		if _, times := t.sends("メール"); times > 0 {
			t.mails[address] = append(t.mails[address], slices.Repeat([]letter{{subject: subject, of: a}}, times)...)
			reached = append(reached, address)
		}
	}
	t.arrived()
	for _, address := range reached {
		if a.chosen() {
			t.readsMail(rule, address, subject, "お客様のNetアンサーIDは "+a.id+" です。")
		} else {
			t.readsMail(rule, address, subject, "お客様のNetアンサーIDは")
		}
	}
}
