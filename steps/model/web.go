package model

import (
	"slices"
	"strconv"
	"strings"
)

func (t *teller) sent(a Act) { t.win.again, t.win.refused = &a, nil }

func (t *teller) openForm() bool {
	j := &journey{state: input, touched: t.Now}
	t.journeys = append(t.journeys, j)
	*t.win = window{journey: j, opened: true}
	t.does("新規登録の入力画面を開く")
	t.screen()
	return true
}

// at tells whether the window shows a journey of a channel, which is where
// something can be done to it.
func (t *teller) at(app bool, states ...string) bool {
	j := t.win.journey
	return j != nil && j.app == app && !t.win.away && !t.win.over && t.win.place == "" &&
		(slices.Contains(states, j.state) || j.state == expired && slices.Contains(states, t.win.shown))
}

func (t *teller) submit() bool {
	if !t.at(false, input) {
		return false
	}
	f, ok := t.write(t.p, t.act.Rows)
	if !ok || t.unclear() || t.Policy.Personal == "refuse" && len(t.faults["issuer"]) > 0 && personal(f, Person{}) != nil {
		return false // of a form with two reasons nobody can say which is told
	}
	if len(t.act.Rows) == 0 {
		t.does("正しい内容を入力して確認へ進む")
	} else {
		t.does("次の内容を入力して確認へ進む", t.act.Rows...)
	}
	t.sent(t.act)
	t.submits(f)
	return true
}

// unclear tells whether nobody can say if the issuer, which is broken, is asked: about
// a journey that has ended.
func (t *teller) unclear() bool {
	return len(t.faults["issuer"]) > 0 && t.win.journey.final()
}

// submits is what becomes of a form that is sent.
func (t *teller) submits(f form) {
	if t.ended() {
		return
	}
	j := t.win.journey
	j.touched = t.Now
	if f.newsletter == nil {
		f.newsletter = t.win.newsletter(t.Policy.Newsletter)
	}
	t.win.ticked = f.newsletter
	if wrong := t.check(f); wrong != nil {
		t.screen(wrong...)
		return
	}
	switch t.next("issuer") {
	case Refused, TimedOut, Unheard:
		t.screen(t.unready())
		t.stands(f)
		return
	}
	owner, n, wrong := t.refuses(f, "クレジットカード番号")
	if t.Policy.Personal == "refuse" && (wrong == nil || wrong[0].rule == "a-01") {
		if wrong != nil {
			owner = Person{} // of a card that is not known only the form's own addresses are
		}
		var refused []told
		for _, field := range personal(f, owner) {
			refused = append(refused, told{field, t.Say("error.personal_data"), "a-18"})
		}
		if refused != nil {
			t.screen(refused...)
			return
		}
	}
	if wrong != nil {
		t.screen(wrong...)
		return
	}
	number := owner.Cards[n].Number
	if t.byCard[number] != nil {
		t.screen(told{"クレジットカード番号", t.Say("error.card_registered"), "a-03"})
		return
	}
	if t.taken(f.id, j, number) {
		t.screen(told{"NetアンサーID", t.Say("error.net_answer_id_taken"), "a-04"})
		return
	}
	j.state, j.form, j.person, j.card, j.number = confirm, f, owner.Called, n, number
	t.hold(j)
	t.reserved[strings.ToLower(f.id)] = j
	t.screen(t.warnings(j)...)
}

// warnings are what the confirmation says of an ID or password that was taken all
// the same (p29-3).
func (t *teller) warnings(j *journey) (all []told) {
	if j.state != confirm || t.Policy.Personal != "warn" {
		return nil
	}
	owner, _ := t.person(j.person)
	for _, field := range personal(j.form, owner) {
		id := map[string]string{"NetアンサーID": "warning.personal_data_net_answer_id", "Netアンサーパスワード": "warning.personal_data_password"}[field]
		all = append(all, told{"", t.Say(id), "p29-3"})
	}
	return all
}

// stands expects what was written in the form to stand there still (a-15), as far as it
// is not secret.
func (t *teller) stands(f form) {
	t.shows("a-15", []string{"NetアンサーID", f.id}, []string{"パソコン", f.pc}, []string{"携帯電話・スマートフォン", f.mobile})
	t.ours("a-15", "次の内容が示される", []string{"月", f.month}, []string{"年", f.year})
}

func (t *teller) unready() told { return told{"", t.Say("error.unavailable"), "a-15"} }

