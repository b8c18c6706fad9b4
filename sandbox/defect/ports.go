package defect

import (
	"context"
	"errors"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// said tells whether a refusal has a code.
func said(err error, code string) bool {
	var several registration.Errors
	if errors.As(err, &several) {
		for _, e := range several {
			if e.Code == code {
				return true
			}
		}
	}
	var one *registration.Error
	return errors.As(err, &one) && one.Code == code
}

type changer = func(ctx context.Context, world string, do func(*world.State, time)) error

// An issuerDefect is an issuer of whose answers some are others.
type issuerDefect struct {
	world.Issuer
	change   changer
	verify   func(ctx context.Context, world string, c world.CardQuestion) (registration.Holder, bool, error)
	enrol    func(ctx context.Context, world, number string) error
	checkPIN func(ctx context.Context, world, number, pin string) (registration.PINAnswer, error)
	standing func(s *world.Standing)
}

// byIssuer is a defect's wrapper of the ports that changes the issuer's answers.
func byIssuer(spoil func(issuerDefect) issuerDefect) func(world.Ports, changer) world.Ports {
	return func(next world.Ports, change changer) world.Ports {
		next.Issuer = spoil(issuerDefect{Issuer: next.Issuer, change: change})
		return next
	}
}

// holding changes what the issuer tells of a card's holder.
func holding(change func(*registration.Holder)) func(world.Ports, changer) world.Ports {
	return byIssuer(func(i issuerDefect) issuerDefect {
		next := i.Issuer
		i.verify = func(ctx context.Context, name string, c world.CardQuestion) (registration.Holder, bool, error) {
			h, ok, err := next.Verify(ctx, name, c)
			if ok && err == nil {
				change(&h)
			}
			return h, ok, err
		}
		return i
	})
}

// standing changes what a member sees of a card after log-in.
func standing(change func(*world.Standing)) func(world.Ports, changer) world.Ports {
	return byIssuer(func(i issuerDefect) issuerDefect { i.standing = change; return i })
}

func (i issuerDefect) Verify(ctx context.Context, name string, c world.CardQuestion) (registration.Holder, bool, error) {
	if i.verify != nil {
		return i.verify(ctx, name, c)
	}
	return i.Issuer.Verify(ctx, name, c)
}

func (i issuerDefect) Enrol(ctx context.Context, name, number string) error {
	if i.enrol != nil {
		return i.enrol(ctx, name, number)
	}
	return i.Issuer.Enrol(ctx, name, number)
}

func (i issuerDefect) CheckPIN(ctx context.Context, name, number, pin string) (registration.PINAnswer, error) {
	if i.checkPIN != nil {
		return i.checkPIN(ctx, name, number, pin)
	}
	return i.Issuer.CheckPIN(ctx, name, number, pin)
}

func (i issuerDefect) Standing(ctx context.Context, name, number string) (world.Standing, error) {
	s, err := i.Issuer.Standing(ctx, name, number)
	if i.standing != nil && err == nil {
		i.standing(&s)
	}
	return s, err
}

// A gateway hands SMS over in another way.
type gateway func(ctx context.Context, world, to, body string) error

func (g gateway) SendSMS(ctx context.Context, world, to, body string) error {
	return g(ctx, world, to, body)
}

// bySMS is a defect's wrapper of the ports that changes how SMS are handed over.
func bySMS(send func(next gateway, ctx context.Context, world, to, body string) error) func(world.Ports, changer) world.Ports {
	return func(ports world.Ports, _ changer) world.Ports {
		next := gateway(ports.SMS.SendSMS)
		ports.SMS = gateway(func(ctx context.Context, world, to, body string) error { return send(next, ctx, world, to, body) })
		return ports
	}
}

// A server hands mail over in another way.
type server func(ctx context.Context, world, to string, raw []byte) error

func (s server) SendMail(ctx context.Context, world, to string, raw []byte) error {
	return s(ctx, world, to, raw)
}

// byMail is a defect's wrapper of the ports that changes how mail is handed over.
func byMail(send func(next server, ctx context.Context, world, to string, raw []byte) error) func(world.Ports, changer) world.Ports {
	return func(ports world.Ports, _ changer) world.Ports {
		next := server(ports.Mail.SendMail)
		ports.Mail = server(func(ctx context.Context, world, to string, raw []byte) error { return send(next, ctx, world, to, raw) })
		return ports
	}
}
