package external

import (
	"context"
	"slices"

	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/target"
)

// adapter is an inbox by an adapter. Its messages are in no world, and stay from
// one scenario to the next: those that were there before are left out.
type adapter struct {
	from   target.Adapter
	before map[string]bool // by kind, recipient and id
}

// look notes what is there already.
func (a adapter) look(ctx context.Context, phones, addresses []string) error {
	clear(a.before)
	for kind, recipients := range map[string][]string{"sms": phones, "mail": addresses} {
		for _, to := range recipients {
			found, err := a.from.Arrived(ctx, kind, to)
			if err != nil {
				return err
			}
			for _, m := range found {
				a.before[kind+" "+to+" "+m.ID] = true
			}
		}
	}
	return nil
}

func (a adapter) Texts(ctx context.Context, _, phone string) ([]actor.Message, error) {
	return a.arrived(ctx, "sms", phone)
}

func (a adapter) Mails(ctx context.Context, _, address string) ([]actor.Message, error) {
	return a.arrived(ctx, "mail", address)
}

func (a adapter) NextText(ctx context.Context, _, phone, after string) (actor.Message, error) {
	return a.next(ctx, "sms", phone, after)
}

func (a adapter) NextMail(ctx context.Context, _, address, after string) (actor.Message, error) {
	return a.next(ctx, "mail", address, after)
}

func (a adapter) arrived(ctx context.Context, kind, to string) ([]actor.Message, error) {
	found, err := a.from.Arrived(ctx, kind, to)
	found = slices.DeleteFunc(found, func(m target.Arrival) bool { return a.before[kind+" "+to+" "+m.ID] })
	messages := make([]actor.Message, len(found))
	for i, m := range found {
		messages[i] = arrival(m)
	}
	return messages, err
}

func (a adapter) next(ctx context.Context, kind, to, after string) (actor.Message, error) {
	m, err := a.from.Next(ctx, kind, to, actor.ArrivalTimeout, func(id string) bool { return id != after && !a.before[kind+" "+to+" "+id] })
	return arrival(m), err
}

func arrival(m target.Arrival) actor.Message {
	return actor.Message{ID: m.ID, From: m.From, To: m.To, Subject: m.Subject, Body: m.Body, Passcode: m.Passcode()}
}
