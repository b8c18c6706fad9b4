package model

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
)

func (t *teller) wait() bool {
	if t.act.Span <= 0 || t.act.Span%time.Second != 0 {
		return false
	}
	t.World.Now = t.World.Now.Add(t.act.Span)
	t.does("「" + Spoken(t.act.Span) + "」がたつ")
	return true
}

func (t *teller) clock() bool {
	at, err := time.ParseInLocation("2006-01-02 15:04:05", t.act.Text, t.World.Now.Location())
	if err != nil || at.Before(t.World.Now) && len(t.journeys) > 0 {
		return false
	}
	t.World.Now = at
	t.does("いまは「" + t.act.Text + "」である")
	return true
}

func (t *teller) choose() bool {
	c, ok := choice(t.act.Text)
	if !ok || len(t.journeys) > 0 {
		return false
	}
	c.set(&t.World.Policy, t.act.More)
	t.does("「" + fixtures.PolicyName(c.Key) + "」が「" + t.act.More + "」に設定されている")
	return true
}

func (t *teller) breaks() bool {
	provider, kind := t.act.Text, t.act.More
	if t.act.N < 1 || len(t.faults[provider]) > 0 {
		return false
	}
	t.faults[provider] = []Fault{{kind, t.act.N}}
	if kind == Unheard {
		t.does("次の" + strconv.Itoa(t.act.N) + "回の発行元への問い合わせは答えが途中で失われる")
	} else {
		name := provider
		if name == "issuer" {
			name = "発行元"
		}
		t.does("次の" + strconv.Itoa(t.act.N) + "回の" + name + "は" + kind)
	}
	return true
}

// contact changes the telephone that the card company has on file of somebody. Whoever
// has an account stays as they are.
func (t *teller) contact() bool {
	i := slices.IndexFunc(t.People, func(p Person) bool { return p.Called == t.act.Who })
	if i < 0 || len(t.journeys) > 0 || t.act.Text == t.People[i].Phone ||
		slices.ContainsFunc(t.People[i].Cards, func(c fixtures.Card) bool { return c.Account != nil }) {
		return false
	}
	t.World.People = slices.Clone(t.People)
	t.World.People[i].Phone = t.act.Text
	line := Line{Text: t.act.Who + "の登録の電話番号が「" + t.act.Text + "」である"}
	if t.act.Text == "" {
		line.Text = t.act.Who + "の登録に電話番号がない"
	}
	t.lines = append(t.lines, line)
	return true
}

// uses puts other purchases on file: lines of a date, a shop and an amount. Whoever has
// an account stays as they are.
func (t *teller) uses() bool {
	i := slices.IndexFunc(t.People, func(p Person) bool { return p.Called == t.act.Who })
	if i < 0 || len(t.journeys) > 0 || slices.ContainsFunc(t.People[i].Cards, func(c fixtures.Card) bool { return c.Account != nil }) {
		return false
	}
	line := Line{Text: t.act.Who + "のカードのご利用が次のとおりである"}
	var all []fixtures.Purchase
	for used := range strings.Lines(t.act.Text) {
		words := strings.Fields(used)
		if len(words) != 3 {
			return false
		}
		yen, err := strconv.Atoi(words[2])
		if err != nil {
			return false
		}
		all = append(all, fixtures.Purchase{Date: words[0], Shop: words[1], Amount: yen})
		line.Rows = append(line.Rows, []string{slashed(words[0]), words[1], grouped(yen)})
	}
	slices.SortStableFunc(all, func(a, b fixtures.Purchase) int { return strings.Compare(b.Date, a.Date) }) // as all screens have them
	t.World.People = slices.Clone(t.People)
	t.People[i].Cards = slices.Clone(t.People[i].Cards)
	t.People[i].Cards[0].Purchases = all
	t.lines = append(t.lines, line)
	return true
}

// swap goes to the other window, or the other smartphone.
func (t *teller) swap() bool {
	pair := t.windows[t.act.Who]
	pair[0], pair[1] = pair[1], pair[0]
	names := [2]string{"別のウィンドウ", "元のウィンドウ"}
	if t.App {
		names = [2]string{"別のスマートフォン", "元のスマートフォン"}
	}
	which := names[0]
	if t.second[t.act.Who] {
		which = names[1]
	}
	t.second[t.act.Who] = !t.second[t.act.Who]
	t.does(which + "に移る")
	return true
}

// look asks for the screen anew.
func (t *teller) look() bool {
	j := t.win.journey
	if t.win.away && t.win.account != nil {
		t.looksHome()
		return true
	}
	if j == nil || t.win.away || t.win.over || t.win.place != "" {
		return false
	}
	t.does("画面を開きなおす")
	t.win.again, t.win.ticked = nil, nil
	if t.ended() {
		return true
	}
	if j.reissues > 0 && j.state == passcode { // whether a page that is loaded again says so again is not asked
		t.title("a-07", titles[j.app][passcode])
		return true
	}
	if j.app && j.state == terms && t.byCard[j.number] != nil {
		t.screen(told{"", t.Say("app_terms.anew"), "a-03"})
		return true
	}
	if j.state == input { // what the form says of before is not asked
		t.screenOnly()
		return true
	}
	t.screen(t.warnings(j)...)
	return true
}

// again sends once more what was sent last, as a double press does (a-16).
func (t *teller) again() bool {
	last, j := t.win.again, t.win.journey
	if last == nil || j == nil || t.win.away || t.win.over || t.win.place != "" {
		return false
	}
	if j.app { // the key of the first press comes with the second: nothing happens twice
		return false
	}
	t.does("同じ操作をもう一度行う")
	switch last.Do {
	case Submit:
		if j.state != input && j.state != confirm || j.state == confirm && len(t.faults["issuer"]) > 0 {
			return false // what is shown of a form that was taken, and then cannot be checked, is nobody's promise
		}
		f, _ := t.write(t.p, last.Rows)
		t.submits(f)
	case Proceed:
		if j.state != confirm && j.state != passcode && j.state != telephone && !j.final() {
			return false
		}
		t.proceeds()
	case Enter:
		of := t.p
		if last.Of != "" {
			of, _ = t.person(last.Of)
		}
		t.enters(t.received(of)[last.N-1], last.Digit > 0)
	case FinishCall:
		t.finishes()
	case Reissue:
		t.reissues()
	default:
		return false
	}
	return true
}

// restart goes from an end to a new registration.
func (t *teller) restart() bool {
	j := t.win.journey
	if j == nil || t.win.away || !t.win.over || j.state == unavailable {
		return false
	}
	t.does("最初からやり直す")
	if j.app {
		*t.win = window{opened: true, place: "company"}
		t.title("p34-8", "カードの選択")
		return true
	}
	fresh := &journey{state: input, touched: t.Now}
	t.journeys = append(t.journeys, fresh)
	*t.win = window{journey: fresh, opened: true}
	t.screen()
	return true
}

// jump tries to go straight to completion (a-22).
func (t *teller) jump() bool {
	j := t.win.journey
	if j == nil || j.app || t.win.away || t.win.over || j.state != input && j.state != confirm && j.state != passcode {
		return false
	}
	t.does("「完了」の画面へ直接進もうとする")
	t.win.again, t.win.ticked = nil, nil
	if j.state == passcode { // the passcode of zeros may be counted there
		return false
	}
	t.screenRefused()
	t.arrived()
	return true
}

// screenRefused is the screen as it was, with words that only the sandbox promises.
func (t *teller) screenRefused() {
	j := t.win.journey
	t.title("a-22", titles[j.app][j.state])
}
