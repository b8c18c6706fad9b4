package world

import (
	"context"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
)

// What providers' own protocols bring into a world and read from it.

// TakeSMS takes an SMS over from whoever speaks a gateway's protocol. The errors
// are those of package sms, fault.ErrFault, and the store's.
func (s *Service) TakeSMS(name string, d sms.Draft) (sms.Message, error) {
	return s.local().takeSMS(name, d)
}

// TakeManySMS is TakeSMS for several in a row, as one change of the world.
func (s *Service) TakeManySMS(name string, drafts []sms.Draft) ([]sms.Message, []error) {
	taken, errs := make([]sms.Message, len(drafts)), make([]error, len(drafts))
	l := s.local()
	_, err := s.update(name, func(st *State, now time.Time) error {
		for i, d := range drafts {
			taken[i], errs[i] = l.takeOne(st, d, now)
		}
		return nil
	})
	if err != nil {
		for i := range errs {
			errs[i] = err
		}
	}
	return taken, errs
}

// ReportAgain puts back what nobody could be told.
func (s *Service) ReportAgain(name string, reports []sms.Report) error {
	_, err := s.update(name, func(st *State, _ time.Time) error {
		st.SMS.Reports = append(append([]sms.Report{}, reports...), st.SMS.Reports...)
		return nil
	})
	return err
}

// TakeMail takes a mail over for one recipient. A mail that the address drops
// without a word is returned as an empty one. The errors are those of
// package mailbox, fault.ErrFault, and the store's.
func (s *Service) TakeMail(name, to string, raw []byte) (mailbox.Mail, error) {
	return s.local().takeMail(name, to, raw)
}

func (s *Service) local() local { return local{store: s.store, machine: s.machine, bounds: s.bounds} }

// ReportsDue takes out of a world what a protocol is to tell an account ("" for
// every one) of its SMS by now, at most limit of it.
func (s *Service) ReportsDue(name, by, account string, limit int) ([]sms.Report, error) {
	m, err := s.Snapshot(name)
	if err != nil {
		return nil, err
	}
	if ready, _ := m.SMS.Ready(by, account, m.Now); !ready { // most often: the world need not change
		return nil, nil
	}
	var due []sms.Report
	_, err = s.update(name, func(st *State, now time.Time) error {
		due = st.SMS.Due(by, account, now, limit)
		return nil
	})
	return due, err
}

// AwaitReports waits until a protocol has something to tell an account, or ctx
// ends: then false.
func (s *Service) AwaitReports(ctx context.Context, name, by, account string) (bool, error) {
	return s.Await(ctx, name, func(m Snapshot) (bool, time.Time) {
		return m.SMS.Ready(by, account, m.Now)
	})
}

// Record adds a line to a world's timeline, of what a protocol did.
func (s *Service) Record(name, kind, what, ref string) error {
	_, err := s.update(name, func(st *State, now time.Time) error {
		st.Timeline.add(now, kind, what, ref)
		return nil
	})
	return err
}

// KindRequest is the kind of what somebody asked of a provider over the wire.
const KindRequest = "request"

// Witness is Record of a request, in a world that something has happened in:
// looking at a world that is gone, or leaving it, does not make it again. What
// goes to the default world is recorded in any case.
func (s *Service) Witness(name, what, ref string) error {
	st, err := s.store.View(name)
	if err != nil || st.Timeline.Serial == 0 && name != DefaultName {
		return err
	}
	return s.Record(name, KindRequest, what, ref)
}

// NumberMail gives what has come into a world's mailboxes its numbers, by which
// mail programs know it, and returns the world as it then is.
func (s *Service) NumberMail(name string) (Snapshot, error) {
	return s.update(name, func(st *State, now time.Time) error {
		st.Mailbox.Number(now)
		return nil
	})
}

// AdmitMail decides of a recipient before there is a mail, and returns the
// fault, if any, that happens to it. The errors are those of TakeMail.
func (s *Service) AdmitMail(name, to, from string) (f fault.Fault, err error) {
	m, err := s.Snapshot(name)
	if err != nil {
		return f, err
	}
	if len(m.Mailbox.Faults.Faults) == 0 { // most often: the world need not change
		return m.Mailbox.Admit(to, from, s.bounds.Messages)
	}
	err = s.local().planned(name, func(st *State, _ time.Time) (err error) {
		f, err = st.Mailbox.Admit(to, from, s.bounds.Messages)
		return err
	})
	return f, err
}

// DeliverMail is TakeMail for a recipient who was admitted.
func (s *Service) DeliverMail(name, to string, raw []byte, f fault.Fault) (mailbox.Mail, error) {
	l := s.local()
	return l.noteMail(name, to, func(st *State, now time.Time) (mailbox.Mail, error) {
		return st.Mailbox.Deliver(to, raw, f, now, l.bounds.Messages)
	})
}

// ChangeMailbox changes a world's mailboxes, as their reader does.
func (s *Service) ChangeMailbox(name string, change func(*mailbox.Box) error) error {
	_, err := s.update(name, func(st *State, _ time.Time) error { return change(&st.Mailbox) })
	return err
}
