package model

import (
	"slices"
	"time"
)

// The app once its registration is complete (p18 to p22).

func (t *teller) startApp() bool {
	j := t.win.journey
	if j == nil || !j.app || j.state != completed || t.win.away || len(t.faults["issuer"]) > 0 {
		return false
	}
	t.does("アプリを起動する")
	t.win.again = nil
	a := j.account
	if t.win.gen != a.gen {
		t.win.place = "over"
		t.expect("a-03", "「ホーム」の画面ではない")
		return true
	}
	if a.wallet == "" {
		t.win.place, t.win.used = "wallet", t.Now
		t.title("p18-2", "ウォレットの設定")
		t.expect("p18-2", "見出しは「"+map[string]string{"iphone": "Apple Pay", "android": "Google Pay"}[t.Device]+" の設定」である")
		return true
	}
	t.home()
	return true
}

func (t *teller) home() {
	t.win.place, t.win.used = "home", t.Now
	p, _ := t.person(t.win.account.person)
	c := p.Cards[t.win.account.card]
	t.title("p20-1", "ホーム")
	t.expect("p20-1", "見出しは「"+p.Name+" 様」である")
	t.shows("p20-3", []string{"次回のお支払金額", grouped(spent(c.Purchases)) + " 円"}, []string{"永久不滅ポイント", grouped(c.Points) + " ポイント"})
	t.ours("p20-1", "「ご登録のカード」に「"+masked(t.Policy.CardMask, c.Number)+"」が示される")
	t.purchases("p20-1", newest(c.Purchases))
}

func (t *teller) wallet() bool {
	if t.win.place != "wallet" || t.act.Text != "ウォレットに追加する" && t.act.Text != "今はしない" {
		return false
	}
	a := t.win.account
	t.does("ウォレットの設定に「" + t.act.Text + "」と答える")
	if t.win.gen != a.gen || !t.fresh() {
		return false
	}
	a.wallet = t.act.Text
	t.home()
	return true
}

func (t *teller) tap() bool {
	if !slices.Contains(Taps(t.win.place), t.act.Text) || !t.usable() {
		return false
	}
	t.does("「" + t.act.Text + "」をタップする")
	t.leads(t.act.Text)
	return true
}

// tapAmount taps the amount that the home shows (p20-2).
func (t *teller) tapAmount() bool {
	if t.win.place != "home" || !t.usable() {
		return false
	}
	t.does("表示されている金額をタップする")
	t.leads("明細")
	return true
}

// usable tells whether it is sure that the app shows what it is asked for.
func (t *teller) usable() bool {
	return t.win.gen == t.win.account.gen && t.fresh() && len(t.faults["issuer"]) == 0
}

// fresh tells whether the app was used so lately that nobody asks for a log-in.
func (t *teller) fresh() bool { return t.Now.Sub(t.win.used) < 25*time.Minute }

func slashed(date string) string {
	out := []byte(date)
	for i, c := range out {
		if c == '-' {
			out[i] = '/'
		}
	}
	return string(out)
}
