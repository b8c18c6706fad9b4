package model

import "time"

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
	there := map[string][]string{"home": {"明細", "ホーム"}, "statement": {"ホーム", "明細", "ご利用可能額の確認／ご利用可能枠増枠"}, "credit": {"ホーム", "明細"}}
	ok := false
	for _, name := range there[t.win.place] {
		ok = ok || name == t.act.Text
	}
	if !ok || t.win.gen != t.win.account.gen || !t.fresh() {
		return false
	}
	t.win.used = t.Now
	t.does("「" + t.act.Text + "」をタップする")
	p, _ := t.person(t.win.account.person)
	c := p.Cards[t.win.account.card]
	switch t.act.Text {
	case "ホーム":
		t.home()
	case "明細":
		t.win.place = "statement"
		t.title("p21-1", "明細")
		payment := [][]string{{"お支払金額", grouped(spent(c.Purchases)) + " 円"}}
		if c.PaymentDate != "" {
			payment = append(payment, []string{"お支払日", slashed(c.PaymentDate)})
		}
		t.shows("p21-1", payment...)
		t.purchases("p21-2", c.Purchases)
	default:
		t.win.place = "credit"
		t.title("p21-3", "ご利用可能額")
		t.shows("p21-3", []string{"ご利用可能枠", grouped(c.CreditLimit) + " 円"}, []string{"ご利用額", grouped(spent(c.Purchases)) + " 円"},
			[]string{"ご利用可能額", grouped(max(0, c.CreditLimit-spent(c.Purchases))) + " 円"})
	}
	return true
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
