package walk

import (
	"strings"
	"time"

	"example.com/netanswer/steps/model"
)

// A theme is what a walk stays with, so that it goes deep: the third reissue after a
// detour by the PIN comes about by chance alone once in thousands of walks. Policies
// are those that are then changed most often.
type theme struct {
	app, web bool // where it can be
	policies []string
	contacts []string // telephones that the card company then has on file; "" for none
	reach    string   // the state that it begins at, as model.World.Shown writes it
	uses     bool     // whether it is about what cards were used for
	do       func(d *drawing, who string)
}

// themes are gone in turn by chance; a third of all walks has none.
var themes = []theme{
	{app: true, web: true, reach: "passcode", do: (*drawing).aroundPasscode, contacts: []string{"", "060-0000-3001"},
		policies: []string{"passcode_attempts", "passcode_reissues", "passcode_reissue_interval", "passcode_lifetime", "destination_mask"}},
	{web: true, reach: "call", do: (*drawing).aroundCall, contacts: []string{"03-0000-3003", "06-0000-3004", "050-0000-3005"},
		policies: []string{"call_window", "free_dial_number", "registration_idle"}},
	{app: true, reach: "pin", do: (*drawing).aroundPIN, contacts: []string{"", "03-0000-3003"},
		policies: []string{"pin_attempts", "passcode_reissues", "passcode_attempts"}},
	{web: true, reach: "input", do: (*drawing).aroundForm,
		policies: []string{"personal_data_in_credentials", "id_equal_password", "net_answer_id_max", "password_min", "newsletter_default"}},
	{app: true, reach: "password", do: (*drawing).backAndForth, policies: []string{"destination_mask", "password_max"}},
	{app: true, web: true, reach: "", do: (*drawing).slowly, policies: []string{"registration_idle", "passcode_lifetime", "call_window"},
		contacts: []string{"", "03-0000-3003"}},
	{app: true, web: true, reach: "", do: (*drawing).tirelessly, policies: []string{"registration_idle", "passcode_lifetime", "passcode_reissues"}},
	{app: true, web: true, reach: "completed", do: (*drawing).aroundLogin, policies: []string{"login_attempts", "login_lock",
		"three_d_secure_enrolment"}},
	{app: true, web: true, reach: "completed", do: (*drawing).aroundHome, uses: true, policies: []string{"session_lifetime"}},
}

// choose draws a theme that this kind of walk can have; nil for none.
func (d *drawing) choose() *theme {
	if d.IntN(3) == 0 {
		return nil
	}
	var can []*theme
	for i := range themes {
		if t := &themes[i]; (d.kind.App && t.app || !d.kind.App && t.web) && (t.reach != "call" || d.kind.Calls && d.kind.Issuer) {
			can = append(can, t)
		}
	}
	return one(d, can)
}

// begin sets the scene of a theme: who is reached how, which choices differ, and all
// that comes before the state that it is about.
func (d *drawing) begin(t *theme) {
	for try := 0; try < 20 && !d.sound(); try++ {
		d.who = nil
		d.cast()
	}
	if d.kind.Issuer && len(t.contacts) > 0 && (t.reach == "call" || d.IntN(3) == 0) {
		same := one(d, t.contacts)
		for _, who := range d.who {
			if t.reach != "call" { // two who share a mobile phone share what arrives there
				same = one(d, t.contacts)
			}
			if d.add(model.Act{Do: model.Contact, Who: who, Text: same}); t.reach != "call" {
				break
			}
		}
	}
	if d.kind.Issuer && t.uses {
		d.used(d.who[0])
	}
	for d.kind.Policy && d.IntN(2) == 0 {
		for _, c := range model.Choices {
			if c.Key == one(d, t.policies) && len(c.Others) > 0 {
				d.add(model.Act{Do: model.Choose, Text: c.Key, More: one(d, c.Others)})
			}
		}
	}
	for _, who := range d.who {
		d.reach(who, t.reach)
		if d.IntN(2) == 0 {
			break
		}
	}
}

// sound tells whether whom the walk is about can register.
func (d *drawing) sound() bool {
	for _, who := range d.who {
		p := d.person(who)
		if c := p.Cards[0]; c.Product != "" || c.Status != "" && c.Status != "active" || p.Phone+p.Email == "" ||
			p.Expires().Before(d.world.Now) ||
			c.Account != nil && !d.kind.App {
			return false
		}
	}
	return true
}

// reach does what is right until a state is before somebody.
func (d *drawing) reach(who, state string) {
	for range 10 {
		if state == "" || strings.HasSuffix(d.world.Shown(who), " "+state) || !d.rightly(who) {
			return
		}
	}
}

