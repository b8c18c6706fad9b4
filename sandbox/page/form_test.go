package page_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/page"
)

func TestABoxIsTickedOrNot(t *testing.T) {
	t.Parallel()
	f := page.Form{"ticked": "yes", "wrong": "on"}
	for name, want := range map[string]bool{"ticked": true, "absent": false} {
		if got, err := f.Yes(name); err != nil || got != want {
			t.Errorf("%s: %t, %v", name, got, err)
		}
	}
	if _, err := f.Yes("wrong"); err == nil {
		t.Error("any value ticks a box")
	}
}

func TestAFormBearsItsTokenOnly(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		form page.Form
		want bool
	}{
		"the token": {page.Form{page.FieldToken: "abc"}, true},
		"another":   {page.Form{page.FieldToken: "abd"}, false},
		"a part":    {page.Form{page.FieldToken: "ab"}, false},
		"none":      {page.Form{}, false},
	} {
		if got := test.form.Bears("abc"); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestNumbersAreGroupedByThree(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 123456: "123,456", 1234567: "1,234,567", -100: "-100", -1000: "-1,000"} {
		if got := page.Grouped(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}

func TestTheTermsAreTakenApart(t *testing.T) {
	t.Parallel()
	want := []page.Article{{Heading: "規約"}, {Heading: "第1条（目的）", Paragraphs: []string{"一。", "二。"}}, {Heading: "第2条"}}
	if diff := cmp.Diff(want, page.Articles("規約\n\n第1条（目的）\n 一。\n二。\n第2条\n")); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	if got := page.Articles(""); got != nil {
		t.Errorf("no terms are %v", got)
	}
	terms, err := fixtures.Terms()
	if err != nil || len(page.Articles(terms)) < 2 {
		t.Errorf("the fixtures' terms are %v, %v", page.Articles(terms), err)
	}
}
