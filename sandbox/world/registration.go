package world

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// Step is a registration after something was done to it, in the moment it was
// done. Refused is what the member is told if it could not be done; the
// registration may have changed all the same (an attempt was counted).
type Step struct {
	Snapshot     Snapshot
	Registration registration.Registration
	Refused      error // nil, *registration.Error or registration.Errors
}

// Start begins a registration of the web.
func (s *Service) Start(world string) (Step, error) {
	id, token := s.source.ID(), s.source.Token()
	var step Step
	m, err := s.update(world, func(st *State, now time.Time) error {
		step.Registration = registration.Start(id, token, now)
		return st.begin(step.Registration, s.bounds, "新規登録を開始しました", now)
	})
	step.Snapshot = m
	return step, err
}

// begin keeps a new registration, if there is room for it.
func (st *State) begin(r registration.Registration, bounds Bounds, what string, now time.Time) error {
	if st.Registrations.Len() >= bounds.Journeys {
		return fmt.Errorf("%w: %d registrations in this one", ErrWorlds, bounds.Journeys)
	}
	st.Registrations.Put(r.ID, r)
	st.Timeline.add(now, "registration", what, r.ID)
	return nil
}

// Registration returns a registration of the web as it is now.
func (s *Service) Registration(world, id string) (Step, error) {
	return s.registration(world, id, registration.Web)
}

func (s *Service) registration(world, id string, c registration.Channel) (Step, error) {
	m, err := s.Snapshot(world)
	if err != nil {
		return Step{}, err
	}
	r, err := m.Registration(id)
	if err == nil && r.Channel != c {
		err = errUnknown()
	}
	if err != nil {
		return Step{Snapshot: m, Refused: err}, nil
	}
	return Step{Snapshot: m, Registration: r}, nil
}

// change does one thing to a registration of the web, as execute does.
func (s *Service) change(world, id, op, what string, do Rule) (Step, error) {
	return s.execute(command{channel: registration.Web, world: world, id: id, what: what, op: op}, do)
}

func stateChange(before, after registration.State) string {
	if before == after {
		return ""
	}
	return ": " + fixtures.StateName(string(before)) + " → " + fixtures.StateName(string(after))
}

// Submit sends the form. What is wrong with it by itself is told before the
// issuer is asked; a card that the issuer does not know is not kept anywhere.
func (s *Service) Submit(ctx context.Context, world, id string, f registration.Form) (Step, error) {
	m, err := s.Snapshot(world)
	if err != nil {
		return Step{}, err
	}
	s.entered(&m, &f)
	var holder registration.Holder
	var known bool
	var unready error
	if f.Check(m.Policy, m.Now) == nil {
		holder, known, unready = s.ports.Issuer.Verify(ctx, world,
			CardQuestion{Number: f.CardNumber, ExpiryMonth: f.ExpiryMonth, ExpiryYear: f.ExpiryYear, SecurityCode: f.SecurityCode})
	}
	digest := account.Digest(s.source.Token(), f.Password)
	return s.change(world, id, "submit", "入力内容を送信しました", func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		after, err := r.Submit(st.Policy, now, f, digest, holder)
		switch {
		case err != nil:
			return after, err
		case unready != nil:
			return r.Touch(now), errUnready()
		case !known:
			return r.Touch(now), errUnverified()
		}
		if err := st.claim(after, now); err != nil {
			return r.Touch(now), err
		}
		return after, nil
	})
}

// claim makes r the one journey of its card and the holder of its Net Answer ID
// (a-03, a-04, p31-6). What the card began before is over.
func (st *State) claim(r registration.Registration, now time.Time) error {
	card, id := r.Application.CardNumber, account.Fold(r.Application.NetAnswerID)
	if st.Accounts.Cards.Has(card) {
		return &registration.Error{Kind: registration.Conflict, Code: "card_registered", Field: registration.FieldCardNumber, Text: "error.card_registered"}
	}
	holder, held := st.Reserved.Get(id)
	if st.Accounts.Accounts.Has(id) || held && holder != r.ID && st.holds(holder, id, card, now) {
		return &registration.Error{Kind: registration.Conflict, Code: "net_answer_id_taken", Field: registration.FieldNetAnswerID, Text: "error.net_answer_id_taken"}
	}
	st.journey(r, now)
	st.Reserved.Put(id, r.ID)
	return nil
}

// journey makes r the one journey of its card. What the card began before, in
// either channel, is over.
func (st *State) journey(r registration.Registration, now time.Time) {
	card := r.Application.CardNumber
	if other, ok := st.Journeys.Get(card); ok && other != r.ID {
		if older, ok := st.Registrations.Get(other); ok {
			st.Registrations.Put(other, older.At(st.Policy, now).Supersede())
		}
	}
	st.Journeys.Put(card, r.ID)
}

// holds tells whether a registration of another card still needs a Net Answer ID.
func (st *State) holds(registrationID, id, card string, now time.Time) bool {
	r, ok := st.Registrations.Get(registrationID)
	if !ok {
		return false
	}
	r = r.At(st.Policy, now)
	return !r.State.Final() && account.Fold(r.Application.NetAnswerID) == id && r.Application.CardNumber != card
}

// Revise goes back from the confirmation to the form.
func (s *Service) Revise(world, id string) (Step, error) {
	return s.change(world, id, "revise", "入力へ戻りました", func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		return r.Revise(st.Policy, now)
	})
}

func errUnready() *registration.Error {
	return &registration.Error{Kind: registration.Unready, Code: "provider_unavailable", Text: "error.unavailable"}
}

// notify sends the completed registration's ID to its addresses.
func (s *Service) notify(ctx context.Context, m Snapshot, a account.Account, mail string) error {
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
func (s *Service) mail(ctx context.Context, m Snapshot, to, subject, text string) error {
	raw, err := mailbox.Compose(mailbox.Draft{
		FromName: m.Say("mail.from_name"), FromAddress: m.Say("mail.from_address"),
		To: to, Subject: subject, Text: text, Date: m.Now, MessageID: s.source.Token() + "@mail.saisoncard.co.jp",
	})
	if err != nil {
		return err
	}
	return s.ports.Mail.SendMail(ctx, m.Name, to, raw)
}