// rightly does what leads on from the state before somebody.
func (d *drawing) rightly(who string) bool {
	a := model.Act{Who: who}
	switch d.world.Shown(who) {
	case "Web input":
		a.Do = model.Submit
		if d.kind.Screen {
			a.Rows = [][2]string{{"メールマガジン", "受け取る"}}
		}
	case "Web confirm":
		a.Do = model.Proceed
	case "Web passcode", "アプリ passcode":
		a.Do, a.N = model.Enter, d.world.Received(who)
	case "Web call":
		if a.Do = model.FinishCall; d.kind.Calls {
			d.add(model.Act{Do: model.Dial, Who: who})
		}
	case "アプリ card":
		a.Do = model.SubmitCard
	case "アプリ destination":
		if a.Do = model.Request; !d.add(a) {
			a.Do = model.ChoosePIN
			return d.add(a)
		}
		return true
	case "アプリ pin":
		a.Do = model.EnterPIN
	case "アプリ email":
		a.Do, a.Text = model.Email, one(d, addresses)
	case "アプリ password":
		a.Do, a.Text = model.Password, one(d, passwords)
	case "アプリ terms":
		a.Do = model.Agree
	default:
		before := len(d.acts)
		d.open(who)
		return len(d.acts) > before
	}
	return d.add(a)
}

// aroundPasscode reissues, detours and tries until something ends.
func (d *drawing) aroundPasscode(who string) {
	if !strings.HasSuffix(d.world.Shown(who), "passcode") {
		d.onward(who)
		return
	}
	a := model.Act{Do: model.Enter, Who: who, N: d.world.Received(who)}
	switch n := d.IntN(18); {
	case n > 15: // the one before, which a reissue has voided
		a.N = max(1, a.N-1)
	case n < 5:
		a.Digit = 1 + d.IntN(d.world.Policy.Digits)
	case n < 10:
		if d.kind.Clock {
			d.add(model.Act{Do: model.Wait, Span: d.world.Policy.Interval})
		}
		if d.kind.Faults && d.IntN(4) == 0 {
			provider := "SMS"
			if p, _ := d.world.Person(who); p.Phone == "" {
				provider = "メール"
			}
			how := one(d, []string{model.Refused, model.TimedOut, model.Doubled, model.Lost})
			d.add(model.Act{Do: model.Break, N: 1, Text: provider, More: how})
		}
		a = model.Act{Do: model.Reissue, Who: who}
	case n < 12 && d.kind.App:
		d.add(model.Act{Do: model.ChoosePIN, Who: who})
		a = model.Act{Do: model.ChooseSMS, Who: who}
	case n < 13:
		a.N = 1 + d.IntN(max(1, a.N))
	case n < 14 && d.kind.Clock:
		a = model.Act{Do: model.Wait, Span: d.span()}
	case n < 15:
		d.passcode(who)
		return
	}
	d.add(a)
}

// aroundCall calls in all ways, from two windows and by two people at one telephone.
func (d *drawing) aroundCall(who string) {
	if !strings.HasSuffix(d.world.Shown(who), "call") {
		d.onward(who)
		return
	}
	switch n := d.IntN(14); {
	case n > 11 && d.kind.Clock: // too early, and then too late
		d.add(model.Act{Do: model.FinishCall, Who: who})
		if limits := d.world.Limits(); len(limits) > 0 {
			d.add(model.Act{Do: model.Wait, Span: one(d, limits[:min(2, len(limits))]) + time.Second})
		}
		d.add(model.Act{Do: model.FinishCall, Who: who})
	case n < 2:
		d.add(model.Act{Do: model.Dial, Who: who, More: "part"})
	case n < 4:
		d.call(who)
	case n < 6 && d.kind.Clock:
		d.add(model.Act{Do: model.Wait, Span: d.span()})
	case n < 7:
		d.add(model.Act{Do: model.Again, Who: who})
	case n < 9 && !d.kind.Screen: // a window more, often with another card
		d.add(model.Act{Do: model.Swap, Who: who})
		if strings.HasSuffix(d.world.Shown(who), "call") {
			return
		}
		d.open(who)
		a := model.Act{Do: model.Submit, Who: who}
		if p := d.person(who); len(p.Cards) > 1 {
			d.ids++
			a.Rows = [][2]string{{"カード", model.Card(p.Called, 1)}, {"NetアンサーID", "wlk-other-" + string(rune('0'+d.ids%10))}}
		}
		d.add(a)
		d.add(model.Act{Do: model.Proceed, Who: who})
	case n < 10:
		d.add(model.Act{Do: model.Dial, Who: who})
	default:
		d.add(model.Act{Do: model.FinishCall, Who: who})
	}
}

// aroundPIN tries the PIN, goes back to the SMS and begins anew with the same card.
func (d *drawing) aroundPIN(who string) {
	a := model.Act{Who: who}
	switch shown := d.world.Shown(who); {
	case shown == "アプリ pin":
		d.issuerFails(6)
		switch n := d.IntN(10); {
		case n < 5:
			a.Do, a.Digit = model.EnterPIN, 1+d.IntN(d.world.Policy.PINDigits)
		case n < 7:
			a.Do = model.ChooseSMS
		case n < 9:
			a.Do = model.EnterPIN
		default:
			d.open(who)
			d.reach(who, "pin")
			return
		}
	case shown == "アプリ passcode":
		if a = (model.Act{Do: model.Enter, Who: who, N: d.world.Received(who), Digit: 1 + d.IntN(d.world.Policy.Digits)}); d.IntN(2) == 0 {
			a = model.Act{Do: model.ChoosePIN, Who: who}
		}
	case shown == "アプリ destination" && d.IntN(2) == 0:
		a.Do = model.ChoosePIN
	default:
		d.onward(who)
		return
	}
	d.add(a)
}

