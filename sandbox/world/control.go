package world

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
)

// A Setup says how a world is to be changed. What is left zero stays.
type Setup struct {
	Clock  ClockMove
	Policy json.RawMessage   // a JSON merge patch of registration.Policy
	Texts  map[string]string // an empty sentence restores the table's own
	// Defects are what is broken on purpose from now on; nil leaves it as it is.
	Defects []string
}

// A ClockMove moves a world's clock: first Set, then Advance, then Run or Freeze.
type ClockMove struct {
	Set     time.Time
	Advance time.Duration
	Running *bool
}

// Arrange changes a world, making it where it does not exist; all or nothing.
func (s *Service) Arrange(name string, setup Setup) (Snapshot, error) {
	m, err := s.update(name, func(st *State, now time.Time) error {
		if err := st.moveClock(setup.Clock, s.machine()); err != nil {
			return err
		}
		if len(setup.Policy) > 0 {
			if err := st.patchPolicy(setup.Policy); err != nil {
				return err
			}
			st.Timeline.add(now, "policy", "方針を変えました: "+string(setup.Policy), "")
		}
		for id, text := range setup.Texts {
			st.Timeline.add(now, "text", "文言を変えました: "+id+" = "+text, "")
		}
		if setup.Defects != nil {
			if err := s.infect(st, setup.Defects, now); err != nil {
				return err
			}
		}
		if st.Timeline.Serial == 0 { // nothing was asked for but the world itself
			st.Timeline.add(now, "world", "ワールドを用意しました", "")
		}
		return s.words.reword(st, setup.Texts)
	})
	if err == nil {
		m = s.moment(m.State) // the clock may show another time now
	}
	return m, err
}

func (st *State) moveClock(move ClockMove, machine time.Time) error {
	if move == (ClockMove{}) {
		return nil
	}
	c := st.Clock
	var err error
	if !move.Set.IsZero() {
		if c, err = c.Set(move.Set, machine); err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
	}
	if move.Advance != 0 {
		if c, err = c.Advance(move.Advance, machine); err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
	}
	if move.Running != nil {
		if *move.Running {
			c = c.Run(machine)
		} else {
			c = c.Freeze(machine)
		}
	}
	st.Clock = c
	st.Timeline.add(c.Now(machine), "clock", "時計: "+c.Now(machine).Format("2006-01-02 15:04:05")+running(c.Running), "")
	return nil
}

func running(on bool) string {
	if on {
		return "（進行中）"
	}
	return "（停止中）"
}

func (st *State) patchPolicy(patch json.RawMessage) error {
	p := st.Policy
	d := json.NewDecoder(bytes.NewReader(patch))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return fmt.Errorf("%w: policy: %w", ErrRequest, err)
	}
	if err := p.Check(); err != nil {
		return fmt.Errorf("%w: policy: %w", ErrRequest, err)
	}
	st.Policy = p
	return nil
}

// Generate makes n members of their own and returns their cards.
func (s *Service) Generate(name string, n int) (cards []issuer.Card, err error) {
	_, err = s.update(name, func(st *State, now time.Time) error {
		if cards, err = st.Issuer.Generate(n); err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
		st.Timeline.add(now, "member", fmt.Sprintf("会員を%d人生成しました", n), "")
		return nil
	})
	return cards, err
}

// Delete ends a world, and with it its claims.
func (s *Service) Delete(name string) error {
	st, err := s.store.View(name)
	if err != nil {
		return err
	}
	err = s.store.Delete(name)
	for recipient := range st.Claims.All() {
		err = errors.Join(err, s.claims.Drop(recipient, name))
	}
	return err
}

// Worlds returns the worlds that exist, by name.
func (s *Service) Worlds() ([]Snapshot, error) {
	states, err := s.store.List()
	if err != nil {
		return nil, err
	}
	moments := make([]Snapshot, len(states))
	for i, st := range states {
		moments[i] = s.moment(st)
	}
	return moments, nil
}

// Changed returns a channel that is closed at the world's next change.
func (s *Service) Changed(name string) (<-chan struct{}, error) { return s.store.Changed(name) }

// Await waits until look finds what it looks for in the world, or ctx ends. It
// looks again whenever the world changes, and whenever its clock reaches the
// time that look says something will have arrived by.
func (s *Service) Await(ctx context.Context, name string, look func(Snapshot) (found bool, next time.Time)) (bool, error) {
	for {
		changed, err := s.store.Changed(name)
		if err != nil {
			return false, err
		}
		m, err := s.Snapshot(name)
		if err != nil {
			return false, err
		}
		found, next := look(m)
		if found {
			return true, nil
		}
		if !wait(ctx, changed, m.Clock, next, s.machine()) {
			return false, nil
		}
	}
}

// wait tells false where ctx ended.
func wait(ctx context.Context, changed <-chan struct{}, c interface {
	Until(t, machine time.Time) (time.Duration, bool)
}, next, machine time.Time) bool {
	var due <-chan time.Time
	if !next.IsZero() {
		if left, willCome := c.Until(next, machine); willCome {
			t := time.NewTimer(left)
			defer t.Stop()
			due = t.C
		}
	}
	select {
	case <-ctx.Done():
		return false
	case <-changed:
	case <-due:
	}
	return true
}

// AwaitSMS waits for the newest SMS to a number that comes after another one.
func (s *Service) AwaitSMS(ctx context.Context, name, to, after string) (found sms.Message, ok bool, err error) {
	ok, err = s.Await(ctx, name, func(m Snapshot) (bool, time.Time) {
		var there bool
		if found, there = m.SMS.Latest(to, after, m.Now); there {
			return true, time.Time{}
		}
		next, _ := m.SMS.Pending(to, m.Now)
		return false, next
	})
	return found, ok, err
}

// AwaitMail waits for the newest mail to an address that comes after another one.
func (s *Service) AwaitMail(ctx context.Context, name, to, after string) (found mailbox.Mail, ok bool, err error) {
	ok, err = s.Await(ctx, name, func(m Snapshot) (bool, time.Time) {
		var there bool
		if found, there = m.Mailbox.Latest(to, after, m.Now); there {
			return true, time.Time{}
		}
		next, _ := m.Mailbox.Pending(to, m.Now)
		return false, next
	})
	return found, ok, err
}

// AwaitCall waits for the newest call from a number that was placed after
// another one; with ended, for one that has ended.
func (s *Service) AwaitCall(ctx context.Context, name, from, after string, ended bool) (found ivr.Call, ok bool, err error) {
	ok, err = s.Await(ctx, name, func(m Snapshot) (bool, time.Time) {
		var there bool
		if found, there = m.Telephone.Latest(from, after, ended, m.Now); there {
			return true, time.Time{}
		}
		_, next := m.Telephone.Going(from, m.Now)
		return false, next
	})
	return found, ok, err
}
