package world_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

func service(t testing.TB) *world.Service {
	t.Helper()
	return with(t, world.Config{})
}

func with(t testing.TB, c world.Config) *world.Service {
	t.Helper()
	c.Machine, c.Bounds = func() time.Time { return noon }, world.DefaultBounds()
	if c.Snapshots = store.NewSnapshots(c.Bounds); c.Store == nil {
		c.Store = store.NewMemory(c.Machine, c.Bounds)
	}
	s, err := world.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func hanako() registration.Form {
	return registration.Form{CardNumber: "4242420000010017", ExpiryMonth: "11", ExpiryYear: "35", SecurityCode: "123",
		NetAnswerID: "hanako2026", Password: "Secret-2026", PasswordConfirmation: "Secret-2026", EmailPC: "hanako@example.jp", TermsAgreed: true}
}

// confirmed is the id of a registration at its confirmation.
func confirmed(t testing.TB, s *world.Service, name string, f registration.Form) string {
	t.Helper()
	step, err := s.Web().Start(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	step, err = s.Web().Submit(t.Context(), name, step.Registration.ID, f)
	if err != nil || step.Refused != nil {
		t.Fatal(err, step.Refused)
	}
	return step.Registration.ID
}

// awaited is the id of a registration with a passcode on the phone, and the code.
func awaited(t testing.TB, s *world.Service, name string) (id, code string) {
	t.Helper()
	id = confirmed(t, s, name, hanako())
	if step, err := s.Web().Proceed(t.Context(), name, id); err != nil || step.Refused != nil {
		t.Fatal(err, step.Refused)
	}
	m, err := s.Snapshot(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	message, ok := m.SMS.Latest("090-0000-1001", "", m.Now)
	if !ok {
		t.Fatal("no SMS")
	}
	return id, message.Passcode.Code
}

func journey(t testing.TB, s *world.Service, name string) {
	t.Helper()
	id, code := awaited(t, s, name)
	step, err := s.Web().Enter(t.Context(), name, id, code)
	if err != nil || step.Refused != nil || step.Registration.State != registration.Completed {
		t.Fatal(err, step.Refused, step.Registration.State)
	}
}

func TestTwoRightPasscodesAtOnceRegisterOnce(t *testing.T) {
	s := service(t)
	for range 50 {
		id, code := awaited(t, s, "w")
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				if step, err := s.Web().Enter(t.Context(), "w", id, code); err != nil || step.Refused != nil {
					t.Error(err, step.Refused)
				}
			})
		}
		group.Wait()
		m, _ := s.Snapshot(t.Context(), "w")
		if len(m.Mailbox.Mails) != 1 || m.Issuer.Enrolled.Len() != 1 || m.Accounts.Cards.Len() != 2 {
			t.Fatalf("%d mails, %d enrolments, %d registered cards", len(m.Mailbox.Mails), m.Issuer.Enrolled.Len(), m.Accounts.Cards.Len())
		}
		if err := s.Control().Delete(t.Context(), "w"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWrongPasscodesAtOnceAreAllCounted(t *testing.T) {
	s := service(t)
	id, code := awaited(t, s, "w")
	wrong := strings.Map(func(c rune) rune { return '0' + (c-'0'+1)%10 }, code)
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() { _, _ = s.Web().Enter(t.Context(), "w", id, wrong) }) // refused, which is the point
	}
	group.Wait()
	step, err := s.Web().Enter(t.Context(), "w", id, code)
	if err != nil || step.Registration.State != registration.Locked || step.Registration.Attempts != 5 {
		t.Errorf("%v, %s after %d attempts", err, step.Registration.State, step.Registration.Attempts)
	}
}

func TestAskingForTheCheckAtOnceSendsOneSMS(t *testing.T) {
	s := service(t)
	id := confirmed(t, s, "w", hanako())
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if step, err := s.Web().Proceed(t.Context(), "w", id); err != nil || step.Refused != nil {
				t.Error(err, step.Refused)
			}
		})
	}
	group.Wait()
	if m, _ := s.Snapshot(t.Context(), "w"); len(m.SMS.Messages) != 1 {
		t.Errorf("%d SMS", len(m.SMS.Messages))
	}
}

type broken struct{}

func (broken) SendSMS(context.Context, string, string, string) error { return errors.New("503") }

func TestWhatCannotBeSentLosesNothing(t *testing.T) {
	s := with(t, world.Config{Ports: world.Ports{SMS: broken{}}})
	id := confirmed(t, s, "w", hanako())
	step, err := s.Web().Proceed(t.Context(), "w", id)
	if err != nil || step.Registration.State != registration.Confirm || step.Registration.Application.CardNumber == "" {
		t.Errorf("%v %s", err, step.Registration.State)
	}
	var e *registration.Error
	if !errors.As(step.Refused, &e) || e.Kind != registration.Unready {
		t.Errorf("refused with %v", step.Refused)
	}
}

