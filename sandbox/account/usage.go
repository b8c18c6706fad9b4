package account

import (
	"slices"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
)

// Spent is what purchases come to, in yen.
func Spent(purchases []fixtures.Purchase) int {
	sum := 0
	for _, p := range purchases {
		sum += p.Amount
	}
	return sum
}

// Usage is what was used month by month, oldest first: the months before, and
// those of the purchases. A month in between without any use is there with 0.
func Usage(before []fixtures.Month, purchases []fixtures.Purchase) []fixtures.Month {
	by := map[string]int{}
	for _, m := range before {
		by[m.Month] += m.Amount
	}
	for _, p := range purchases {
		by[p.Date[:min(len(p.Date), len("YYYY-MM"))]] += p.Amount
	}
	months := make([]string, 0, len(by))
	for m := range by {
		months = append(months, m)
	}
	slices.Sort(months)
	var all []fixtures.Month
	for i, m := range months {
		for i > 0 && after(all[len(all)-1].Month) < m {
			all = append(all, fixtures.Month{Month: after(all[len(all)-1].Month)})
		}
		all = append(all, fixtures.Month{Month: m, Amount: by[m]})
	}
	return all
}

const monthLayout = "2006-01"

// after is the month after another; one that is none comes after everything.
func after(month string) string {
	t, err := time.Parse(monthLayout, month)
	if err != nil {
		return "9999-12"
	}
	return t.AddDate(0, 1, 0).Format(monthLayout)
}

// Available is what may still be spent of a credit limit, never less than 0.
func Available(limit int, purchases []fixtures.Purchase) int { return max(0, limit-Spent(purchases)) }

// NewestFirst are purchases in the order of every statement, whatever that of the issuer
// is. Those of a day stay as they are.
func NewestFirst(purchases []fixtures.Purchase) []fixtures.Purchase {
	newest := slices.Clone(purchases)
	slices.SortStableFunc(newest, func(a, b fixtures.Purchase) int { return strings.Compare(b.Date, a.Date) })
	return newest
}

// Recent are the newest purchases, at most so many, newest first.
func Recent(purchases []fixtures.Purchase, most int) []fixtures.Purchase {
	newest := NewestFirst(purchases)
	return newest[:min(most, len(newest))]
}
