package actor

import (
	"context"
	"fmt"
)

// A Fault is something that goes wrong at a provider: sms, mail, call or issuer.
type Fault struct {
	Kind  string // refuse, time_out, lose, delay, duplicate, busy
	Times int
	By    string // with delay, as a feature writes it: 11分

	To     string // whom it happens to, a telephone; "" for anybody
	Reason string // with lose, of an SMS: unreachable, filtered, overflow; "" where nobody knows
}

// providers and faults are what goes wrong where, in words.
var (
	providers = map[string]string{"SMS": "sms", "メール": "mail", "電話": "call", "発行元": "issuer"}
	faults    = map[string]string{"断られる": "refuse",
		"送っても応答がない": "time_out", "かけても応答がない": "time_out", "答えが返らない": "time_out", "応答がない": "time_out", "届かない": "lose", "二重に届く": "duplicate",
		"話し中になる": "busy", "受け付けられない": "refuse", "途中で切れる": "lose"}
)

// GoesWrong makes the next sends or questions go wrong at a provider.
func GoesWrong(ctx context.Context, provider, what string, times int) error {
	kind, ok := faults[what]
	if !ok {
		return fmt.Errorf("there is no fault 「%s」", what)
	}
	return plan(ctx, provider, Fault{Kind: kind, Times: times})
}

// GoesWrongFor makes the next SMS to somebody be refused, and to nobody else.
func GoesWrongFor(ctx context.Context, times int, called string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	p, known := s.Cast[called]
	if !known || p.Phone == "" {
		return fmt.Errorf("the cast has no telephone of %s", called)
	}
	return GoesWrongForNumber(ctx, times, p.Phone)
}

// GoesWrongForNumber makes the next SMS to a number be refused, however it is written.
func GoesWrongForNumber(ctx context.Context, times int, number string) error {
	return plan(ctx, "SMS", Fault{Kind: "refuse", Times: times, To: number})
}

// AnswerIsLost makes the issuer do what it is asked next, without an answer.
func AnswerIsLost(ctx context.Context, times int) error {
	return plan(ctx, "発行元", Fault{Kind: "lose", Times: times})
}

// reasons are why an SMS is not delivered, in words.
var reasons = map[string]string{"電話機につながらず": "unreachable", "迷惑メッセージとして止められ": "filtered", "送信待ちがあふれて": "overflow"}

// IsLost makes the next SMS be lost for a reason.
func IsLost(ctx context.Context, why string, times int) error {
	reason, ok := reasons[why]
	if !ok {
		return fmt.Errorf("there is no reason 「%s」", why)
	}
	return plan(ctx, "SMS", Fault{Kind: "lose", Times: times, Reason: reason})
}

// ComesLate makes the next send of a provider arrive late, or the next call be
// answered late.
func ComesLate(ctx context.Context, provider, span string) error {
	return plan(ctx, provider, Fault{Kind: "delay", Times: 1, By: span})
}

func plan(ctx context.Context, provider string, f Fault) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	name, ok := providers[provider]
	if !ok {
		return fmt.Errorf("there is no provider 「%s」", provider)
	}
	return s.Around.PlanFault(ctx, s.World.Name, name, f)
}

// RefusesMail makes the person's own mailbox drop mail from domains.
func RefusesMail(ctx context.Context, name string, domains ...string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.scene.Around.RefuseMail(ctx, a.scene.World.Name, a.Email, domains)
}

// GetsReissued asks for another passcode after a while, and expects it to come
// although an older one may arrive after it.
func GetsReissued(ctx context.Context, name, span string) error {
	if err := after(ctx, span); err != nil {
		return err
	}
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if err := a.see(a.session.Reissue(ctx)); err != nil {
		return err
	}
	a.got = nil
	return receive(ctx, name, Surroundings.NextText, phoneOf)
}

// WaitsForText lets time pass without doing anything.
func WaitsForText(ctx context.Context, span string) error { return after(ctx, span) }
