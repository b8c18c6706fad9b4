package world

import (
	"context"
	"errors"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/sms"
)

// smsSender is how the gateway shows the sender to the member.
const smsSender = "SAISON"

// SendSMS implements SMSGateway.
func (l local) SendSMS(ctx context.Context, world, to, body string) error {
	d := sms.Draft{From: smsSender, To: to, Body: body}
	err := l.planned(ctx, world, func(s *State, now time.Time) error {
		return s.handOver(ctx, func() error {
			taken, err := s.SMS.Take(d, now, l.bounds.Messages)
			s.noteSMS(taken, err, now)
			return err
		})
	})
	return fullFor(sms.ErrFull, err)
}

func (l local) takeSMS(ctx context.Context, world string, d sms.Draft) (taken sms.Message, err error) {
	err = l.planned(ctx, world, func(s *State, now time.Time) (err error) {
		taken, err = s.SMS.Take(d, now, l.bounds.Messages)
		s.noteSMS(taken, err, now)
		return err
	})
	return taken, fullFor(sms.ErrFull, err)
}

func (s *State) noteSMS(taken sms.Message, err error, now time.Time) {
	if err == nil {
		s.Timeline.add(now, "sms", taken.To+" へSMSを送信しました"+fate(taken, now)+": "+taken.Body, taken.ID)
	}
}

// takeOne is takeSMS within a change of the world.
func (l local) takeOne(s *State, d sms.Draft, now time.Time) (sms.Message, error) {
	taken, err := s.SMS.Take(d, now, l.bounds.Messages)
	switch s.noteSMS(taken, err, now); {
	case errors.Is(err, fault.ErrFault):
		s.Timeline.add(now, "fault", err.Error(), "")
	case err != nil:
		s.Timeline.add(now, KindRequest, "SMSを受け付けませんでした: "+err.Error(), "")
	}
	return taken, err
}

// fate says what becomes of an SMS sent at now, where it is not there at once.
func fate(m sms.Message, now time.Time) string {
	switch m.Reason {
	case "":
		return arrival(now, m.DeliveredAt)
	case fault.Landline:
		return "（固定電話のため届きません）"
	case fault.Overflow:
		return "（送信待ちがあふれたため送られません）"
	case fault.Filtered:
		return "（迷惑メッセージとして止められ、届きません）"
	}
	return "（電話機につながらず、届きません）"
}
