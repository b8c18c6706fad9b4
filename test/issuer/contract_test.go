// Package issuer_test tries the card company's core system: our own, in process and
// over HTTP, and a real WireMock behind the reference backend.
package issuer_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/issuer/stubs"
	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/test/sandboxtest"
)

// patient waits for nothing but an answer.
func patient() providerclient.RetryPolicy {
	return providerclient.RetryPolicy{Try: 10 * time.Second, Total: 20 * time.Second, Failures: 5, Rest: time.Minute}
}

func relayed(t testing.TB, address string, p providerclient.RetryPolicy) issuer.API {
	t.Helper()
	desk, err := providerclient.NewIssuer(address, p, outbound.Owner{})
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

func everybody(t testing.TB) []fixtures.Member {
	t.Helper()
	members, _, err := fixtures.Members()
	if err != nil {
		t.Fatal(err)
	}
	return members
}

// TestIssuerContract holds every issuer to the same answers: the one in this
// process, our own over HTTP, and WireMock with the stubs made by code and with
// the files of `netanswer issuer export`.
func TestIssuerContract(t *testing.T) {
	t.Parallel()
	t.Run("in process", func(t *testing.T) {
		s := sandboxtest.Start(t)
		contract(t, s.Service.IssuerAPI(), func(_ testing.TB, n int) string { return fmt.Sprintf("fresh-%d", n) })
	})
	t.Run("over HTTP", func(t *testing.T) {
		s := sandboxtest.Start(t)
		contract(t, relayed(t, s.RESTURL, patient()), func(_ testing.TB, n int) string { return fmt.Sprintf("fresh-%d", n) })
	})
	t.Run("WireMock by code", func(t *testing.T) {
		w := script(t, t.TempDir())
		contract(t, relayed(t, w.URL, patient()), func(t testing.TB, n int) string {
			world := fmt.Sprintf("fresh-%d", n)
			if err := stubs.Load(w.Client, everybody(t), stubs.Options{World: world}); err != nil {
				t.Fatal(err)
			}
			return world
		})
	})
	t.Run("WireMock by files", func(t *testing.T) {
		dir := t.TempDir()
		if _, err := sandboxtest.Netanswer(t, "issuer", "export", "-dir", dir); err != nil {
			t.Fatal(err)
		}
		w := script(t, dir)
		contract(t, relayed(t, w.URL, patient()), func(t testing.TB, _ int) string {
			if err := w.ResetAllScenarios(); err != nil {
				t.Fatal(err)
			}
			return "any"
		})
	})
}

// contract is what every issuer.API promises. fresh is a world in which nothing
// has happened; it is asked for once in each part.
func contract(t *testing.T, desk issuer.API, fresh func(t testing.TB, n int) string) {
	members := everybody(t)
	book := issuer.NewBook(members)
	parts := []struct {
		name string
		hold func(t *testing.T, world string)
	}{
		{
			"every card is verified with its holder, and nothing wrong is",
			func(t *testing.T, world string) { verifies(t, desk, world, members, book) },
		},
		{"every card has its standing", func(t *testing.T, world string) {
			for number, card := range book.Cards.All() {
				got, err := desk.Standing(t.Context(), world, issuer.StandingQuestion{CardNumber: number})
				if diff := cmp.Diff(card.Standing(), got); err != nil || diff != "" {
					t.Errorf("%s: %v (-want +got):\n%s", number, err, diff)
				}
			}
		}},
		{"wrong PINs are counted in a row and stop it", func(t *testing.T, world string) { counts(t, desk, world) }},
		{"a card is enrolled once, whoever asks again", func(t *testing.T, world string) { enrols(t, desk, world) }},
		{"a card that nobody has is unknown", func(t *testing.T, world string) {
			const nobodys = "4242424242424242"
			_, standing := desk.Standing(t.Context(), world, issuer.StandingQuestion{CardNumber: nobodys})
			_, pin := desk.CheckPIN(t.Context(), world, issuer.PINQuestion{CardNumber: nobodys, PIN: "2580"})
			_, enrolment := desk.Enrol(t.Context(), world, issuer.EnrolmentQuestion{CardNumber: nobodys, Key: "k"})
			for what, err := range map[string]error{"standing": standing, "PIN": pin, "enrolment": enrolment} {
				if !errors.Is(err, issuer.ErrUnknownCard) {
					t.Errorf("%s: %v", what, err)
				}
			}
			v, err := desk.Verify(
				t.Context(),
				world,
				issuer.CardQuestion{CardNumber: nobodys, ExpiryMonth: "11", ExpiryYear: "35", SecurityCode: "123"},
			)
			if err != nil || v.Verified {
				t.Errorf("verification: %+v %v", v, err)
			}
		}},
	}
	for n, part := range parts {
		t.Run(part.name, func(t *testing.T) { part.hold(t, fresh(t, n)) })
	}
}

func verifies(t *testing.T, desk issuer.API, world string, members []fixtures.Member, book issuer.Book) {
	for _, m := range members {
		for _, c := range m.Cards {
			card, _ := book.Find(c.Number)
			right := issuer.CardQuestion{
				CardNumber:   c.Number,
				ExpiryMonth:  c.Expiry[:2],
				ExpiryYear:   c.Expiry[3:],
				SecurityCode: c.SecurityCode,
			}
			got, err := desk.Verify(t.Context(), world, right)
			if diff := cmp.Diff(card.Told(), got); err != nil || diff != "" {
				t.Errorf("%s: %v (-want +got):\n%s", m.ID, err, diff)
			}
			month, year, code := right, right, right
			month.ExpiryMonth, year.ExpiryYear, code.SecurityCode = "13", "99", "000"
			for what, q := range map[string]issuer.CardQuestion{"month": month, "year": year, "code": code} {
				if got, err := desk.Verify(t.Context(), world, q); err != nil || got.Verified || got.Holder != nil {
					t.Errorf("%s with a wrong %s: %+v %v", m.ID, what, got, err)
				}
			}
		}
	}
}

func counts(t *testing.T, desk issuer.API, world string) {
	const hanako, taro = "4242420000010017", "5555550000010027"
	for i, step := range []struct {
		card, pin string
		want      issuer.PINCheck
	}{
		{hanako, "0000", issuer.PINCheck{Left: 2}},
		{hanako, "0000", issuer.PINCheck{Left: 1}},
		{hanako, "2580", issuer.PINCheck{Right: true, Left: 3}},
		{hanako, "0000", issuer.PINCheck{Left: 2}},
		{taro, "1470", issuer.PINCheck{Right: true, Left: 3}},
		{hanako, "1470", issuer.PINCheck{Left: 1}},
		{hanako, "25800", issuer.PINCheck{}},
		{hanako, "2580", issuer.PINCheck{Stopped: true}},
		{hanako, "0000", issuer.PINCheck{Stopped: true}},
		{taro, "0000", issuer.PINCheck{Left: 2}},
	} {
		got, err := desk.CheckPIN(t.Context(), world, issuer.PINQuestion{CardNumber: step.card, PIN: step.pin})
		if diff := cmp.Diff(step.want, got); err != nil || diff != "" {
			t.Errorf("step %d: %v (-want +got):\n%s", i+1, err, diff)
		}
	}
}

func enrols(t *testing.T, desk issuer.API, world string) {
	const hanako, taro = "4242420000010017", "5555550000010027"
	for i, step := range []struct {
		card, key string
		repeated  bool
	}{{hanako, "a", false}, {hanako, "a", true}, {hanako, "b", true}, {taro, "c", false}, {taro, "c", true}} {
		got, err := desk.Enrol(t.Context(), world, issuer.EnrolmentQuestion{CardNumber: step.card, Key: step.key})
		if err != nil || got.Repeated != step.repeated {
			t.Errorf("step %d: %+v %v", i+1, got, err)
		}
	}
}
