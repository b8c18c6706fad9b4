// Package siphandler places the calls of a telephone protocol in worlds: in the
// one a call names, else in the one that has claimed the caller's number, else
// in the default one.
package siphandler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/world"
)

// A Handler implements sip.Handler over the worlds of a Service.
type Handler struct {
	providers world.Providers
	telephone world.Telephone
}

// New returns a handler over the worlds of a service.
func New(service *world.Service) *Handler {
	return &Handler{providers: service.Providers(), telephone: service.Telephone()}
}

// Ring implements sip.Handler.
func (e *Handler) Ring(ctx context.Context, in sip.Incoming) (sip.Call, error) {
	if in.To == "" {
		return nil, ivr.ErrNumber // to a world it would be its own number
	}
	name, err := e.providers.Route(ctx, in.World, in.From)
	if errors.Is(err, world.ErrName) {
		return nil, errors.Join(fmt.Errorf("%w: %w", sip.ErrWorld, err), e.refused(ctx, world.DefaultName, in, err))
	}
	if err != nil {
		return nil, err
	}
	c, err := e.telephone.Ring(ctx, name, world.CallRequest{From: in.From, Withheld: in.Withheld, To: in.To, Via: invite(in)})
	if errors.Is(err, world.ErrWorlds) {
		return nil, fmt.Errorf("%w: %w", ivr.ErrFull, err)
	}
	if err != nil {
		return nil, errors.Join(err, e.refused(ctx, name, in, err))
	}
	return &call{ctx: context.WithoutCancel(ctx), providers: e.providers, telephone: e.telephone, world: name, placed: c}, nil
}

func invite(in sip.Incoming) string { return "SIPの INVITE（" + in.Via + "）" }

// refused writes into a timeline that an INVITE was not taken, and why.
func (e *Handler) refused(ctx context.Context, name string, in sip.Incoming, why error) error {
	return e.providers.Witness(ctx, name, invite(in)+"を断りました: "+why.Error(), "")
}

// A call implements sip.Call.
type call struct {
	ctx       context.Context // that a call was and how it ended is written down also where its line is lost
	providers world.Providers
	telephone world.Telephone
	world     string
	placed    ivr.Call
}

// Outcome implements sip.Call.
func (c *call) Outcome() ivr.Outcome { return c.placed.Outcome }

// Rings implements sip.Call.
func (c *call) Rings() time.Duration { return c.placed.AnsweredAt.Sub(c.placed.StartedAt) }

// Leg implements sip.Call.
func (c *call) Leg(what string) {
	_ = c.providers.Witness(c.ctx, c.world, "SIPの "+what, c.placed.ID) // the world may be gone, and the call is none of its concern
}

// Conduct implements sip.Call.
func (c *call) Conduct(ctx context.Context, line ivr.Line) ivr.Heard {
	return c.telephone.Conduct(ctx, c.world, c.placed, line)
}

// End implements sip.Call.
func (c *call) End(heard ivr.Heard) error {
	if heard.Leg != "" {
		heard.Leg = "SIPの " + heard.Leg
	}
	_, err := c.telephone.End(c.ctx, c.world, c.placed.ID, heard)
	if errors.Is(err, ivr.ErrCall) {
		return nil // forgotten meanwhile: there is nothing to write down
	}
	return err
}
