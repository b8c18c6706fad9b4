package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/account"
)

var purchases = []fixtures.Purchase{
	{Date: "2026-10-03", Shop: "a", Amount: 100},
	{Date: "2026-11-01", Shop: "b", Amount: 30},
	{Date: "2026-10-28", Shop: "c", Amount: 5},
}

func TestUsageJoinsPurchasesToTheMonthsBefore(t *testing.T) {
	got := account.Usage([]fixtures.Month{{Month: "2026-07", Amount: 7}, {Month: "2026-08", Amount: 8}}, purchases)
	want := []fixtures.Month{
		{Month: "2026-07", Amount: 7},
		{Month: "2026-08", Amount: 8},
		{Month: "2026-09"},
		{Month: "2026-10", Amount: 105},
		{Month: "2026-11", Amount: 30},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := account.Usage(nil, nil); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

func TestRecentAreTheNewestFirst(t *testing.T) {
	var shops string
	for _, p := range account.Recent(purchases, 2) {
		shops += p.Shop
	}
	if shops != "bc" || len(account.Recent(nil, 2)) != 0 {
		t.Errorf("%s", shops)
	}
}

func TestWhatIsLeftOfALimitIsNeverLessThanNothing(t *testing.T) {
	if got := account.Available(200, purchases); got != 65 {
		t.Errorf("%d left of 200", got)
	}
	if got := account.Available(100, purchases); got != 0 {
		t.Errorf("%d left of 100", got)
	}
}
