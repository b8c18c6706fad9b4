package model

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
)

// An account is a member's registration, once it is complete.
type account struct {
	id, password string // id is "" where the app chose one that only the mail tells
	key          string
	person       string
	card         int
	pc, mobile   string
	failures     int
	until        time.Time // log-in has stopped until then
	gen          int       // how often its card was registered anew
	device       string    // of the app that registered it, "" for none
	wallet       string
}

// chosen tells whether the member chose the ID.
func (a *account) chosen() bool { return a.id != "" }

func (w *World) open(a *account) {
	a.key = strings.ToLower(a.id)
	if a.key == "" {
		a.key = "(given) " + a.person + strconv.Itoa(a.card)
	}
	w.accounts[a.key] = a
	p, _ := w.person(a.person)
	w.byCard[p.Cards[a.card].Number] = a
}

// login logs in as somebody, with what is typed as ID and password. Digit changes
// one letter of the password.
func (t *teller) login() bool {
	id, word := t.act.Text, t.act.More
	if t.act.Digit > len([]rune(word)) || id == "" || word == "" {
		return false
	}
	if t.act.Digit > 0 {
		t.does("ID「" + id + "」と、パスワード「" + word + "」の" + strconv.Itoa(t.act.Digit) + "文字目を変えてログインする")
	} else {
		t.does("ID「" + id + "」とパスワード「" + word + "」でログインする")
	}
	t.logsIn(t.accounts[strings.ToLower(id)], word, t.act.Digit > 0)
	return true
}

// mailLogin logs in with the ID that the newest mail to the address Text tells.
func (t *teller) mailLogin() bool {
	var a *account
	for _, one := range t.accounts {
		if one.mobile == t.act.Text && one.device != "" {
			a = one
		}
	}
	got := t.mails[t.act.Text]
	if a == nil || len(got) == 0 || got[len(got)-1].of != a || t.sharedAddress(t.act.Text) {
		return false
	}
	if t.act.Digit > len(t.act.More) {
		return false
	}
	if t.act.Digit > 0 {
		t.does("「" + t.act.Text + "」に届いたメールのIDと、パスワード「" + t.act.More + "」の" + strconv.Itoa(t.act.Digit) + "文字目を変えてログインする")
	} else {
		t.does("「" + t.act.Text + "」に届いたメールのIDとパスワード「" + t.act.More + "」でログインする")
	}
	t.logsIn(a, t.act.More, t.act.Digit > 0)
	return true
}

func (w *World) sharedAddress(address string) bool {
	n := 0
	for _, a := range w.accounts {
		if a.mobile == address || a.pc == address {
			n++
		}
	}
	return n > 1
}

// logsIn is what becomes of a log-in (a-20, a-28).
func (t *teller) logsIn(a *account, word string, changed bool) {
	t.win.away, t.win.again, t.win.opened = true, nil, true
	t.win.journey, t.win.place, t.win.account = nil, "", nil
	refuse := func(id string, pairs ...string) {
		t.title("a-20", "ログイン")
		t.ours("a-20", "画面の知らせは次のものだけである", []string{t.Say(id, pairs...)})
	}
	switch {
	case a == nil:
		refuse("error.login_wrong")
		return
	case t.Now.Before(a.until):
		refuse("error.login_locked", "until", a.until.Add(time.Minute-1).Format("15:04"))
		return
	case changed || a.password != word:
		if a.failures++; a.failures < t.Policy.Logins {
			refuse("error.login_wrong")
			return
		}
		a.failures, a.until = 0, t.Now.Add(t.Policy.LoginLock)
		refuse("error.login_locked", "until", a.until.Add(time.Minute-1).Format("15:04"))
		return
	}
	a.failures, a.until = 0, time.Time{}
	t.win.account, t.win.gen, t.win.used = a, a.gen, t.Now
	t.memberHome()
}

// looksHome asks for the home anew: whoever is logged in stays so, whatever others do
// and the issuer answers, until nothing was done for as long as a log-in lasts.
func (t *teller) looksHome() {
	t.does("画面を開きなおす")
	over := !t.Now.Before(t.win.used.Add(t.Policy.Session))
	if over || t.win.gen != t.win.account.gen {
		t.win.account = nil
		t.ours("p38-1", "「ログイン」の画面になる")
		return
	}
	t.win.used = t.Now
	t.memberHome()
}

// memberHome expects the home of whoever is logged in on the web (p38).
func (t *teller) memberHome() {
	if t.next("issuer") != "" {
		t.expect("a-15", "「会員ホーム」の画面ではない")
		t.ours("a-15", "画面の知らせは次のものだけである", []string{t.Say("error.unavailable")})
		return
	}
	p, _ := t.person(t.win.account.person)
	c := p.Cards[t.win.account.card]
	t.title("p38-1", "会員ホーム")
	t.expect("p38-1", "見出しは「"+p.Name+" 様」である")
	t.ours("p38-1", "「ご登録のカード」に「"+masked(t.Policy.CardMask, c.Number)+"」が示される")
	t.shows("p38-1", []string{"永久不滅ポイント", grouped(c.Points) + " ポイント"}, []string{"ご利用金額の合計", grouped(spent(c.Purchases)) + " 円"})
	t.purchases("p38-2", c.Purchases)
}

// purchases expects just these lines in their order (p38-2, p21-2).
func (t *teller) purchases(rule string, all []fixtures.Purchase) {
	if len(all) == 0 {
		t.expect(rule, "ご利用明細は一件もない")
		return
	}
	rows := [][]string{}
	for _, p := range all {
		rows = append(rows, []string{strings.ReplaceAll(p.Date, "-", "/"), p.Shop, grouped(p.Amount)})
	}
	t.expect(rule, "ご利用明細は次の順に並ぶ", rows...)
}

func spent(all []fixtures.Purchase) (sum int) {
	for _, p := range all {
		sum += p.Amount
	}
	return sum
}

// newest are at most three purchases, the newest first (p20-1).
func newest(all []fixtures.Purchase) []fixtures.Purchase {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b fixtures.Purchase) int { return strings.Compare(b.Date, a.Date) })
	return sorted[:min(3, len(sorted))]
}

// grouped writes a number as a screen does: 12,345.
func grouped(n int) string {
	s, sign := strconv.Itoa(max(n, -n)), ""
	if n < 0 {
		sign = "-"
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}
