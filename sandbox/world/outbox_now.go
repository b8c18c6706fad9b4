package world

import (
	"context"
	"time"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
)

// within are the providers of a world's own, as they take something over in the change
// that makes it due. What they refuse has changed nothing.
type within struct {
	Issuer // nobody asks it within a change
	bounds Bounds
	st     *State
	now    time.Time
}

// SendSMS implements SMSGateway.
func (w within) SendSMS(_ context.Context, _, to, body string) error {
	taken, err := w.st.SMS.Take(sms.Draft{From: smsSender, To: to, Body: body}, w.now, w.bounds.Messages)
	w.st.noteSMS(taken, err, w.now)
	return err
}

// SendMail implements MailServer.
func (w within) SendMail(_ context.Context, _, to string, raw []byte) error {
	return w.st.takeMail(to, w.now, func() (mailbox.Mail, error) { return w.st.Mailbox.Accept(to, raw, w.now, w.bounds.Messages) })
}

// Enrol implements Issuer.
func (w within) Enrol(_ context.Context, _, number string) error {
	if _, ok := w.st.Issuer.Find(number); !ok {
		return issuer.ErrUnknownCard
	}
	w.st.enrol(number, w.now)
	return nil
}

// handOverNow hands over, within the change that makes it due, what is owed from the
// n-th entry of the outbox on. What is not taken is left to whoever hands it over after
// the change, and is told why.
func (s *core) handOverNow(ctx context.Context, st *State, n int, now time.Time) {
	if len(st.Outbox) <= n || !s.plain(st) {
		return
	}
	w := within{bounds: s.bounds, st: st, now: now}
	ports := Ports{SMS: w, Mail: w, Issuer: w}
	for _, o := range st.Outbox[n:] {
		m := s.at(st, now)
		r, _ := m.Registrations.Get(o.Registration)
		ctx := owing(ctx, m.Name, o)
		var refused error
		if o.What == owedPasscode {
			refused = s.sendPasscode(ctx, ports, Step{Snapshot: m, Registration: r})
		} else {
			_, refused = s.tellBy(ctx, ports, m, o)
		}
		if refused == nil {
			st.settle(o)
		}
	}
}

// plain tells whether all providers are the world's own, no fault of theirs is planned,
// and nothing of this world's stands before them.
func (s *core) plain(st *State) bool {
	return s.leases.messages == leaseHere && s.leases.issuer == leaseHere && len(st.Defects) == 0 &&
		len(st.SMS.Faults.Faults) == 0 && len(st.Mailbox.Faults.Faults) == 0 && len(st.Issuer.Faults.Faults) == 0
}
