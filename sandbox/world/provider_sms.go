package world

import (
	"context"
	"time"

	"example.com/netanswer/mocks/sms"
)

// TakeSMS takes an SMS over from whoever speaks a gateway's protocol. The errors
// are those of package sms, fault.ErrFault, and the store's.
func (s Providers) TakeSMS(ctx context.Context, name string, d sms.Draft) (sms.Message, error) {
	return local(s).takeSMS(ctx, name, d)
}

// TakeManySMS is TakeSMS for several in a row, as one change of the world.
func (s Providers) TakeManySMS(ctx context.Context, name string, drafts []sms.Draft) ([]sms.Message, []error) {
	taken, errs := make([]sms.Message, len(drafts)), make([]error, len(drafts))
	l := local(s)
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		for i, d := range drafts {
			taken[i], errs[i] = l.takeOne(st, d, now)
		}
		return nil
	})
	if err != nil {
		for i := range errs {
			errs[i] = fullFor(sms.ErrFull, err)
		}
	}
	return taken, errs
}

// Passcode makes up a passcode, as a gateway does that verifies by itself.
func (s Providers) Passcode(digits int) string { return s.source.Passcode(digits) }

// ReportsDue lends what a protocol is to tell an account ("" for every one) of its SMS
// by now, at most limit of it. Nobody else gets it for a minute: by then it is told
// (ReportsTold), or given back (ReportAgain), or who asked has ended.
func (s Providers) ReportsDue(ctx context.Context, name, by, account string, limit int) ([]sms.Report, error) {
	m, err := s.Snapshot(ctx, name)
	if err != nil {
		return nil, err
	}
	if ready, _ := m.SMS.Ready(by, account, m.Now); !ready { // most often: the world need not change
		return nil, nil
	}
	var due []sms.Report
	_, err = s.update(ctx, name, func(st *State, now time.Time) error {
		due = st.SMS.Due(by, account, now, limit, s.machine())
		return nil
	})
	return due, err
}

// AwaitReports waits until a protocol has something to tell an account, or ctx
// ends: then false.
func (s Providers) AwaitReports(ctx context.Context, name, by, account string) (bool, error) {
	return s.Await(ctx, name, func(m Snapshot) (bool, time.Time) {
		return m.SMS.Ready(by, account, m.Now)
	})
}

// ReportsTold notes that what was lent is told, or cannot be, with a line in the
// timeline, "" for none.
func (s Providers) ReportsTold(ctx context.Context, name string, told []sms.Report, what, ref string) error {
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		st.SMS.Told(told)
		if what != "" {
			st.Timeline.add(now, "sms", what, ref)
		}
		return nil
	})
	return err
}

// ReportAgain puts back what nobody could be told.
func (s Providers) ReportAgain(ctx context.Context, name string, reports []sms.Report) error {
	_, err := s.update(ctx, name, func(st *State, _ time.Time) error {
		st.SMS.Again(reports)
		return nil
	})
	return err
}

// ChangeSMS changes what a world's gateway holds, as a sender does who takes back
// or replaces a message.
func (s *core) ChangeSMS(ctx context.Context, name string, change func(*sms.Box, time.Time) error) error {
	_, err := s.update(ctx, name, func(st *State, now time.Time) error { return change(&st.SMS, now) })
	return err
}
