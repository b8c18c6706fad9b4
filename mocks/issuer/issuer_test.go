package issuer_test

import (
	"errors"
	"testing"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
)

func book(t *testing.T) issuer.Book {
	t.Helper()
	members, _, err := fixtures.Members()
	if err != nil {
		t.Fatal(err)
	}
	return issuer.NewBook(members)
}

func TestEveryTestCardIsVerifiedAndNothingElse(t *testing.T) {
	b := book(t)
	members, _, _ := fixtures.Members()
	for _, m := range members {
		for _, c := range m.Cards {
			got, ok := b.Verify(c.Number, c.Expiry, c.SecurityCode)
			if !ok || got.MemberID != m.ID || got.Phone != m.Phone {
				t.Errorf("%s: %+v %t", m.ID, got, ok)
			}
			if _, ok := b.Verify(c.Number, "01/20", c.SecurityCode); ok {
				t.Errorf("%s: verified with a wrong expiry", m.ID)
			}
			if _, ok := b.Verify(c.Number, c.Expiry, "000"); ok {
				t.Errorf("%s: verified with a wrong code", m.ID)
			}
		}
	}
	if _, ok := b.Verify("4242424242424242", "11/35", "123"); ok {
		t.Error("a number that is no test card was verified")
	}
}

func TestGeneratedMembersAreFoundAndDiffer(t *testing.T) {
	b := book(t)
	cards, err := b.Generate(500)
	if err != nil {
		t.Fatal(err)
	}
	phones := map[string]bool{}
	for _, c := range cards {
		phones[c.Phone] = true
		if got, ok := b.Verify(c.Number, c.Expiry, c.SecurityCode); !ok || got.MemberID != c.MemberID {
			t.Fatalf("%s is not verified", c.Number)
		}
	}
	if len(phones) != 500 {
		t.Errorf("%d telephones for 500 members", len(phones))
	}
	fresh := book(t)
	if _, ok := fresh.Find(cards[0].Number); ok {
		t.Error("a generated card exists in another book")
	}
	for _, n := range []int{0, -1, issuer.MaxGenerated + 1} {
		if _, err := b.Generate(n); !errors.Is(err, issuer.ErrMember) {
			t.Errorf("%d: %v", n, err)
		}
	}
}

func TestACardIsEnrolledOnce(t *testing.T) {
	b := book(t)
	first := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	if !b.Enrol("4242420000010017", first) || b.Enrol("4242420000010017", first.Add(time.Hour)) {
		t.Error("enrolment is not told apart from the second")
	}
	if at, _ := b.Enrolled.Get("4242420000010017"); !at.Equal(first) {
		t.Errorf("enrolled at %s", at)
	}
}
