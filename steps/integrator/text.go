package integrator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/actor"
)

// A text is an SMS as the backend sent it.
type text struct {
	to, body string
	sid      string // its name in the REST API, "" where it was not sent by it
}

// The ways an SMS is sent.
const (
	byREST = "REST"
	bySMPP = "SMPP"
)

// Texts sends an SMS to a person. A body of "" is one that no other scenario sends.
func Texts(ctx context.Context, way, name, body string) error {
	_, s, err := in(ctx)
	if err != nil {
		return err
	}
	p, err := person(s, name)
	if err != nil {
		return err
	}
	return TextsNumber(ctx, way, p.Phone, body)
}

// TextsMany sends an SMS of one character, so many times.
func TextsMany(ctx context.Context, way, name, character string, times int) error {
	return Texts(ctx, way, name, strings.Repeat(character, times))
}

// TextsNumber sends an SMS to whatever stands for a number.
func TextsNumber(ctx context.Context, way, to, body string) error {
	b, s, at, err := reached(ctx)
	if err != nil {
		return err
	}
	if body == "" {
		body = "お知らせ " + s.World.Name
	}
	b.text = text{to: to, body: body}
	switch way {
	case byREST:
		b.text.sid, b.refused, err = b.account(s, at.REST).send(ctx, to, body)
	case bySMPP:
		if b.line == nil {
			if b.line, err = b.connect(ctx, at.SMPP, b.systemID(s)); err != nil {
				return err
			}
		}
		b.refused, err = b.line.submit(to, body)
	default:
		err = fmt.Errorf("there is no way 「%s」 to send an SMS", way)
	}
	return err
}

// received is the SMS sent last as it is on its phone in a world.
func (b *Backend) received(ctx context.Context, world string) (client.SMS, bool, error) {
	found, err := b.Controls.SMS(ctx, world, b.text.to)
	if err != nil {
		return client.SMS{}, false, err
	}
	i := slices.IndexFunc(found, func(m client.SMS) bool { return m.Body == b.text.body })
	if i < 0 {
		return client.SMS{}, false, nil
	}
	return found[i], true, nil
}

// CountsAs expects the SMS sent last to have been counted as so many. The REST
// API tells it as well.
func CountsAs(ctx context.Context, want int) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	m, ok, err := b.received(ctx, s.World.Name)
	if err != nil {
		return err
	}
	if !ok {
		return errors.New("SMSは届いていません")
	}
	if m.Segments != want {
		return fmt.Errorf("%d通分のはずが%d通分です", want, m.Segments)
	}
	if b.text.sid == "" {
		return nil
	}
	told, err := b.account(s, b.at.REST).fetch(ctx, b.text.sid)
	if err != nil {
		return err
	}
	return equal("RESTの通数", strconv.Itoa(want), told.Segments)
}

// statuses are what becomes of an SMS, in words.
var statuses = map[string]string{
	"scheduled":   "予約済み",
	"canceled":    "取り消し済み",
	"accepted":    "受け付け済み",
	"queued":      "送信待ち",
	"sending":     "送信中",
	"sent":        "送信済み",
	"delivered":   "配信済み",
	"undelivered": "不達",
	"failed":      "送信失敗",
}

// inWords is a status in words; one that has none stays as it is.
func inWords(status string) string { return cmp.Or(statuses[status], status) }

// StatusIs expects the status of the SMS sent last.
func StatusIs(ctx context.Context, want string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	told, err := b.account(s, b.at.REST).fetch(ctx, b.text.sid)
	if err != nil {
		return err
	}
	return equal("SMSの状態", want, inWords(told.Status))
}

// LandsIn expects the SMS sent last in one world, and not in another.
func LandsIn(ctx context.Context, where string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	return landsIn(s, where, func(world string) (bool, error) {
		_, ok, err := b.received(ctx, world)
		return ok, err
	})
}

func landsIn(s *actor.Scene, where string, has func(world string) (bool, error)) error {
	here, elsewhere, err := places(s, where)
	if err != nil {
		return err
	}
	there, err := has(here)
	if err != nil {
		return err
	}
	if !there {
		return fmt.Errorf("%sのワールドに届いていません", where)
	}
	also, err := has(elsewhere)
	if err == nil && also {
		return fmt.Errorf("%sのワールドのほかにも届いています", where)
	}
	return err
}

// GoesWrongTwice plans what happens to the next SMS, and what to the one after it.
func GoesWrongTwice(ctx context.Context, first, second string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	var plan []client.Fault
	for _, what := range []string{first, second} {
		kind, ok := mishaps[what]
		if !ok {
			return fmt.Errorf("there is no fault 「%s」", what)
		}
		plan = append(plan, client.Fault{Kind: kind, Times: 1})
	}
	return b.Controls.PlanFaults(ctx, s.World.Name, "sms", plan...)
}

// mishaps are what can happen to an SMS, in words.
var mishaps = map[string]string{"断られる": "refuse", "届かない": "lose", "二重に届く": "duplicate"}
