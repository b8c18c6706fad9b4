package app

import (
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/account"
)

// Months is what was used month by month, for the graph (p21-4).
func (v portalView) Months() []fixtures.Month {
	return account.Usage(v.Standing.Usage, v.Standing.Purchases)
}

// The graph is drawn on a field of these units.
const (
	graphHeight = 120
	graphStep   = 60
	graphBar    = 34
)

// A graph is the bars of the months.
type graph struct {
	Width, Height int
	Base          int
	Bars          []bar
}

type bar struct {
	X, Y, Width, Height int
	Middle              int
	Month               string
}

// Graph draws the months; the highest bar is the month of most use.
func (v portalView) Graph() graph {
	months := v.Months()
	most := 1
	for _, m := range months {
		most = max(most, m.Amount)
	}
	g := graph{Width: max(1, len(months)) * graphStep, Height: graphHeight + 24, Base: graphHeight}
	for i, m := range months {
		height := max(2, m.Amount*(graphHeight-8)/most)
		x := i*graphStep + (graphStep-graphBar)/2
		g.Bars = append(g.Bars, bar{X: x, Y: graphHeight - height, Width: graphBar, Height: height, Middle: x + graphBar/2, Month: shortMonth(m.Month)})
	}
	return g
}

// GraphName is what the graph says to who cannot see it (p21-4).
func (v portalView) GraphName() string {
	months := v.Months()
	if len(months) == 0 {
		return v.Say("portal.no_purchases")
	}
	most := months[0]
	for _, m := range months {
		if m.Amount > most.Amount {
			most = m
		}
	}
	return v.Say("app_statement.usage_name", "from", monthText(months[0].Month), "to", monthText(months[len(months)-1].Month),
		"month", monthText(most.Month), "amount", v.Yen(most.Amount))
}

// Month writes a month in words.
func (v portalView) Month(month string) string { return monthText(month) }

func monthText(month string) string {
	year, m, _ := strings.Cut(month, "-")
	return year + "年" + strings.TrimPrefix(m, "0") + "月"
}

func shortMonth(month string) string {
	_, m, _ := strings.Cut(month, "-")
	return strings.TrimPrefix(m, "0") + "月"
}
