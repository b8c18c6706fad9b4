package world_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

var hanakosCard = registration.CardForm{CardNumber: "4242420000010017", Expiry: "11/35", SecurityCode: "123"}

// must is the step that was taken.
func must(t testing.TB) func(world.Step, error) world.Step {
	t.Helper()
	return func(step world.Step, err error) world.Step {
		t.Helper()
		if err != nil || step.Refused != nil {
			t.Fatal(err, step.Refused)
		}
		return step
	}
}

// apart is a registration in the app at its destination.
func apart(t testing.TB, s *world.Service, name string, c registration.CardForm) world.AppStep {
	t.Helper()
	step := must(t)(s.App().Start(t.Context(), name, "", registration.CompanySaison, registration.IPhone))
	a := world.AppStep{World: name, ID: step.Registration.ID}
	must(t)(s.App().SubmitCard(t.Context(), a, c))
	return a
}

// agreeing is a registration in the app at its terms, identified by PIN.
func agreeing(t testing.TB, s *world.Service, name string, c registration.CardForm, pin, email, password string) world.AppStep {
	t.Helper()
	a := apart(t, s, name, c)
	must(t)(s.App().ChoosePIN(t.Context(), a))
	must(t)(s.App().EnterPIN(t.Context(), a, pin))
	must(t)(s.App().SetEmail(t.Context(), a, email))
	must(t)(s.App().SetPassword(t.Context(), a, password))
	return a
}

func TestRegisteringAnewKeepsTheIDAndEndsWhatWasBefore(t *testing.T) {
	s := service(t)
	ryoko := registration.CardForm{CardNumber: "4242420000010066", Expiry: "10/30", SecurityCode: "678"}
	old, _, refused, err := s.Members().Login(t.Context(), "w", "ryoko2020", "Ryoko-2020")
	if err != nil || refused != nil {
		t.Fatal(err, refused)
	}
	a := agreeing(t, s, "w", ryoko, "4826", "ryoko@new.example.jp", "Another-26")
	if _, refused, _ := s.Members().Portal(t.Context(), "w", old); refused != nil {
		t.Errorf("before the agreement, the log-in of before: %v", refused)
	}
	step := must(t)(s.App().Agree(t.Context(), a, true))
	if id := step.Registration.Application.NetAnswerID; id != "ryoko2020" {
		t.Errorf("the ID is %q", id)
	}
	if _, refused, _ := s.Members().Portal(t.Context(), "w", old); refused == nil {
		t.Error("the log-in of before goes on")
	}
	if _, _, refused, _ := s.Members().Login(t.Context(), "w", "ryoko2020", "Ryoko-2020"); refused == nil {
		t.Error("the password of before is good")
	}
	if _, _, refused, _ := s.Members().Login(t.Context(), "w", "ryoko2020", "Another-26"); refused != nil {
		t.Errorf("the new password: %v", refused)
	}
	m, _ := s.Snapshot(t.Context(), "w")
	if n := len(m.Mailbox.List("ryoko@new.example.jp", m.Now)); n != 1 || len(m.Mailbox.List("ryoko@example.jp", m.Now)) != 0 {
		t.Errorf("%d mails", n)
	}
	// The app that was registered first starts until the card is registered anew.
	if token, step, _, err := s.App().Open(t.Context(), "w", a.ID); err != nil || step.Refused != nil || token == "" {
		t.Errorf("start: %v %v", err, step.Refused)
	}
	b := agreeing(t, s, "w", ryoko, "4826", "ryoko@example.jp", "Another-27")
	must(t)(s.App().Agree(t.Context(), b, true))
	if _, step, _, _ := s.App().Open(t.Context(), "w", a.ID); !strings.Contains(explain(step), "registered_anew") {
		t.Errorf("start of the first: %v", step.Refused)
	}
	if m, _ := s.Snapshot(t.Context(), "w"); m.Issuer.Enrolled.Len() != 1 || m.Accounts.Accounts.Len() != 1 {
		t.Errorf("%d enrolments, %d accounts", m.Issuer.Enrolled.Len(), m.Accounts.Accounts.Len())
	}
}

func explain(step world.Step) string {
	if step.Refused == nil {
		return ""
	}
	return step.Refused.Error()
}

