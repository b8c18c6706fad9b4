package gateway

import (
	"context"
	"net/http"

	"example.com/netanswer/mocks/issuer"
	face "example.com/netanswer/mocks/issuer/rest"
	"example.com/netanswer/sandbox/world"
)

// Issuer is the handler of the card company's core system, as every world has
// one of its own.
func (g *Gateway) Issuer() http.Handler {
	return face.New(face.Config{Desk: named{g.Service.Desk()}, Body: g.Service.Bounds().Body, Hold: g.Limits.Hold})
}

// named is a desk for questions that may name no world.
type named struct{ issuer.Desk }

func orDefault(name string) string {
	if name == "" {
		return world.DefaultName
	}
	return name
}

// Verify implements issuer.Desk.
func (n named) Verify(ctx context.Context, name string, q issuer.CardQuestion) (issuer.Verification, error) {
	return n.Desk.Verify(ctx, orDefault(name), q)
}

// Enrol implements issuer.Desk.
func (n named) Enrol(ctx context.Context, name string, q issuer.EnrolmentQuestion) (issuer.Enrolment, error) {
	return n.Desk.Enrol(ctx, orDefault(name), q)
}

// CheckPIN implements issuer.Desk.
func (n named) CheckPIN(ctx context.Context, name string, q issuer.PINQuestion) (issuer.PINCheck, error) {
	return n.Desk.CheckPIN(ctx, orDefault(name), q)
}

// Standing implements issuer.Desk.
func (n named) Standing(ctx context.Context, name string, q issuer.StandingQuestion) (issuer.Standing, error) {
	return n.Desk.Standing(ctx, orDefault(name), q)
}
