package world

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/netanswer/mocks/mailbox"
)

// SendMail implements MailServer.
func (l local) SendMail(ctx context.Context, world, to string, raw []byte) error {
	_, err := l.takeMail(ctx, world, to, raw)
	return err
}

func (l local) takeMail(ctx context.Context, world, to string, raw []byte) (taken mailbox.Mail, err error) {
	return l.noteMail(ctx, world, to, func(s *State, now time.Time) (mailbox.Mail, error) {
		return s.Mailbox.Accept(to, raw, now, l.bounds.Messages)
	})
}

// noteMail takes a mail over and writes that down.
func (l local) noteMail(
	ctx context.Context,
	world, to string,
	take func(*State, time.Time) (mailbox.Mail, error),
) (taken mailbox.Mail, err error) {
	err = l.planned(ctx, world, func(s *State, now time.Time) error {
		return s.handOver(ctx, func() error {
			return s.takeMail(to, now, func() (_ mailbox.Mail, err error) {
				taken, err = take(s, now)
				return taken, err
			})
		})
	})
	if errors.Is(err, ErrAway) {
		err = fmt.Errorf("%w: %w", mailbox.ErrStorage, err)
	}
	return taken, fullFor(mailbox.ErrFull, err)
}

// takeMail takes a mail into the mailboxes, and writes that into the timeline.
func (s *State) takeMail(to string, now time.Time, take func() (mailbox.Mail, error)) error {
	before := s.Mailbox.Serial
	taken, err := take()
	switch {
	case err != nil:
		return err
	case taken.ID == "":
		s.Timeline.add(now, "mail", to+" は差出人のドメインを受信しないため、メールは届きません", "")
	case s.Mailbox.Serial == before:
		s.Timeline.add(now, "mail", taken.To+" へのメールは受け取り済みのため、重ねて届けません: "+taken.Subject, taken.ID)
	default:
		s.Timeline.add(now, "mail", taken.To+" へメールを送信しました"+arrival(now, taken.DeliveredAt)+": "+taken.Subject, taken.ID)
	}
	return nil
}

// fullFor is the error of a provider for a world that is full.
func fullFor(full, err error) error {
	if errors.Is(err, ErrWorlds) {
		return fmt.Errorf("%w: %w", full, err)
	}
	return err
}