func TestAStoppedPINStaysStoppedAndTheSMSIsLeft(t *testing.T) {
	s := service(t)
	a := apart(t, s, "w", hanakosCard)
	must(t)(s.App().ChoosePIN(t.Context(), a))
	for _, want := range []string{"pin: pin_wrong", "pin: pin_wrong", "registration_locked"} {
		if step, err := s.App().EnterPIN(t.Context(), a, "0000"); err != nil || explain(step) != want {
			t.Fatalf("%v %v, want %s", err, step.Refused, want)
		}
	}
	b := apart(t, s, "w", hanakosCard)
	must(t)(s.App().ChoosePIN(t.Context(), b))
	if step, err := s.App().EnterPIN(t.Context(), b, "2580"); err != nil || explain(step) != "pin: pin_stopped" ||
		step.Registration.State != registration.AwaitPIN {
		t.Errorf("the right PIN in another registration: %v %v", err, step.Refused)
	}
	if step := must(t)(s.App().RequestPasscode(t.Context(), b)); step.Registration.State != registration.AwaitPasscode {
		t.Error(step.Registration.State)
	}
}

func TestAKeyIsFreeAgainWhereTheProviderDidNotAnswer(t *testing.T) {
	s := service(t)
	a := apart(t, s, "w", hanakosCard)
	a.Key = "once"
	if err := s.Control().PlanFaults(t.Context(), "w", world.ProviderSMS, []fault.Fault{{Kind: fault.Refuse, Times: 1}}); err != nil {
		t.Fatal(err)
	}
	step, err := s.App().RequestPasscode(t.Context(), a)
	if err != nil || explain(step) != "provider_unavailable" || step.Registration.State != registration.CheckDestination {
		t.Fatalf("%v %v in %s", err, step.Refused, step.Registration.State)
	}
	if step = must(t)(s.App().RequestPasscode(t.Context(), a)); step.Registration.State != registration.AwaitPasscode {
		t.Error(step.Registration.State)
	}
	if err := s.Control().PlanFaults(t.Context(), "w", world.ProviderIssuer, []fault.Fault{{Kind: fault.TimeOut, Times: 1}}); err != nil {
		t.Fatal(err)
	}
	a.Key = ""
	must(t)(s.App().ChoosePIN(t.Context(), a))
	a.Key = "pin"
	if step, err := s.App().EnterPIN(t.Context(), a, "2580"); err != nil || explain(step) != "provider_unavailable" {
		t.Fatalf("%v %v", err, step.Refused)
	}
	must(t)(s.App().EnterPIN(t.Context(), a, "2580"))
}

