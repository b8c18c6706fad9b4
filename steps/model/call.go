package model

// dial calls the free-dial number and hears the guidance out, or a part of it.
func (t *teller) dial() bool {
	from := t.act.Text
	if from == "" {
		from = t.p.Phone
	}
	part := t.act.More == "part"
	if from == "" || part && t.act.Text != "" || t.undecided(from) {
		return false
	}
	switch {
	case t.act.Text == "非通知":
		if from = t.p.Phone; from == "" {
			return false
		}
		t.does("番号を通知せずにかけて最後まで聞く")
	case t.act.Text != "":
		t.does("「" + t.act.Text + "」からかけて最後まで聞く")
	case part:
		t.does("登録の電話からかけて途中で切る")
	default:
		t.does("登録の電話からかけて最後まで聞く")
	}
	if t.next("電話") == Engaged {
		t.expect("a-10", "その電話は「話し中」である")
		return true
	}
	t.expect("p35-1", "その電話は「応答」である")
	if t.act.Text == "非通知" {
		t.hears("a-10", "guidance.withheld")
		return true
	}
	j, late := t.awaiting(from)
	switch {
	case j != nil:
		t.hears("p35-4", "guidance.confirmed")
		if !part {
			j.heard, j.touched = true, t.Now
		}
	case late:
		t.hears("a-12", "guidance.too_late")
	default:
		t.hears("a-10", "guidance.unknown")
	}
	return true
}

func (t *teller) hears(rule, id string) {
	said := "電話で「" + t.Say(id) + "」と聞こえる"
	if rule == "p35-4" {
		t.expect(rule, said)
	} else {
		t.ours(rule, said)
	}
}

// awaiting is the journey that waits for a call from a number, the one whose
// screen was shown last; late tells whether one waited for it in vain.
func (t *teller) awaiting(from string) (found *journey, late bool) {
	for _, j := range t.journeys {
		t.settle(j)
		owner, _ := t.person(j.person)
		if j.person == "" || digits(owner.Phone) != digits(from) {
			continue
		}
		if j.state == telephone && (found == nil || !j.until.Before(found.until)) {
			found = j
		}
		late = late || j.state == expired && j.reason == "call"
	}
	return found, late
}

// undecided tells whether two journeys wait for a call from a number whose screens
// were shown at one moment: nobody says which of them it confirms.
func (t *teller) undecided(from string) bool {
	found, _ := t.awaiting(from)
	for _, j := range t.journeys {
		owner, _ := t.person(j.person)
		if found != nil && j != found && j.state == telephone && digits(owner.Phone) == digits(from) && j.until.Equal(found.until) {
			return true
		}
	}
	return false
}

func (t *teller) finishCall() bool {
	if !t.at(false, telephone) {
		return false
	}
	t.does("認証を完了する")
	t.sent(t.act)
	t.finishes()
	return true
}

func (t *teller) finishes() {
	if t.ended() {
		return
	}
	j := t.win.journey
	switch {
	case j.state == completed:
		t.screen()
		t.arrived()
		return
	case j.state != telephone:
		t.screen(t.step())
		return
	}
	j.touched = t.Now
	if !j.heard {
		t.screen(told{"", t.Say("error.call_not_confirmed"), "a-11"})
		return
	}
	t.completes()
}
