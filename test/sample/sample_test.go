package sample_test

import (
	"slices"
	"strconv"
	"testing"

	"example.com/netanswer/test/sample"
)

func TestADayDrawsItsOwn(t *testing.T) {
	const names = 4000
	drawn := func(word string) (taken map[string]bool) {
		taken = map[string]bool{}
		for i := range names {
			if name := "features/web/passcode.feature:" + strconv.Itoa(i); sample.By(word).Takes(name, 8) {
				taken[name] = true
			}
		}
		return taken
	}
	first, again, next := drawn("2026-11-28"), drawn("2026-11-28"), drawn("2026-11-29")
	both := 0
	for name := range first {
		if !again[name] {
			t.Fatalf("%s is drawn once of twice by one word", name)
		}
		if next[name] {
			both++
		}
	}
	if n := len(first); n < names/10 || n > names/6 {
		t.Errorf("%d of %d are drawn, want about one in eight", n, names)
	}
	if both > len(first)/3 {
		t.Errorf("%d of %d are drawn the next day too", both, len(first))
	}
	if n := len(drawn("all")); n != names {
		t.Errorf("of everything %d are drawn, want %d", n, names)
	}
}

func TestAThingIsTriedInOneOfItsWays(t *testing.T) {
	ways := func(word, name string) (tried int) {
		for i := range 3 {
			if !sample.By(word).Leaves(name, i, 3) {
				tried++
			}
		}
		return tried
	}
	for i := range 20 {
		if name := strconv.Itoa(i); ways("2026-11-28", name) != 1 || ways("all", name) != 3 {
			t.Errorf("%s is tried in %d ways of 3, by everything in %d", name, ways("2026-11-28", name), ways("all", name))
		}
	}
}

func TestEveryThingHasItsDays(t *testing.T) {
	things, days := []string{"a", "b", "c", "d", "e", "f"}, map[string]int{}
	for i := range 100 {
		s := sample.By("2026-11-" + strconv.Itoa(i))
		drawn := sample.Draw(s, things, 2)
		if len(drawn) != 2 || drawn[0] >= drawn[1] || !slices.Equal(drawn, sample.Draw(s, things, 2)) {
			t.Errorf("drawn: %q", drawn)
		}
		for _, thing := range drawn {
			days[thing]++
		}
	}
	for _, thing := range things {
		if days[thing] < 15 {
			t.Errorf("%s has %d days of 100", thing, days[thing])
		}
	}
	if got := sample.Draw(sample.By("all"), things, 2); len(got) != len(things) {
		t.Errorf("of everything %q are drawn", got)
	}
}

func TestEveryPartHasItsDays(t *testing.T) {
	days := map[int]int{}
	for i := range 100 {
		days[sample.By("2026-11-"+strconv.Itoa(i)).Part(5)]++
	}
	for part := range 5 {
		if days[part] < 5 {
			t.Errorf("part %d has %d days of 100", part, days[part])
		}
	}
}

func TestTheVariableGoesBeforeTheDay(t *testing.T) {
	t.Setenv("NETANSWER_TEST_SAMPLE", "all")
	if !sample.Of(t).All() {
		t.Error("something is left out of everything")
	}
	t.Setenv("NETANSWER_TEST_SAMPLE", "2026-11-28")
	if s := sample.Of(t); s != sample.By("2026-11-28") {
		t.Errorf("the sample is %v", s)
	}
	t.Setenv("NETANSWER_TEST_SAMPLE", "")
	if s := sample.Of(t); s.All() || s == sample.By("") {
		t.Errorf("without a word the sample is %v, want the day's", s)
	}
}