// aroundForm sends forms in which one thing is unlike what is right, and revises them.
func (d *drawing) aroundForm(who string) {
	switch d.world.Shown(who) {
	case "Web confirm":
		if d.IntN(4) > 0 {
			d.add(model.Act{Do: model.Revise, Who: who})
		} else {
			d.rightly(who)
		}
		return
	case "Web input":
	default:
		d.onward(who)
		return
	}
	p, _ := d.world.Person(who)
	var rows [][2]string
	row := func(label, value string) { rows = append(rows, [2]string{label, value}) }
	for range 1 + d.IntN(2) {
		switch d.IntN(9) {
		case 0:
			row("確認用パスワード", cased("Secret-2026"))
		case 1:
			row("NetアンサーID", one(d, personals(p)))
		case 2:
			row("Netアンサーパスワード", one(d, personals(p)))
		case 3:
			row("パソコン", one(d, []string{"Aruki@Example.JP", "aruki@sub.example.co.jp", "ARUKI@example.jp", "a_ruki-1@example.jp"}))
		case 4:
			row("携帯電話・スマートフォン", one(d, []string{"Aruki-M@Example.JP", "aruki@example", "a.ruki@m.example.jp"}))
		case 5:
			row("NetアンサーID", "Same-2026")
			row("Netアンサーパスワード", one(d, []string{"Same-2026", "SAME-2026"}))
		case 6:
			row("Netアンサーパスワード", one(d, []string{"ONLYBIG-26", "with_under1", "at@equal=1", "no!sign-1"}))
		default:
			d.owner(p, row)
		}
	}
	rows = once(rows)
	if d.kind.Screen {
		rows = append(rows, [2]string{"メールマガジン", one(d, []string{"受け取る", "受け取らない"})})
	} else if d.IntN(2) == 0 {
		rows = append(rows, [2]string{"メールマガジン", one(d, []string{"受け取る", "受け取らない"})})
	}
	d.issuerFails(6)
	d.add(model.Act{Do: model.Submit, Who: who, Rows: rows})
}

// personals are IDs or passwords that hold what somebody who knows the person knows.
func personals(p model.Person) (all []string) {
	if local, _, ok := strings.Cut(p.Email, "@"); ok {
		all = append(all, local+"-26a", strings.ToUpper(local)+"-26a")
	}
	if len(p.Birth) == len("2006-01-02") {
		all = append(all, "abcd"+p.Birth[5:7]+p.Birth[8:])
	}
	return append(all, "aruki-2026", "ab"+last4(p.Phone)+"cd")
}

// once keeps the first row of each label.
func once(rows [][2]string) (kept [][2]string) {
	seen := map[string]bool{}
	for _, r := range rows {
		if !seen[r[0]] {
			seen[r[0]] = true
			kept = append(kept, r)
		}
	}
	return kept
}

// backAndForth gives everything in the app twice, and differently.
func (d *drawing) backAndForth(who string) {
	a := model.Act{Who: who}
	switch shown := d.world.Shown(who); {
	case shown == "アプリ password" && d.IntN(3) == 0, shown == "アプリ terms" && d.IntN(2) == 0, shown == "アプリ destination" && d.IntN(2) == 0:
		a.Do = model.Back
	case shown == "アプリ card":
		a.Do = model.SubmitCard
		d.owner(d.person(who), func(label, value string) { a.Rows = append(a.Rows, [2]string{label, value}) })
	case shown == "アプリ completed" && d.IntN(2) == 0:
		d.login(who)
		return
	default:
		if !d.rightly(who) {
			d.onward(who)
		}
		return
	}
	d.add(a)
}

// aroundLogin logs in rightly and wrongly, until it is stopped, by all who can.
func (d *drawing) aroundLogin(who string) {
	entries := d.world.Entries()
	if len(entries) == 0 || d.IntN(8) == 0 {
		d.onward(who)
		return
	}
	e := one(d, entries)
	if n := d.IntN(6); n == 0 && d.kind.Clock {
		d.add(model.Act{Do: model.Wait, Span: d.span()})
		return
	}
	a := model.Act{Do: model.Login, Who: who, Text: e.ID, More: e.Password}
	if e.ID == "" {
		a = model.Act{Do: model.MailLogin, Who: who, Text: e.Address, More: e.Password}
	}
	switch d.IntN(6) {
	case 0, 1, 2:
		a.Digit = 1 + d.IntN(len(e.Password))
	case 3:
		a.More = cased(e.Password)
	case 4:
		a.More = strings.ToLower(e.Password[:1]) + e.Password[1:]
	}
	if a.Do == model.Login && d.IntN(3) == 0 {
		a.Text = strings.ToUpper(a.Text) // the same ID (a-28), however wrong the password is
	}
	for range 1 + d.IntN(3) {
		d.add(a)
	}
}
