package model

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// The labels that lead from one screen of the app to another (p20 to p22).
const (
	toHome      = "ホーム"
	toStatement = "明細"
	toMenu      = "メニュー"
	toCredit    = "ご利用可能額の確認／ご利用可能枠増枠"
	toIncrease  = "ご利用可能枠増枠"
	toChange    = "お支払変更"
	toCashing   = "キャッシング"
	toInquiry   = "お問い合わせ"
)

// Taps are what can be tapped at a place of the app: the tabs, and what is of the place.
func Taps(place string) []string {
	tabs := []string{toHome, toStatement, toMenu}
	switch place {
	case "statement":
		return append(tabs, toCredit, toChange, toCashing)
	case "menu":
		return append(tabs, toCredit, toChange, toCashing, toInquiry)
	case "credit":
		return append(tabs, toIncrease)
	case "home", "increase", "change", "cashing", "inquiry":
		return tabs
	}
	return nil
}

// leads expects the screen that a label leads to.
func (t *teller) leads(label string) {
	t.win.used = t.Now
	p, _ := t.person(t.win.account.person)
	c := p.Cards[t.win.account.card]
	switch label {
	case toHome:
		t.home()
	case toStatement:
		t.win.place = "statement"
		t.title("p21-1", "明細")
		payment := [][]string{{"お支払金額", grouped(spent(c.Purchases)) + " 円"}}
		if c.PaymentDate != "" {
			payment = append(payment, []string{"お支払日", slashed(c.PaymentDate)})
		}
		t.shows("p21-1", payment...)
		t.purchases("p21-2", c.Purchases)
		t.months()
	case toMenu:
		t.win.place = "menu"
		t.title("p22-1", "メニュー")
	case toCredit:
		t.win.place = "credit"
		t.title("p21-3", "ご利用可能額")
		t.shows("p21-3", []string{"ご利用可能枠", grouped(c.CreditLimit) + " 円"}, []string{"ご利用額", grouped(spent(c.Purchases)) + " 円"},
			[]string{"ご利用可能額", grouped(max(0, c.CreditLimit-spent(c.Purchases))) + " 円"})
	case toIncrease:
		t.win.place = "increase"
		t.ours("p21-3", "「ご利用可能枠増枠」の画面になる")
		t.ours("p21-3", "「現在のご利用可能枠」に「"+grouped(c.CreditLimit)+" 円」が示される")
	case toChange:
		t.win.place = "change"
		t.ours("p21-5", "「お支払変更」の画面になる")
	case toCashing:
		t.win.place = "cashing"
		t.ours("p21-6", "「キャッシング」の画面になる")
		if c.CashingLimit > 0 {
			t.ours("p21-6", "「キャッシング枠」に「"+grouped(c.CashingLimit)+" 円」が示される")
		}
	case toInquiry:
		t.win.place = "inquiry"
		t.ours("p22-2", "「お問い合わせ」の画面になる")
	}
}

// months expects what was used month by month, the oldest first and with those between
// in which nothing was used (p21-4).
func (t *teller) months() {
	p, _ := t.person(t.win.account.person)
	c := p.Cards[t.win.account.card]
	sums := map[string]int{}
	for _, m := range c.Usage {
		sums[m.Month] += m.Amount
	}
	for _, one := range c.Purchases {
		sums[one.Date[:len("2006-01")]] += one.Amount
	}
	if len(sums) == 0 {
		return
	}
	used := slices.Sorted(maps.Keys(sums))
	at, err := time.Parse("2006-01", used[0])
	if err != nil {
		panic("model: a month of the fixtures is none: " + used[0])
	}
	var rows [][]string
	for ; at.Format("2006-01") <= used[len(used)-1]; at = at.AddDate(0, 1, 0) {
		year, month, _ := strings.Cut(at.Format("2006-1"), "-")
		rows = append(rows, []string{year + "年" + month + "月", grouped(sums[at.Format("2006-01")])})
	}
	t.ours("p21-4", "月ごとのご利用額は次の順に並ぶ", rows...)
}
