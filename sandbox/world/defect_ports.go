package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// breakable are ports that ask, for each call, whether the world has defects.
type breakable struct {
	sound   Ports
	service *core
}

// broken are the ports as the defects of a world bend them.
func (b breakable) broken(ctx context.Context, world string) Ports {
	ports := b.sound
	st, err := b.service.view(ctx, world)
	if err != nil {
		return ports // the sound ones tell why
	}
	change := func(ctx context.Context, world string, do func(*State, time.Time)) error {
		_, err := b.service.update(ctx, world, func(st *State, now time.Time) error { do(st, now); return nil })
		return err
	}
	for _, d := range b.service.in(&st) {
		if d.Ports != nil {
			ports = d.Ports(ports, change)
		}
	}
	return ports
}

// SendSMS implements SMSGateway.
func (b breakable) SendSMS(ctx context.Context, world, to, body string) error {
	return b.broken(ctx, world).SMS.SendSMS(ctx, world, to, body)
}

// SendMail implements MailServer.
func (b breakable) SendMail(ctx context.Context, world, to string, raw []byte) error {
	return b.broken(ctx, world).Mail.SendMail(ctx, world, to, raw)
}

// Verify implements Issuer.
func (b breakable) Verify(ctx context.Context, world string, c CardQuestion) (registration.Holder, bool, error) {
	return b.broken(ctx, world).Issuer.Verify(ctx, world, c)
}

// Enrol implements Issuer.
func (b breakable) Enrol(ctx context.Context, world, number string) error {
	return b.broken(ctx, world).Issuer.Enrol(ctx, world, number)
}

// CheckPIN implements Issuer.
func (b breakable) CheckPIN(ctx context.Context, world, number, pin string) (registration.PINAnswer, error) {
	return b.broken(ctx, world).Issuer.CheckPIN(ctx, world, number, pin)
}

// Standing implements Issuer.
func (b breakable) Standing(ctx context.Context, world, number string) (Standing, error) {
	return b.broken(ctx, world).Issuer.Standing(ctx, world, number)
}
