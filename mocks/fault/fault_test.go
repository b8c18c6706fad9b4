package fault_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"example.com/netanswer/mocks/fault"
)

func equal(a, b string) bool { return a == b }

func TestFaultsHappenInOrderToWhomTheyAreMeant(t *testing.T) {
	p := fault.Plan{Faults: []fault.Fault{{Kind: fault.Refuse, To: "a", Times: 1}, {Kind: fault.Lose, Times: 2}}}
	before := p
	for i, tt := range []struct {
		to   string
		want fault.Kind
	}{{"b", fault.Lose}, {"a", fault.Refuse}, {"a", fault.Lose}, {"a", ""}} {
		if f, ok := p.Next(tt.to, equal); f.Kind != tt.want || ok != (tt.want != "") {
			t.Errorf("send %d to %s: %q %t, want %q", i+1, tt.to, f.Kind, ok, tt.want)
		}
	}
	if len(before.Faults) != 2 || before.Faults[1].Times != 2 {
		t.Errorf("a snapshot changed: %+v", before)
	}
}

func TestWhatBecomesOfASend(t *testing.T) {
	now := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	for kind, want := range map[fault.Kind]struct {
		fails  bool
		copies int
		late   bool
	}{
		"": {false, 1, false}, fault.Refuse: {true, 1, false}, fault.TimeOut: {true, 1, false},
		fault.Lose: {false, 1, true}, fault.Delay: {false, 1, true}, fault.Duplicate: {false, 2, false},
	} {
		f := fault.Fault{Kind: kind, By: time.Minute}
		at := f.Deliveries(now)
		if (f.Fails() != nil) != want.fails || len(at) != want.copies || at[0].After(now) != want.late {
			t.Errorf("%s: %v, %v", kind, f.Fails(), at)
		}
		if err := f.Fails(); err != nil && !errors.Is(err, fault.ErrFault) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestFaultsThatCannotBePlanned(t *testing.T) {
	for name, f := range map[string]fault.Fault{
		"no kind": {Times: 1}, "another kind": {Kind: "explode", Times: 1}, "never": {Kind: fault.Refuse},
		"a delay of nothing": {Kind: fault.Delay, Times: 1}, "a late refusal": {Kind: fault.Refuse, Times: 1, By: time.Second},
	} {
		if err := f.Check(); !errors.Is(err, fault.ErrPlan) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (fault.Fault{Kind: fault.Lose, Times: 1}).Check(fault.Refuse); err == nil {
		t.Error("a kind the provider cannot have was accepted")
	}
}

func TestChanceIsASeedsAndCanBeReplayed(t *testing.T) {
	draw := func(seed uint64) (happened []bool) {
		p := fault.Plan{Seed: seed, Faults: []fault.Fault{{Kind: fault.Lose, Times: 1000, Percent: 30}}}
		for range 200 {
			_, hit := p.Next("x", func(a, b string) bool { return a == b })
			happened = append(happened, hit)
		}
		return happened
	}
	first, again, other := draw(7), draw(7), draw(8)
	if !slices.Equal(first, again) || slices.Equal(first, other) {
		t.Error("the same seed does not do the same, or two seeds do")
	}
	n := 0
	for _, hit := range first {
		if hit {
			n++
		}
	}
	if n < 40 || n > 80 {
		t.Errorf("%d of 200, want about 60", n)
	}
}

func TestAReasonIsOfWhatIsLost(t *testing.T) {
	if err := (fault.Fault{Kind: fault.Lose, Times: 1, Reason: fault.Filtered}).Check(); err != nil {
		t.Error(err)
	}
	for _, f := range []fault.Fault{{Kind: fault.Refuse, Times: 1, Reason: fault.Filtered}, {Kind: fault.Lose, Times: 1, Reason: "rain"},
		{Kind: fault.Lose, Times: 1, Percent: 101}} {
		if err := f.Check(); !errors.Is(err, fault.ErrPlan) {
			t.Errorf("%+v: %v", f, err)
		}
	}
}
