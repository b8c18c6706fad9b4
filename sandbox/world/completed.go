package world

import (
	"context"
	"errors"
	"time"

	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// welcome does what follows a completed registration, which stands whatever
// becomes of it: the card is enrolled in 3-D Secure (p31-4), and the ID is sent
// in the words of mail (p36-3, a-21).
func (s *core) welcome(ctx context.Context, m Snapshot, a account.Account, mail string) {
	if m.Policy.ThreeDSecureEnrolled {
		s.record(ctx, m.Name, s.ports.Issuer.Enrol(ctx, m.Name, a.CardNumber), "本人認証サービス（3Dセキュア）に登録できませんでした")
	}
	s.record(ctx, m.Name, s.notify(ctx, m, a, mail), "登録完了のお知らせを送信できませんでした")
}

// record writes the failure of something that happens after a completed
// registration into the timeline: the registration stands all the same.
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

// notify sends the completed registration's ID to its addresses.
func (s *core) notify(ctx context.Context, m Snapshot, a account.Account, mail string) error {
	addresses := []string{a.EmailPC, a.EmailMobile}
	if a.EmailMobile == a.EmailPC {
		addresses = addresses[:1]
	}
	var errs []error
	for _, to := range addresses {
		if to != "" {
			errs = append(errs, s.mail(ctx, m, to, m.Say(mail+"_subject"), m.Say(mail+"_body", "net_answer_id", a.NetAnswerID)))
		}
	}
	return errors.Join(errs...)
}

// mail sends a mail in the company's name.
func (s *core) mail(ctx context.Context, m Snapshot, to, subject, text string) error {
	raw, err := mailbox.Compose(mailbox.Draft{
		FromName: m.Say("mail.from_name"), FromAddress: m.Say("mail.from_address"),
		To: to, Subject: subject, Text: text, Date: m.Now, MessageID: s.source.Token() + "@mail.saisoncard.co.jp",
	})
	if err != nil {
		return err
	}
	return s.ports.Mail.SendMail(ctx, m.Name, to, raw)
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
