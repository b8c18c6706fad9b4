package world

import (
	"context"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/mailbox"
)

// AdmitMail decides of a recipient before there is a mail, and returns the
// fault, if any, that happens to it. The errors are those of TakeMail.
func (s Providers) AdmitMail(ctx context.Context, name, to, from string) (f fault.Fault, err error) {
	m, err := s.Snapshot(ctx, name)
	if err != nil {
		return f, err
	}
	if len(m.Mailbox.Faults.Faults) == 0 { // most often: the world need not change
		return m.Mailbox.Admit(to, from, s.bounds.Messages)
	}
	err = local(s).planned(ctx, name, func(st *State, _ time.Time) (err error) {
		f, err = st.Mailbox.Admit(to, from, s.bounds.Messages)
		return err
	})
	return f, err
}

// DeliverMail is TakeMail for a recipient who was admitted. A mail that was taken
// before, by its key, is not taken again.
func (s Providers) DeliverMail(ctx context.Context, name, to string, message mailbox.Message, f fault.Fault) (mailbox.Mail, error) {
	l := local(s)
	return l.noteMail(ctx, name, to, func(st *State, now time.Time) (mailbox.Mail, error) {
		if taken, is := st.Mailbox.Repeats(to, message); is {
			return taken, nil
		}
		return st.Mailbox.Deliver(to, message, f, now, l.bounds.Messages)
	})
}

// TakeMail takes a mail over for one recipient. A mail that the address drops
// without a word is returned as an empty one. The errors are those of
// package mailbox, fault.ErrFault, and the store's.
func (s Providers) TakeMail(ctx context.Context, name, to string, raw []byte) (mailbox.Mail, error) {
	return local(s).takeMail(ctx, name, to, raw)
}

// NumberMail gives what has come into a world's mailboxes its numbers, by which
// mail programs know it, and returns the world as it then is.
func (s Providers) NumberMail(ctx context.Context, name string) (Snapshot, error) {
	return s.update(ctx, name, func(st *State, now time.Time) error {
		st.Mailbox.Number(now)
		return nil
	})
}

// ChangeMailbox changes a world's mailboxes, as their reader does.
func (s Providers) ChangeMailbox(ctx context.Context, name string, change func(*mailbox.Box) error) error {
	_, err := s.update(ctx, name, func(st *State, _ time.Time) error { return change(&st.Mailbox) })
	return fullFor(mailbox.ErrFull, err)
}