func TestWorldsDoNotSeeEachOther(t *testing.T) {
	s := service(t)
	id, code := awaited(t, s, "one")
	step, err := s.Web().Enter(t.Context(), "two", id, code)
	var e *registration.Error
	if err != nil || !errors.As(step.Refused, &e) || e.Code != "registration_unknown" {
		t.Errorf("%v %v", err, step.Refused)
	}
	journey(t, s, "two")
	if m, _ := s.Snapshot(t.Context(), "one"); m.Accounts.Cards.Has("4242420000010017") {
		t.Error("the registration of one world stands in another")
	}
}

func TestNoSecretStaysInAWorldAfterRegistration(t *testing.T) {
	s := service(t)
	f := hanako()
	f.CardNumber = "4242424242424242"
	step, _ := s.Web().Start(t.Context(), "w")
	if refused, err := s.Web().Submit(t.Context(), "w", step.Registration.ID, f); err != nil || refused.Refused == nil {
		t.Fatal(err, "an unknown card was accepted")
	}
	journey(t, s, "w")
	m, _ := s.Snapshot(t.Context(), "w")
	state := document(t, m.State)
	for _, secret := range []string{"Secret-2026", "4242424242424242"} {
		if strings.Contains(state, secret) {
			t.Errorf("%s is in the state", secret)
		}
	}
	for _, e := range m.Timeline.Events {
		if strings.Contains(e.What, "4242420000010017") || strings.Contains(e.What, "123\"") {
			t.Errorf("the timeline tells a card: %s", e.What)
		}
	}
}

func TestWaitingEndsWhenTheSMSArrives(t *testing.T) {
	s := service(t)
	id := confirmed(t, s, "w", hanako())
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	arrived := make(chan bool)
	go func() {
		m, ok, err := s.Control().AwaitSMS(ctx, "w", "09000001001", "")
		arrived <- ok && err == nil && m.Passcode != nil
	}()
	if _, err := s.Web().Proceed(ctx, "w", id); err != nil {
		t.Fatal(err)
	}
	if !<-arrived {
		t.Error("the wait ended without the SMS")
	}
}

func TestASetupIsAllOrNothing(t *testing.T) {
	s := service(t)
	for name, setup := range map[string]world.Setup{
		"unknown policy":    {Policy: []byte(`{"passcode_lifetime":"5m","no_such":1}`)},
		"policy out of row": {Policy: []byte(`{"passcode_lifetime":"5m","passcode_digits":0}`)},
		"unknown text":      {Policy: []byte(`{"passcode_lifetime":"5m"}`), Texts: map[string]string{"no.such": "x"}},
		"impossible clock":  {Policy: []byte(`{"passcode_lifetime":"5m"}`), Clock: world.ClockMove{Set: new(time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC))}},
		"the clock's zero":  {Policy: []byte(`{"passcode_lifetime":"5m"}`), Clock: world.ClockMove{Set: new(time.Time{})}},
	} {
		if _, err := s.Control().Arrange(t.Context(), "w", setup); !errors.Is(err, world.ErrRequest) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if m, _ := s.Snapshot(t.Context(), "w"); m.Policy.PasscodeLifetime.Of() != 10*time.Minute {
		t.Errorf("lifetime is %s", m.Policy.PasscodeLifetime)
	}
}

func BenchmarkRegistration(b *testing.B) {
	s := service(b)
	b.ReportAllocs()
	for b.Loop() {
		journey(b, s, "w")
		_ = s.Control().Delete(b.Context(), "w")
	}
}

func BenchmarkWorldTouched(b *testing.B) {
	s := service(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Web().Start(b.Context(), "w"); err != nil {
			b.Fatal(err)
		}
		_ = s.Control().Delete(b.Context(), "w")
	}
}

func TestBeyondTheBoundARegistrationIsRefused(t *testing.T) {
	bounds := world.DefaultBounds()
	bounds.Journeys = 2
	machine := func() time.Time { return noon }
	s, err := world.New(world.Config{Machine: machine, Bounds: bounds, Store: store.NewMemory(machine, bounds)})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := s.Web().Start(t.Context(), "w"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Web().Start(t.Context(), "w"); !errors.Is(err, world.ErrWorlds) {
		t.Errorf("third registration: %v", err)
	}
	if _, err := s.Web().Start(t.Context(), "another"); err != nil {
		t.Errorf("another world: %v", err)
	}
}