func TestTappingTwiceRegistersOnce(t *testing.T) {
	s := service(t)
	for range 20 {
		name := "w"
		a := agreeing(t, s, name, hanakosCard, "2580", "hanako@example.jp", "Secret-2026")
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				if step, err := s.App().Agree(context.Background(), a, true); err != nil || step.Refused != nil ||
					step.Registration.State != registration.Completed {
					t.Error(err, step.Refused, step.Registration.State)
				}
			})
		}
		group.Wait()
		m, _ := s.Snapshot(t.Context(), name)
		if m.Mailbox.Serial != 1 || m.Issuer.Enrolled.Len() != 1 || m.Accounts.Accounts.Len() != 2 {
			t.Fatalf("%d mails, %d enrolments, %d accounts", m.Mailbox.Serial, m.Issuer.Enrolled.Len(), m.Accounts.Accounts.Len())
		}
		if err := s.Control().Delete(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnIDOfTheAppIsOneThatTheWebWouldTake(t *testing.T) {
	s := service(t)
	a := agreeing(t, s, "w", hanakosCard, "2580", "hanako@example.jp", "Secret-2026")
	step := must(t)(s.App().Agree(t.Context(), a, true))
	f := hanako()
	f.NetAnswerID = step.Registration.Application.NetAnswerID
	if err := f.Check(step.Snapshot.Policy, noon); err != nil {
		t.Errorf("%s: %v", f.NetAnswerID, err)
	}
}

func TestTheWalletIsAskedOnceAndCanBeFilledLater(t *testing.T) {
	s := service(t)
	a := agreeing(t, s, "w", hanakosCard, "2580", "hanako@example.jp", "Secret-2026")
	must(t)(s.App().Agree(t.Context(), a, true))
	token, _, opened, err := s.App().Open(t.Context(), "w", a.ID)
	if err != nil || !opened.Wallet.Asks() || opened.Wallet.Service != "apple_pay" {
		t.Fatalf("%v %+v", err, opened.Wallet)
	}
	if _, _, again, _ := s.App().Open(t.Context(), "w", a.ID); !again.Wallet.Asks() {
		t.Error("unanswered, it is not asked at the next start")
	}
	for _, tt := range []struct {
		say   account.WalletAnswer
		added bool
	}{{account.WalletNotNow, false}, {account.WalletAdd, true}, {account.WalletNotNow, true}} {
		p, refused, err := s.Members().AnswerWallet(t.Context(), "w", token, tt.say)
		if err != nil || refused != nil || p.Account.Wallet.Asks() || p.Account.Wallet.Added() != tt.added {
			t.Errorf("%s: %v %v %+v", tt.say, err, refused, p.Account.Wallet)
		}
	}
	web, _, _, _ := s.Members().Login(t.Context(), "w", "ryoko2020", "Ryoko-2020")
	var none *registration.Error
	if _, refused, _ := s.Members().AnswerWallet(t.Context(), "w", web, account.WalletAdd); !errors.As(refused, &none) ||
		none.Code != "no_wallet" {
		t.Errorf("an account of the web: %v", refused)
	}
}

func TestASmartphoneInstallsByTheWorldsClock(t *testing.T) {
	s := service(t)
	freeze := false
	if _, err := s.Control().Arrange(t.Context(), "w", world.Setup{Clock: world.ClockMove{Running: &freeze}}); err != nil {
		t.Fatal(err)
	}
	phone, err := s.App().Install(t.Context(), "w", "", registration.IPhone)
	if err != nil {
		t.Fatal(err)
	}
	installed := func() (float64, bool) {
		t.Helper()
		p, m, err := s.App().Phone(t.Context(), "w", phone.ID)
		if err != nil {
			t.Fatal(err)
		}
		return p.Installed(m)
	}
	if part, whole := installed(); part != 0 || whole {
		t.Errorf("at first %v %t", part, whole)
	}
	m, _ := s.Snapshot(t.Context(), "w")
	if _, err := s.Control().Arrange(t.Context(), "w",
		world.Setup{Clock: world.ClockMove{Advance: m.Policy.AppInstallDuration.Of() / 2}}); err != nil {
		t.Fatal(err)
	}
	if part, whole := installed(); part != 0.5 || whole {
		t.Errorf("halfway %v %t", part, whole)
	}
	if again, err := s.App().Install(t.Context(), "w", phone.ID, registration.IPhone); err != nil || again.ID != phone.ID ||
		!again.InstallingFrom.Equal(phone.InstallingFrom) {
		t.Errorf("installed twice: %+v %v", again, err)
	}
	if other, err := s.App().Install(t.Context(), "w", phone.ID, registration.Android); err != nil || other.ID == phone.ID {
		t.Errorf("a phone of another kind: %+v %v", other, err)
	}
	if _, err := s.Control().Arrange(t.Context(), "w",
		world.Setup{Clock: world.ClockMove{Advance: m.Policy.AppInstallDuration.Of() / 2}}); err != nil {
		t.Fatal(err)
	}
	if part, whole := installed(); part != 1 || !whole {
		t.Errorf("at last %v %t", part, whole)
	}
	if _, err := s.App().Install(t.Context(), "w", "", "fridge"); !errors.Is(err, world.ErrRequest) {
		t.Errorf("a fridge: %v", err)
	}
	if err := s.App().Hold(t.Context(), "w", "nobody", "r"); !errors.Is(err, world.ErrRequest) {
		t.Errorf("nobody's phone: %v", err)
	}
}

// TestOneTapOfAPINSentTwiceAtOnceCountsOnce sends it to two services over one store.
func TestOneTapOfAPINSentTwiceAtOnceCountsOnce(t *testing.T) {
	shared := store.NewMemory(func() time.Time { return noon }, world.DefaultBounds())
	s := with(t, world.Config{Store: shared})
	both := []*world.Service{s, with(t, world.Config{Store: shared})}
	for i := range 20 {
		name := "w" + strconv.Itoa(i)
		a := apart(t, s, name, hanakosCard)
		must(t)(s.App().ChoosePIN(t.Context(), a))
		a.Key = "tap"
		var taps sync.WaitGroup
		for i := range 64 {
			taps.Go(func() {
				if step, err := both[i%2].App().EnterPIN(t.Context(), a, "0000"); err != nil || explain(step) != "pin: pin_wrong" {
					t.Errorf("%v %v", err, step.Refused)
				}
			})
		}
		taps.Wait()
		m, err := s.Snapshot(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		if wrong, _ := m.Issuer.WrongPINs.Get(hanakosCard.CardNumber); wrong != 1 {
			t.Fatalf("%s: the issuer counted %d wrong PINs", name, wrong)
		}
	}
}
