package gateway

import (
	"context"
	"net/http"

	"example.com/netanswer/mocks/issuer"
	issuerrest "example.com/netanswer/mocks/issuer/rest"
	"example.com/netanswer/sandbox/world"
)

// Issuer is the handler of the card company's core system, as every world has
// one of its own.
func (g *Gateway) Issuer() http.Handler {
	return issuerrest.New(issuerrest.Config{API: named{g.Service.IssuerAPI()}, Body: g.Service.Bounds().Body, Hold: g.Limits.Hold})
}

// named is an issuer for questions that may name no world.
type named struct{ issuer.API }

func orDefault(name string) string {
	if name == "" {
		return world.DefaultName
	}
	return name
}

// Verify implements issuer.API.
func (n named) Verify(ctx context.Context, name string, q issuer.CardQuestion) (issuer.Verification, error) {
	return n.API.Verify(ctx, orDefault(name), q)
}

// Enrol implements issuer.API.
func (n named) Enrol(ctx context.Context, name string, q issuer.EnrolmentQuestion) (issuer.Enrolment, error) {
	return n.API.Enrol(ctx, orDefault(name), q)
}

// CheckPIN implements issuer.API.
func (n named) CheckPIN(ctx context.Context, name string, q issuer.PINQuestion) (issuer.PINCheck, error) {
	return n.API.CheckPIN(ctx, orDefault(name), q)
}

// Standing implements issuer.API.
func (n named) Standing(ctx context.Context, name string, q issuer.StandingQuestion) (issuer.Standing, error) {
	return n.API.Standing(ctx, orDefault(name), q)
}
