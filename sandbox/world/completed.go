package world

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// welcome writes down, in the change that completes a registration, what follows: the
// card is enrolled in 3-D Secure (p31-4), and the ID is sent to the addresses in the
// words of mail (p36-3, a-21).
func (st *State) welcome(id string, a account.Account, mail string, machine time.Time) {
	if st.Policy.ThreeDSecureEnrolled {
		st.owe(Owed{What: owedEnrolment, Registration: id}, machine)
	}
	addresses := []string{a.EmailPC, a.EmailMobile}
	if strings.EqualFold(a.EmailMobile, a.EmailPC) { // one mailbox
		addresses = addresses[:1]
	}
	for _, to := range addresses {
		if to != "" {
			st.owe(Owed{What: owedMail, Registration: id, To: to, Words: mail}, machine)
		}
	}
}

// followUp tells what a completed registration owes. It stands whatever becomes of
// that.
func (s *core) followUp(ctx context.Context, m Snapshot, id string) error {
	for _, o := range m.Outbox {
		if o.Registration != id || o.What == owedPasscode {
			continue
		}
		if err := s.tell(ctx, m, o); err != nil {
			return err
		}
	}
	return nil
}

// tell tells one thing that follows a completed registration. A refusal is written into
// the timeline, and is an answer; that the worlds cannot be written is none.
func (s *core) tell(ctx context.Context, m Snapshot, o Owed) error {
	what, failed := s.tellBy(owing(ctx, m.Name, o), s.ports, m, o)
	switch {
	case errors.Is(failed, ErrAway):
		return nil // whoever looks at the world next tells it
	case failed != nil:
		_, err := s.update(ctx, m.Name, func(st *State, now time.Time) error {
			st.settle(o)
			st.Timeline.add(now, "fault", what+": "+failed.Error(), "")
			return nil
		})
		_ = err // the world was deleted meanwhile, or cannot be written: then it is told again
	case !s.keeps(m, o):
		return s.settled(ctx, m.Name, o)
	}
	return nil
}

// tellBy hands it over; what is what then could not be done.
func (s *core) tellBy(ctx context.Context, ports Ports, m Snapshot, o Owed) (what string, failed error) {
	a, ok := m.Accounts.Accounts.Get(m.idOf(o.Registration))
	if !ok {
		return "登録がありません", errors.New(m.idOf(o.Registration))
	}
	switch o.What {
	case owedEnrolment:
		return "本人認証サービス（3Dセキュア）に登録できませんでした", ports.Issuer.Enrol(ctx, m.Name, a.CardNumber)
	case owedMail:
		return "登録完了のお知らせを送信できませんでした",
			s.mail(ctx, ports, m, o.To, m.Say(o.Words+"_subject"), m.Say(o.Words+"_body", "net_answer_id", a.NetAnswerID))
	}
	return "知らせる方法がありません", errors.New("unknown: " + o.What)
}

// record writes the failure of something that nobody is told of into the timeline.
func (s *core) record(ctx context.Context, world string, failed error, what string) {
	if failed == nil {
		return
	}
	_, err := s.update(ctx, world, func(st *State, now time.Time) error {
		st.Timeline.add(now, "fault", what+": "+failed.Error(), "")
		return nil
	})
	_ = err // the world was deleted meanwhile: nobody is left to read it
}

// idOf is the folded Net Answer ID of a registration.
func (m Snapshot) idOf(id string) string {
	r, _ := m.Registrations.Get(id)
	return account.Fold(r.Application.NetAnswerID)
}

// mail sends a mail in the company's name.
func (s *core) mail(ctx context.Context, ports Ports, m Snapshot, to, subject, text string) error {
	key := outbound.DeliveryOf(ctx).Key
	raw, err := mailbox.Compose(mailbox.Draft{
		FromName: m.Say("mail.from_name"), FromAddress: m.Say("mail.from_address"),
		To: to, Subject: subject, Text: text, Date: m.Now, MessageID: cmp.Or(key, s.source.Token()) + "@mail.saisoncard.co.jp", Key: key,
	})
	if err != nil {
		return err
	}
	return ports.Mail.SendMail(ctx, m.Name, to, raw)
}

func openError(err error) *registration.Error {
	switch {
	case errors.Is(err, account.ErrCardRegistered):
		return &registration.Error{
			Kind:  registration.Conflict,
			Code:  "card_registered",
			Field: registration.FieldCardNumber,
			Text:  "error.card_registered",
		}
	case errors.Is(err, account.ErrIDTaken):
		return &registration.Error{
			Kind:  registration.Conflict,
			Code:  "net_answer_id_taken",
			Field: registration.FieldNetAnswerID,
			Text:  "error.net_answer_id_taken",
		}
	}
	panic("world: unknown refusal of an account: " + err.Error())
}
