package screen

import (
	"strconv"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// Portal is what a member sees on the web after log-in (p38).
func Portal(m world.Snapshot, p world.Portal) Screen {
	k := begin(m, "portal", Told{})
	k.s.Heading = k.say("heading", "name", p.Standing.Name)
	k.s.Bar = []Element{form("logout", k.press("logout", button, "home", func(a *Action) { a.Style = "plain small" }))}
	k.add(k.text("lead", "lead"), Element{Kind: Values, Style: "figures", Values: []Value{
		{Label: k.say("points"), Text: k.points(p)},
		{Label: k.say("amount"), Text: k.yen(account.Spent(p.Standing.Purchases))}}},
		section(
			"card",
			k.say("statement"),
			Element{
				Kind:   Values,
				Style:  "to",
				Values: []Value{{Label: k.say("card"), Text: masked(m, p.Account)}},
			},
			k.purchases(p.Standing.Purchases),
		))
	return k.done()
}

func masked(m world.Snapshot, a account.Account) string {
	return registration.MaskNumber(m.Policy.CardMask, a.CardNumber)
}

// yen writes an amount, points what the points come to.
func (k *maker) yen(amount int) string { return k.m.Say("portal.yen", "amount", grouped(amount)) }

func (k *maker) points(p world.Portal) string {
	return k.m.Say("portal.points_value", "points", grouped(p.Standing.Points))
}

// purchases are the lines of a statement.
func (k *maker) purchases(lines []fixtures.Purchase) Element {
	if len(lines) == 0 {
		return Element{Kind: Text, Text: k.m.Say("portal.no_purchases")}
	}
	e := Element{Kind: Rows, Style: "statement", Columns: []string{k.m.Say("portal.date"), k.m.Say("portal.shop"), k.m.Say("portal.price")}}
	for _, line := range lines {
		e.Rows = append(e.Rows, []string{date(line.Date), line.Shop, k.yen(line.Amount)})
	}
	return e
}

// date writes a date as the screens do.
func date(of string) string { return strings.ReplaceAll(of, "-", "/") }

// grouped writes a number in groups of three digits.
func grouped(n int) string {
	text, sign := strconv.Itoa(n), ""
	if n < 0 {
		text, sign = text[1:], "-"
	}
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return sign + text
}

// beginPortal begins a screen of what the member has, with the tabs at its foot;
// the menu stands at the lower right (p22-1).
func beginPortal(m world.Snapshot, name, tab, back string, told Told) *maker {
	k := begin(m, name, told)
	for _, t := range []string{"home", "statement", "menu"} {
		k.s.Tabs = append(k.s.Tabs, Action{Name: t, Label: m.Say("app_tab." + t), Kind: link, LeadsTo: "app_" + t, Current: t == tab})
	}
	if back != "" {
		k.backTo("back", link, back)
	}
	return k
}

// PortalNames are the screens that AppPortal makes.
var PortalNames = []string{
	"app_home",
	"app_statement",
	"app_credit",
	"app_increase",
	"app_change",
	"app_cashing",
	"app_menu",
	"app_inquiry",
}

// AppPortal is one of the screens of what a member has in the app (p20-p22).
func AppPortal(m world.Snapshot, name string, p world.Portal, told Told) Screen {
	switch name {
	case "app_home":
		return appHome(m, p, told)
	case "app_statement":
		return appStatement(m, p)
	case "app_credit":
		k := beginPortal(m, name, "statement", "app_statement", told)
		spent := account.Spent(p.Standing.Purchases)
		k.add(Element{Kind: Values, Style: "entered card", Values: []Value{
			{Label: k.say("available"), Text: k.yen(account.Available(p.Standing.CreditLimit, p.Standing.Purchases))},
			{Label: k.say("limit"), Text: k.yen(p.Standing.CreditLimit)}, {Label: k.say("used"), Text: k.yen(spent)}}},
			section("card rows", "", k.press("increase", link, "app_increase", row)))
		return k.done()
	case "app_increase":
		k := beginPortal(m, name, "statement", "app_credit", told)
		k.add(Element{Kind: Values, Style: "entered card", Values: []Value{{Label: k.say("limit"), Text: k.yen(p.Standing.CreditLimit)}}},
			caution(m.Say("app_outside.end")))
		return k.done()
	case "app_change":
		return appChange(m, p)
	case "app_cashing":
		k := beginPortal(m, name, "statement", "app_statement", told)
		if p.Standing.CashingLimit == 0 {
			k.add(caution(k.say("none")))
			return k.done()
		}
		k.add(Element{Kind: Values, Style: "entered card", Values: []Value{{Label: k.say("limit"), Text: k.yen(p.Standing.CashingLimit)}}},
			caution(m.Say("app_outside.end")))
		return k.done()
	case "app_menu":
		return appMenu(m, p)
	case "app_inquiry":
		k := beginPortal(m, name, "menu", "app_menu", told)
		desk := m.Say("unavailable.desk_number")
		k.add(
			section(
				"card stack",
				"",
				k.text("lead", ""),
				Element{Kind: Values, Style: "desk", Values: []Value{{Label: m.Say("unavailable.desk"), Text: desk,
					Action: &Action{
						Name:  "dial",
						Label: desk,
						Kind:  link,
						Tel:   desk,
					}}}},
				Element{Kind: Text, Text: m.Say("unavailable.desk_note"), Style: "note"},
			),
			caution(m.Say("app_outside.end")),
		)
		return k.done()
	}
	panic("screen: unknown screen " + name)
}

// appHome is the app's home (p20).
func appHome(m world.Snapshot, p world.Portal, told Told) Screen {
	k := beginPortal(m, "app_home", "home", "", told)
	k.s.Heading = k.say("heading", "name", p.Standing.Name)
	payment := k.yen(account.Spent(p.Standing.Purchases))
	card := section(
		"plastic",
		"",
		Element{Kind: Values, Values: []Value{{Label: k.say("card"), Text: masked(m, p.Account), Style: "number"}}},
	)
	if p.Account.Wallet.Added() {
		card.Content = append(card.Content, k.text("wallet_added", "chip", "wallet", Wallet(m, p.Account)))
	}
	recent := Element{Kind: List, Style: "lines"}
	for _, line := range account.Recent(p.Standing.Purchases, 3) {
		recent.Content = append(recent.Content, k.line(line, ""))
	}
	if len(recent.Content) == 0 {
		recent = Element{Kind: Text, Text: m.Say("portal.no_purchases")}
	}
	k.add(card, Element{Kind: Values, Style: "figures", Values: []Value{
		{Label: k.say("payment"), Text: payment, Action: &Action{Name: "amount", Label: payment, Kind: link, LeadsTo: "app_statement"}},
		{Label: k.say("points"), Text: k.points(p)}}},
		k.text("payment_hint", "help"), section("card", k.say("recent"), recent))
	return k.done()
}

// line is one of a list of purchases; note is what is said of it besides.
func (k *maker) line(of fixtures.Purchase, note string) Element {
	e := Element{
		Kind: Item,
		Content: []Element{
			{Kind: Text, Text: date(of.Date)},
			{Kind: Text, Text: of.Shop},
			{Kind: Text, Text: k.yen(of.Amount), Style: "price"},
		},
	}
	if note != "" {
		e.Content = append(e.Content, Element{Kind: Text, Text: note, Style: "help"})
	}
	return e
}

// appChange is where the way of payment could be changed (p21-5).
func appChange(m world.Snapshot, p world.Portal) Screen {
	k := beginPortal(m, "app_change", "statement", "app_statement", Told{})
	lines := Element{Kind: List, Style: "lines"}
	for _, line := range p.Standing.Purchases {
		lines.Content = append(lines.Content, k.line(line, k.say("method")))
	}
	if len(lines.Content) == 0 {
		lines = Element{Kind: Text, Text: m.Say("portal.no_purchases")}
	}
	k.add(section("card", k.say("choose"), lines), caution(m.Say("app_outside.end")))
	return k.done()
}

// appMenu is the menu (p22).
func appMenu(m world.Snapshot, p world.Portal) Screen {
	k := beginPortal(m, "app_menu", "menu", "", Told{})
	procedures := section("card rows", k.say("procedures"))
	for _, to := range []string{"credit", "change", "cashing"} {
		procedures.Content = append(procedures.Content, Element{Kind: Act,
			Action: &Action{Name: to, Label: m.Say("app_statement." + to), Kind: link, LeadsTo: "app_" + to, Style: "row"}})
	}
	if p.Account.Wallet.Service != "" {
		procedures.Content = append(procedures.Content, Element{Kind: Act,
			Action: &Action{
				Name:    "wallet",
				Label:   k.say("wallet", "wallet", Wallet(m, p.Account)),
				Kind:    link,
				LeadsTo: "app_wallet",
				Style:   "row",
			}})
	}
	k.add(k.text("hours", "lead"), procedures, section("card rows", "", k.press("inquiry", link, "app_inquiry", row)))
	return k.done()
}

// Wallet is what the wallet of the device is called, "" where there is none.
func Wallet(m world.Snapshot, a account.Account) string {
	if a.Wallet.Service == "" {
		return ""
	}
	return m.Say("wallet." + a.Wallet.Service)
}

// AppWallet is the question of the wallet (p18).
func AppWallet(m world.Snapshot, a account.Account, told Told) Screen {
	k := begin(m, "app_wallet", told)
	name := Wallet(m, a)
	k.s.Heading = k.say("heading", "wallet", name)
	k.add(
		k.text("lead", "", "wallet", name),
		Element{Kind: Values, Style: "to", Values: []Value{{Label: k.say("card"), Text: masked(m, a)}}},
	)
	if a.Wallet.Added() {
		k.add(
			Element{Kind: Note, Tone: Status, Text: k.say("added", "wallet", name)},
			Element{
				Kind:   Act,
				Action: &Action{Name: "home", Label: m.Say("app_tab.home"), Kind: link, LeadsTo: "app_home", Style: "plain"},
			},
		)
		return k.done()
	}
	answer := func(name, value string, more ...func(*Action)) Element {
		return k.press(name, button, "app_home", append(more, func(a *Action) { a.Value = value })...)
	}
	k.add(Element{Kind: Form, Name: "wallet", Style: "stacked", Content: []Element{
		answer("add", string(account.WalletAdd)), answer("not_now", string(account.WalletNotNow), plain)}}, k.text("later", "note"))
	return k.done()
}
