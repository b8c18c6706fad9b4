// Package exchange places the calls of a telephone protocol in worlds: in the
// one a call names, else in the one that has claimed the caller's number, else
// in the default one.
package exchange

import (
	"context"
	"errors"
	"fmt"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/gate"
	"example.com/netanswer/sandbox/world"
)

// Claims know which world has claimed a telephone number, as digits.
type Claims interface {
	ClaimedBy(number string) (world string, ok bool)
}

// An Exchange implements sip.Exchange over the worlds of a Service.
type Exchange struct {
	service *world.Service
	claims  Claims
}

// New answers with an exchange over the worlds of a service. Claims may be nil:
// then nobody has claimed a number.
func New(service *world.Service, claims Claims) *Exchange {
	return &Exchange{service: service, claims: claims}
}

// Ring implements sip.Exchange.
func (e *Exchange) Ring(_ context.Context, in sip.Incoming) (sip.Call, error) {
	if in.To == "" {
		return nil, ivr.ErrNumber // to a world it would be its own number
	}
	name := e.world(in)
	if err := world.CheckName(name); err != nil {
		return nil, fmt.Errorf("%w: %w", sip.ErrWorld, err)
	}
	c, err := e.service.Ring(name, world.CallRequest{From: in.From, Withheld: in.Withheld, To: in.To})
	if errors.Is(err, world.ErrWorlds) {
		return nil, fmt.Errorf("%w: %w", ivr.ErrFull, err)
	}
	if err != nil {
		return nil, err
	}
	return &call{service: e.service, world: name, placed: c}, nil
}

func (e *Exchange) world(in sip.Incoming) string {
	if in.World != "" {
		return in.World
	}
	if e.claims != nil && in.From != "" {
		if name, ok := e.claims.ClaimedBy(in.From); ok {
			return name
		}
	}
	return gate.Default
}

// A call implements sip.Call.
type call struct {
	service *world.Service
	world   string
	placed  ivr.Call
}

// Outcome implements sip.Call.
func (c *call) Outcome() ivr.Outcome { return c.placed.Outcome }

// Conduct implements sip.Call.
func (c *call) Conduct(ctx context.Context, line ivr.Line) ivr.Heard {
	return c.service.Conduct(ctx, c.world, c.placed, line)
}

// End implements sip.Call.
func (c *call) End(heard ivr.Heard) error {
	_, err := c.service.EndCall(c.world, c.placed.ID, heard)
	return err
}
