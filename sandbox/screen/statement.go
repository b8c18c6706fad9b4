package screen

import (
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/world"
)

// appStatement is the app's statement (p21).
func appStatement(m world.Snapshot, p world.Portal) Screen {
	k := beginPortal(m, "app_statement", "statement", "", Told{})
	figures := []Value{{Label: k.say("payment"), Text: k.yen(account.Spent(p.Standing.Purchases))}}
	if p.Standing.PaymentDate != "" {
		figures = append(figures, Value{Label: k.say("payment_date"), Text: date(p.Standing.PaymentDate)})
	}
	k.add(Element{Kind: Values, Style: "figures", Values: figures})
	if len(p.Standing.Purchases) == 0 {
		k.add(k.text("no_payment", ""))
	}
	rows := func(to ...string) Element {
		rows := section("card rows", "")
		for _, name := range to {
			rows.Content = append(rows.Content, k.press(name, link, "app_"+name, row))
		}
		return rows
	}
	k.add(section("card", k.say("purchases"), k.purchases(p.Standing.Purchases)), rows("credit"),
		section("card", k.say("usage"), k.usage(account.Usage(p.Standing.Usage, p.Standing.Purchases))...), rows("change", "cashing"))
	return k.done()
}

// usage is what was used month by month, as a graph and as rows (p21-4).
func (k *maker) usage(months []fixtures.Month) []Element {
	if len(months) == 0 {
		return []Element{{Kind: Text, Text: k.m.Say("portal.no_purchases")}}
	}
	rows := Element{Kind: Rows, Columns: []string{k.say("usage_month"), k.say("usage_amount")}}
	top := months[0]
	for _, m := range months {
		rows.Rows = append(rows.Rows, []string{monthText(m.Month), k.yen(m.Amount)})
		if m.Amount > top.Amount {
			top = m
		}
	}
	name := k.say("usage_name", "from", monthText(months[0].Month), "to", monthText(months[len(months)-1].Month),
		"month", monthText(top.Month), "amount", k.yen(top.Amount))
	return []Element{{Kind: Image, Name: "usage", Text: name, Chart: chartOf(months)}, rows}
}

// The graph is drawn on a field of these units.
const (
	chartHeight = 120
	chartStep   = 60
	chartBar    = 34
)

// chartOf draws the months; the highest bar is the month of most use.
func chartOf(months []fixtures.Month) *Chart {
	top := 1
	for _, m := range months {
		top = max(top, m.Amount)
	}
	c := &Chart{Width: len(months) * chartStep, Height: chartHeight + 24, Base: chartHeight}
	for i, m := range months {
		height := max(2, m.Amount*(chartHeight-8)/top)
		x := i*chartStep + (chartStep-chartBar)/2
		c.Bars = append(
			c.Bars,
			Bar{X: x, Y: chartHeight - height, Width: chartBar, Height: height, Middle: x + chartBar/2, Label: shortMonth(m.Month)},
		)
	}
	return c
}

func monthText(month string) string {
	year, m, _ := strings.Cut(month, "-")
	return year + "年" + strings.TrimPrefix(m, "0") + "月"
}

func shortMonth(month string) string {
	_, m, _ := strings.Cut(month, "-")
	return strings.TrimPrefix(m, "0") + "月"
}