func (t *teller) revise() bool {
	if !t.at(false, confirm) {
		return false
	}
	t.does("戻って修正する")
	t.win.again, t.win.ticked = nil, nil
	if t.ended() {
		return true
	}
	j := t.win.journey
	j.state, j.touched = input, t.Now
	t.screenOnly()
	f := j.form
	t.shows("p33-3", []string{"NetアンサーID", f.id}, []string{"パソコン", f.pc}, []string{"携帯電話・スマートフォン", f.mobile})
	t.ours("p33-3", "次の内容が示される", []string{"月", f.month}, []string{"年", f.year})
	return true
}

// screenOnly is screen where what else is said is not asked: the form asks for its
// secrets again.
func (t *teller) screenOnly() {
	t.win.shown = input
	t.title("p33-3", "入力")
	t.contents(t.win.journey)
}

func (t *teller) proceed() bool {
	if !t.at(false, confirm) {
		return false
	}
	t.does("ご本人様確認へ進む")
	t.sent(t.act)
	t.proceeds()
	return true
}

func (t *teller) proceeds() {
	if t.ended() {
		return
	}
	j := t.win.journey
	if j.state != confirm { // a second press
		t.screen()
		t.arrived()
		return
	}
	owner, _ := t.person(j.person)
	switch c := owner.Cards[j.card]; {
	case barred(c):
		j.end(unavailable, "")
		t.screen()
	case mobile(owner.Phone), owner.Phone == "" && owner.Email != "":
		j.touched = t.Now
		t.issues(j)
	case owner.Phone != "":
		j.touched, j.state, j.until = t.Now, telephone, t.Now.Add(t.Policy.CallWindow)
		t.screen()
	default:
		j.end(unavailable, "")
		t.screen()
	}
	t.arrived()
}

// issues sends a passcode to whom the card belongs, in the state that it is then
// waited for.
func (t *teller) issues(j *journey) {
	owner, _ := t.person(j.person)
	was := j.state
	t.serial++
	j.before, j.code = j.code, issued{t.serial, t.Now, t.Now.Add(t.Policy.Lifetime)}
	j.state = passcode
	provider := "SMS"
	if !mobile(owner.Phone) {
		provider = "メール"
	}
	taken, times := t.sends(provider)
	if !taken {
		j.code, j.before = j.before, issued{}
		switch j.state = was; {
		case was == passcode:
			j.reissues--
		case j.app: // from the PIN as well
			j.state = destination
		}
		t.screen(append(t.warnings(j), t.unready())...)
		return
	}
	for range times {
		if provider == "SMS" {
			t.texts[owner.Called] = append(t.texts[owner.Called], text{j.code.serial, j.code.expires})
		} else {
			t.mails[owner.Email] = append(t.mails[owner.Email], letter{"passcode", j.code.serial, nil})
		}
	}
	if was == passcode && t.act.Do == Again { // that it was sent anew is told where it was asked for
		t.win.shown = passcode
		t.title("a-07", titles[j.app][passcode])
	} else if was == passcode {
		t.screen(told{"", t.Say("passcode.reissued"), "a-07"})
	} else {
		t.screen()
	}
	switch {
	case times == 0:
	case provider == "SMS":
		t.readsText(owner.Called)
	default:
		t.readsMail("p34-6", owner.Email, t.Say("mail.passcode_subject"), "会員登録のためのワンタイムパスコードをお送りします。",
			"※有効期限は "+strconv.Itoa(int(t.Policy.Lifetime.Minutes()))+" 分間です。必ず有効期限内にお手続きください。")
	}
}

func (t *teller) reissue() bool {
	if !t.at(false, passcode) && !t.at(true, passcode) {
		return false
	}
	t.does("パスコードを再発行する")
	t.sent(t.act)
	t.reissues()
	return true
}

func (t *teller) reissues() {
	if t.ended() {
		return
	}
	j := t.win.journey
	if j.state != passcode {
		t.screen(t.step())
		return
	}
	if why, may := t.mayReissue(j); !may {
		t.screen(why)
		t.arrived()
		return
	}
	j.reissues++
	j.touched = t.Now
	t.issues(j)
	t.arrived()
}

func (t *teller) mayReissue(j *journey) (told, bool) {
	if j.reissues >= t.Policy.Reissues {
		return told{"", t.Say("error.reissue_limit", "limit", strconv.Itoa(t.Policy.Reissues)), "a-07"}, false
	}
	if left := j.code.at.Add(t.Policy.Interval).Sub(t.Now); left > 0 {
		return told{"", t.Say("error.reissue_interval", "seconds", strconv.Itoa(int((left+999999999)/1000000000))), "a-07"}, false
	}
	return told{}, true
}

func (t *teller) step() told { return told{"", t.Say("error.step"), "a-22"} }
