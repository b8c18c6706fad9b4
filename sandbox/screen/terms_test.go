package screen_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/screen"
)

func TestTheTermsAreTakenApart(t *testing.T) {
	t.Parallel()
	want := []screen.Article{{Heading: "規約"}, {Heading: "第1条（目的）", Paragraphs: []string{"一。", "二。"}}, {Heading: "第2条"}}
	if diff := cmp.Diff(want, screen.Articles("規約\n\n第1条（目的）\n 一。\n二。\n第2条\n")); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	if got := screen.Articles(""); got != nil {
		t.Errorf("no terms are %v", got)
	}
	terms, err := fixtures.Terms()
	if err != nil || len(screen.Articles(terms)) < 2 {
		t.Errorf("the fixtures' terms are %v, %v", screen.Articles(terms), err)
	}
}
