package actor_test

import (
	"context"
	"testing"
	"time"

	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
)

// A fake is a driver and its surroundings, whose screens and messages a test writes.
type fake struct {
	screens []driver.Screen // seen one after another; the last one stays
	typed   []string        // passcodes and what else was typed
	reissue func()          // what happens when another passcode is asked for

	texts, mails map[string][]actor.Message // by number or address
	passed       time.Duration              // of the world's clock
	runsOn       bool                       // the clock cannot be stopped
	precision    time.Duration              // how far it may run on
}

func (s *fake) Name() string { return "fake" }
func (s *fake) Open(context.Context, driver.World) (driver.Session, error) {
	return &session{fake: s}, nil
}
func (s *fake) Close() error { return nil }

// A session sees the screens of its fake. What a test does not use panics.
type session struct {
	driver.Session
	*fake
}

func (s *session) Close() error { return nil }

func (s *session) see(typed ...string) (driver.Screen, error) {
	s.typed = append(s.typed, typed...)
	now := s.screens[0]
	if len(s.screens) > 1 {
		s.screens = s.screens[1:]
	}
	return now, nil
}

func (s *session) Home(context.Context) (driver.Screen, error) { return s.see() }
func (s *session) Look(context.Context) (driver.Screen, error) { return s.see() }

func (s *session) EnterPasscode(_ context.Context, code string) (driver.Screen, error) {
	return s.see(code)
}

func (s *session) Reissue(context.Context) (driver.Screen, error) {
	s.reissue()
	return s.see()
}

func (s *session) Login(_ context.Context, id, password string) (driver.Screen, error) {
	return s.see(id, password)
}

func (s *session) Submit(_ context.Context, f driver.Form) (driver.Screen, error) {
	return s.see(f.CardNumber, f.ExpiryMonth, f.ExpiryYear, f.SecurityCode, f.Password, f.PasswordConfirmation)
}

// surroundings are those of a fake.
type surroundings struct {
	actor.Surroundings
	*fake
}

func (s surroundings) RunsOn() bool { return s.runsOn }

func (s surroundings) Precision() time.Duration { return s.precision }

func (s surroundings) Advance(_ context.Context, _ string, d time.Duration) error {
	s.passed += d
	return nil
}

func (s surroundings) Texts(_ context.Context, _, phone string) ([]actor.Message, error) {
	if phone == "" { // of everybody, as the control API has it
		var all []actor.Message
		for _, m := range s.texts {
			all = append(all, m...)
		}
		return all, nil
	}
	return s.texts[phone], nil
}

func (s surroundings) Mails(_ context.Context, _, address string) ([]actor.Message, error) {
	return s.mails[address], nil
}

// The cast of these tests. Jiro has no telephone and nothing else that was told.
const (
	hanako, jiro = "花子さん", "次郎さん"
	phone, email = "090-1234-5678", "hanako@example.jp"
	byMailOnly   = "jiro@example.jp"
)

func cast() map[string]actor.Person {
	return map[string]actor.Person{
		hanako: {Called: hanako, Phone: phone, Email: email, ID: "hana-2026", Password: "secret-1", Cards: []actor.Card{
			{Number: "4000123456789012", Month: "09", Year: "29", SecurityCode: "123", PIN: "4649", Points: "1234567"},
			{Number: "370012345678901", Month: "12", Year: "30", SecurityCode: "9999"}}},
		jiro: {Called: jiro, Email: byMailOnly, Cards: []actor.Card{{Number: "5100123456789012", Month: "01", Year: "30", SecurityCode: "321"}}},
	}
}

// on enters a scene of a fake whose people have it before them.
func on(t *testing.T, s *fake, change ...func(*actor.Scene)) context.Context {
	t.Helper()
	if s.screens == nil {
		s.screens = []driver.Screen{{Title: "入力"}}
	}
	scene := &actor.Scene{Driver: s, Around: surroundings{fake: s}, Cast: cast()}
	for _, c := range change {
		c(scene)
	}
	ctx := actor.Enter(t.Context(), scene)
	t.Cleanup(func() {
		if err := scene.Leave(); err != nil {
			t.Error(err)
		}
	})
	return ctx
}

// seeing is a scene in which somebody has seen a screen.
func seeing(t *testing.T, screen driver.Screen, change ...func(*actor.Scene)) context.Context {
	t.Helper()
	ctx := on(t, &fake{screens: []driver.Screen{screen}}, change...)
	if err := actor.OpensHome(ctx, hanako); err != nil {
		t.Fatal(err)
	}
	return ctx
}
