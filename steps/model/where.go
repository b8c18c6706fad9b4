package model

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Where is the state before a person: of the web or the app, of what follows, or
// 始め where nothing was opened.
func (w *World) Where(called string) string {
	win := w.window(called)
	j := win.journey
	switch {
	case win.away:
		return "ログイン後"
	case win.place != "":
		return "アプリ " + win.place
	case j == nil:
		return "始め"
	}
	w.settle(j)
	if j.app {
		return "アプリ " + j.state
	}
	return "Web " + j.state
}

// Shown is the state whose screen is before a person, although it may have ended
// since, as Where writes it.
func (w *World) Shown(called string) string {
	win := w.window(called)
	if where := w.Where(called); !strings.HasSuffix(where, " "+expired) || win.shown == "" {
		return where
	}
	if win.journey.app {
		return "アプリ " + win.shown
	}
	return "Web " + win.shown
}

// Person is somebody as the card company knows them now.
func (w *World) Person(called string) (Person, bool) { return w.person(called) }

// Over tells whether an end is before a person.
func (w *World) Over(called string) bool { return w.window(called).over }

// Opened tells whether a person has opened anything in the window in use.
func (w *World) Opened(called string) bool { return w.window(called).opened }

// Received is how many passcodes reached a person.
func (w *World) Received(called string) int {
	p, _ := w.person(called)
	return len(w.received(p))
}

// Limits are how long it takes to whatever time alone changes for somebody, and to
// midnight, the end of the month and of the year.
func (w *World) Limits() []time.Duration {
	var all []time.Duration
	add := func(at time.Time) {
		if d := at.Sub(w.Now); d > 0 {
			all = append(all, d)
		}
	}
	for _, j := range w.journeys {
		if j.final() {
			continue
		}
		add(j.touched.Add(w.Policy.Idle))
		if j.code.serial != 0 {
			add(j.code.expires)
			add(j.code.at.Add(w.Policy.Interval))
		}
		if j.state == telephone {
			add(j.until)
		}
	}
	for _, a := range w.accounts {
		add(a.until)
	}
	y, m, d := w.Now.Date()
	add(time.Date(y, m, d+1, 0, 0, 0, 0, w.Now.Location()))
	slices.Sort(all)
	return slices.Compact(all)
}

// An Entry is how somebody can log in.
type Entry struct{ ID, Address, Password string }

// Entries are the accounts there are; who has one of a chosen ID knows it, others
// were told by mail.
func (w *World) Entries() (all []Entry) {
	for _, a := range w.accounts {
		e := Entry{ID: a.id, Password: a.password}
		if a.id == "" {
			e.Address = a.mobile
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(a.ID+a.Address, b.ID+b.Address) })
	return all
}

// Asked are the Net Answer IDs that somebody has or asked for.
func (w *World) Asked() (ids []string) {
	for _, j := range w.journeys {
		if j.form.id != "" {
			ids = append(ids, j.form.id)
		}
	}
	for _, a := range w.accounts {
		if a.id != "" {
			ids = append(ids, a.id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Expires is when the first card of somebody is no longer good; the zero time where its
// expiry cannot be read.
func (p Person) Expires() time.Time {
	t, err := time.Parse("01/06", p.Cards[0].Expiry)
	if err != nil {
		return time.Time{}
	}
	return t.AddDate(0, 1, 0)
}

// Kind is what sort of a member somebody is: how they are reached, and their card.
func (p Person) Kind() string {
	c := p.Cards[0]
	way := "連絡先なし"
	switch {
	case mobile(p.Phone):
		way = "SMS"
	case p.Phone != "":
		way = "電話"
	case p.Email != "":
		way = "メール"
	}
	kind := way + "・" + strings.ToUpper(c.Brand)
	switch {
	case len(p.Cards) > 1:
		kind += "・二枚"
	case c.Account != nil:
		kind += "・登録済み"
	case c.Product != "":
		kind += "・" + c.Product
	case barred(c):
		kind += "・" + c.Status
	}
	return kind
}

// A Move is something that can be done in a state.
type Move struct {
	Where string
	Do    Verb
}

// Moves are all that can be done anywhere.
func Moves() (all []Move) {
	for where, verbs := range map[string][]Verb{
		"始め":            {OpenForm, OpenCard, Login, Swap},
		"Web input":     {Submit, Look, Jump, OpenForm, Swap, Login},
		"Web confirm":   {Proceed, Revise, Look, Again, Jump, OpenForm, Swap, Login},
		"Web passcode":  {Enter, EnterText, Reissue, Look, Again, OpenForm, Swap, Login},
		"Web call":      {Dial, FinishCall, Look, Again, OpenForm, Swap, Login},
		"Web completed": {Login, Look, Again, OpenForm, Swap}, "Web expired": {Restart, Submit, Proceed, Enter, Reissue, FinishCall, Look,
			OpenForm},
		"Web locked": {Restart, OpenForm}, "Web unavailable": {OpenForm},
		"ログイン後":    {Login, OpenForm, Swap, Look},
		"アプリ card": {SubmitCard, Look, Swap}, "アプリ destination": {Request, ChoosePIN, Back, Look, Swap},
		"アプリ passcode": {Enter, EnterText, Reissue, ChoosePIN, Look, Swap}, "アプリ pin": {EnterPIN, ChooseSMS, Look, Swap},
		"アプリ email": {Email, Look}, "アプリ password": {Password, Back, Look}, "アプリ terms": {Agree, Decline, Back, Look},
		"アプリ completed": {StartApp, MailLogin, OpenCard, Swap, Look}, "アプリ wallet": {Wallet}, "アプリ home": {Tap, TapAmount, OpenCard, Swap},
		"アプリ statement": {Tap}, "アプリ menu": {Tap}, "アプリ inquiry": {Tap}, "アプリ change": {Tap}, "アプリ cashing": {Tap},
		"アプリ credit": {Tap}, "アプリ increase": {Tap}, "アプリ expired": {Restart, SubmitCard, Request, Enter, EnterPIN, Email, Password, Agree, Look, OpenCard},
		"アプリ locked":      {Restart, OpenCard},
		"アプリ unavailable": {OpenCard}, "アプリ company": {OpenCard},
	} {
		for _, v := range verbs {
			all = append(all, Move{where, v})
		}
	}
	slices.SortFunc(all, func(a, b Move) int { return cmp.Or(cmp.Compare(a.Where, b.Where), cmp.Compare(a.Do, b.Do)) })
	return all
}
