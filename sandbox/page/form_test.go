package page_test

import (
	"testing"

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
