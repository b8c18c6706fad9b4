package walk

import (
	"fmt"
	"strings"

	"example.com/netanswer/steps/model"
)

// onward draws what is done in the state before somebody, most often what leads on.
func (d *drawing) onward(who string) {
	a := model.Act{Who: who}
	if d.world.Over(who) {
		a.Do = model.Restart
		if d.IntN(3) == 0 || !d.add(a) {
			d.open(who)
		}
		return
	}
	switch d.world.Shown(who) {
	case "始め", "ログイン後", "アプリ company", "アプリ over":
		d.open(who)
		return
	case "Web input":
		a.Do, a.Rows = model.Submit, d.form(who)
	case "Web confirm":
		if a.Do = model.Proceed; d.IntN(4) == 0 {
			a.Do = model.Revise
		}
	case "Web call":
		d.call(who)
		return
	case "Web passcode", "アプリ passcode":
		d.passcode(who)
		return
	case "Web completed":
		d.login(who)
		return
	case "アプリ card":
		a.Do, a.Rows = model.SubmitCard, d.card(who)
	case "アプリ destination":
		a.Do = one(d, []model.Verb{model.Request, model.Request, model.Request, model.ChoosePIN, model.ChoosePIN, model.Back})
	case "アプリ pin":
		switch a.Do = model.EnterPIN; d.IntN(8) {
		case 0, 1, 2:
			a.Digit = 1 + d.IntN(4)
		case 3:
			a.Text = one(d, []string{"258", "25800", "abcd"})
		case 4:
			a.Do = model.ChooseSMS
		}
	case "アプリ email":
		a.Do, a.Text = model.Email, one(d, append(addresses, "aruki@", "aruki@example"))
	case "アプリ password":
		if a.Do, a.Text = model.Password, one(d, append(passwords, "Secret2", "2026-2026", "Secret-Secret")); d.IntN(6) == 0 {
			a.Do, a.Text = model.Back, ""
		}
	case "アプリ terms":
		a.Do = one(d, []model.Verb{model.Agree, model.Agree, model.Agree, model.Decline, model.Back})
	case "アプリ completed":
		if a.Do = model.StartApp; d.IntN(3) == 0 {
			d.login(who)
			return
		}
	case "アプリ wallet":
		a.Do, a.Text = model.Wallet, one(d, []string{"ウォレットに追加する", "今はしない"})
	default:
		taps := model.Taps(strings.TrimPrefix(d.world.Shown(who), "アプリ "))
		if taps == nil {
			return
		}
		if a.Do = model.TapAmount; d.world.Shown(who) != "アプリ home" || d.IntN(3) > 0 {
			a.Do, a.Text = model.Tap, one(d, taps)
		}
	}
	d.add(a)
}

func (d *drawing) open(who string) {
	do := model.OpenForm
	if d.kind.Screen && !d.kind.App && d.world.Opened(who) {
		return // a browser may go on where it was, or begin anew: the guide does not say
	}
	if d.kind.App {
		do = model.OpenCard
	}
	d.add(model.Act{Do: do, Who: who})
}

// addresses are none of any member's.
var addresses = []string{"aruki@example.jp", "aruki+tag@example.jp", "a.ruki@m.example.jp", "aruki@m.example.jp"}

// passcode draws what is typed where a passcode is waited for.
func (d *drawing) passcode(who string) {
	a := model.Act{Do: model.Enter, Who: who, N: d.world.Received(who)}
	switch n := d.IntN(20); {
	case n < 6:
	case n < 11:
		for a.Digit = 1 + d.IntN(6); n < 8; n++ {
			d.add(a)
			a.Digit = 1 + d.IntN(6)
		}
	case n < 13:
		a.N = 1 + d.IntN(max(1, a.N))
	case n < 14 && len(d.who) > 1:
		if a.Of = d.who[0]; a.Of == who {
			a.Of = d.who[1]
		}
		a.N = max(1, d.world.Received(a.Of))
	case n < 15:
		a = model.Act{Do: model.EnterText, Who: who, Text: one(d, []string{"12345", "1234567", "abcdef", "12 456"})}
	case n < 19:
		if d.kind.Clock && d.IntN(4) > 0 {
			d.add(model.Act{Do: model.Wait, Span: d.config.Policy.Interval})
		}
		a = model.Act{Do: model.Reissue, Who: who}
	default:
		a = model.Act{Do: model.ChoosePIN, Who: who}
	}
	d.add(a)
}

// call draws what is done where a call is waited for.
func (d *drawing) call(who string) {
	if !d.kind.Calls {
		d.add(model.Act{Do: model.FinishCall, Who: who})
		return
	}
	a := model.Act{Do: model.Dial, Who: who}
	switch d.IntN(10) {
	case 0:
		a.More = "part"
	case 1:
		a.Text = one(d, []string{"03-0000-1008", "090-0000-1001", "03-0000-2009"})
		if p := d.person(who); p.Phone != "" && d.IntN(2) == 0 { // nearly theirs
			at := len("03-") + d.IntN(len(p.Phone)-len("03-"))
			a.Text = one(d, []string{changed(p.Phone[:at]+"0", at) + p.Phone[min(at+1, len(p.Phone)):], p.Phone[:at] + "9" + p.Phone[at:],
				p.Phone[:at] + p.Phone[at+1:]})
		}
	case 2:
		a.Text = "非通知"
	case 3, 4, 5, 6:
		a.Do = model.FinishCall
	}
	d.add(a)
}

