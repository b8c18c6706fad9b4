package issuer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
)

const hanakosCard, hanakosPIN = "4242420000010017", "2580"

func TestWrongPINsAreCountedUntilTheRightOne(t *testing.T) {
	b := book(t)
	for i, step := range []struct {
		pin  string
		want issuer.PINCheck
	}{
		{"0000", issuer.PINCheck{Left: 2}},
		{"0000", issuer.PINCheck{Left: 1}},
		{hanakosPIN, issuer.PINCheck{Right: true, Left: 3}},
		{"0000", issuer.PINCheck{Left: 2}},
		{"", issuer.PINCheck{Left: 1}},
		{"25800", issuer.PINCheck{}},
		{hanakosPIN, issuer.PINCheck{Stopped: true}},
	} {
		if diff := cmp.Diff(step.want, b.CheckPIN(hanakosCard, step.pin, 3)); diff != "" {
			t.Errorf("step %d, PIN %q (-want +got):\n%s", i+1, step.pin, diff)
		}
	}
	if got := b.CheckPIN("5555550000010027", "1470", 3); !got.Right {
		t.Errorf("another card's PIN: %+v", got)
	}
}

func TestAStoppedPINIsGoodAgainForAMemberAddedAnew(t *testing.T) {
	b := book(t)
	for range 3 {
		b.CheckPIN(hanakosCard, "0000", 3)
	}
	card, _ := b.Find(hanakosCard)
	b.Add(fixtures.Member{ID: "hanako", Name: "x", Cards: []fixtures.Card{card.Card}})
	if got := b.CheckPIN(hanakosCard, hanakosPIN, 3); !got.Right {
		t.Errorf("%+v", got)
	}
}

func TestACardWithoutAPINHasNoRightOne(t *testing.T) {
	b := book(t)
	b.Add(fixtures.Member{ID: "x", Name: "x", Cards: []fixtures.Card{{Number: "4242420000019992"}}})
	for _, number := range []string{"4242420000019992", "4242420000019993"} {
		if got := b.CheckPIN(number, "", 3); got.Right {
			t.Errorf("%s: %+v", number, got)
		}
	}
}