// form draws what differs in a form from what the person would write.
func (d *drawing) form(who string) (rows [][2]string) {
	row := func(label, value string) { rows = append(rows, [2]string{label, value}) }
	p := d.person(who)
	owner := d.owner(p, row)
	switch d.IntN(12) {
	case 0:
		row("セキュリティコード", changed(owner.Cards[0].SecurityCode, d.IntN(8)))
	case 1:
		n := owner.Cards[0].Number
		row("クレジットカード番号", n[:4]+changed(n[4:], d.IntN(11)))
	case 2:
		row("有効期限", one(d, []string{"13/30", "03/24", "12/39", "1/35"}))
	}
	switch d.IntN(8) {
	case 0, 1, 2:
		d.ids++
		row("NetアンサーID", fmt.Sprintf("wlk%c%d%c%d", one(d, symbols), 2026+d.ids, one(d, symbols), d.IntN(9)))
	case 3:
		if asked := d.world.Asked(); len(asked) > 0 {
			row("NetアンサーID", cased(one(d, asked)))
		}
	case 4:
		row(
			"NetアンサーID",
			one(
				d,
				[]string{
					"abcd" + strings.ReplaceAll(owner.Birth, "-", "")[4:],
					"abcd" + strings.ReplaceAll(p.Birth, "-", "")[4:],
					"ab" + last4(owner.Phone) + "cd",
				},
			),
		)
	case 5:
		row("NetアンサーID", one(d, []string{"short1", "toolong-toolong-7", "12345678", "lettersonly", "no!sign1"}))
	}
	switch d.IntN(8) {
	case 0, 1:
		row("Netアンサーパスワード", one(d, passwords[1:]))
	case 2:
		row("Netアンサーパスワード", one(d, []string{"Short-1", "20262026", "OnlyLetters"}))
	case 3:
		word := one(d, passwords)
		row("Netアンサーパスワード", word)
		row("確認用パスワード", changed(word, d.IntN(len(word))))
	}
	d.mail(row)
	if d.IntN(2) == 0 {
		row("メールマガジン", one(d, []string{"受け取る", "受け取らない"}))
	} else if d.kind.Screen { // the box stays as it was left
		row("メールマガジン", "受け取る")
	}
	return rows
}

// symbols may stand in an ID and a password (p16-4).
var symbols = []rune("-=@_")

// mail draws addresses that differ from the registered ones.
func (d *drawing) mail(row func(label, value string)) {
	switch d.IntN(7) {
	case 0, 1:
		row("パソコン", one(d, addresses))
	case 2:
		row("携帯電話・スマートフォン", one(d, addresses))
	case 3:
		row("パソコン", "")
		row("携帯電話・スマートフォン", one(d, addresses))
	case 4:
		both := one(d, addresses)
		row("パソコン", both)
		row("携帯電話・スマートフォン", both)
	case 5:
		row("パソコン", one(d, []string{"aruki", "aruki@example", "", "a ruki@example.jp"}))
	}
}

// owner draws whose card is written, now and then somebody else's or the second one.
func (d *drawing) owner(p model.Person, row func(label, value string)) model.Person {
	switch n := d.IntN(8); {
	case n < 4 && len(p.Cards) > 1:
		row("カード", model.Card(p.Called, 1))
	case n == 7 && len(d.who) > 1:
		other := d.person(d.who[0])
		if other.Called == p.Called {
			other = d.person(d.who[1])
		}
		row("カード", model.Card(other.Called, 0))
		return other
	}
	return p
}

func (d *drawing) card(who string) (rows [][2]string) {
	row := func(label, value string) { rows = append(rows, [2]string{label, value}) }
	owner := d.owner(d.person(who), row)
	switch d.IntN(12) {
	case 0:
		row("セキュリティコード", changed(owner.Cards[0].SecurityCode, d.IntN(8)))
	case 1:
		row("カード番号", owner.Cards[0].Number[:4]+changed(owner.Cards[0].Number[4:], d.IntN(11)))
	case 2:
		row("有効期限", one(d, []string{"13/30", "03/24", "12/39"}))
	}
	return rows
}

func (d *drawing) person(called string) model.Person {
	p, ok := d.world.Person(called)
	if !ok {
		panic("walk: nobody is called " + called)
	}
	return p
}

func last4(phone string) string {
	if len(phone) < 4 {
		return "9999"
	}
	return phone[len(phone)-4:]
}

// changed is a text with one digit or letter changed.
func changed(s string, at int) string {
	at %= len(s)
	c := s[at]
	switch {
	case '0' <= c && c <= '9':
		c = '0' + (c-'0'+3)%10
	default:
		c = 'z'
	}
	return s[:at] + string(c) + s[at+1:]
}
