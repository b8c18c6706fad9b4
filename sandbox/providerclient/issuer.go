package providerclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/outbound"
)

// RetryPolicy is how a core system that answers badly is borne with.
type RetryPolicy struct {
	Try      time.Duration // how long one try may take
	Total    time.Duration // how long a question may take, with all its tries and waits
	Retries  int           // further tries of a question that may be asked again; never of a PIN
	Wait     time.Duration // before the first of them; doubled before each other. 0 does not wait
	Failures int           // questions of a world that fail in a row before none is asked; 0 for ever asks
	Rest     time.Duration // how long none is asked then
}

// DefaultRetryPolicy keeps a member waiting no longer than a browser would.
func DefaultRetryPolicy() RetryPolicy {
	return RetryPolicy{
		Try:      3 * time.Second,
		Total:    8 * time.Second,
		Retries:  2,
		Wait:     200 * time.Millisecond,
		Failures: 5,
		Rest:     10 * time.Second,
	}
}

// Check tells what cannot be.
func (p RetryPolicy) Check() error {
	if p.Try < time.Millisecond || p.Total < p.Try || p.Retries < 0 || p.Retries > 10 || p.Wait < 0 || p.Wait > time.Minute ||
		p.Failures < 0 ||
		p.Rest < time.Millisecond {
		return errors.New(
			"issuer: a try of at least 1ms, a question of at least a try, 0 to 10 retries, a wait of at most 1m, 0 or more failures and a rest of at least 1ms",
		)
	}
	return nil
}

// Issuer asks a core system by the contract of package issuer. It implements
// issuer.API; its errors are issuer.Failure, where there was no answer.
//
// A question that changes nothing, or the same however often it is asked, is
// asked again; a PIN is not, since a wrong one counts even if its answer is lost.
type Issuer struct {
	target   Target
	http     *http.Client
	retry    RetryPolicy
	circuits circuits
}

var _ issuer.API = (*Issuer)(nil)

// NewIssuer returns a client of the core system at an address like
// http://user:password@127.0.0.1:8091; without a user it does not log in. Whoever
// asks decides which numbers it is asked about.
func NewIssuer(address string, p RetryPolicy, by outbound.Owner) (*Issuer, error) {
	t, err := target(address, p.Try, "http", "https")
	if err != nil {
		return nil, err
	}
	if err := p.Check(); err != nil {
		return nil, err
	}
	client := by.Client(0, func(t *http.Transport) { // a try's time bounds all of it
		t.DisableCompression = true          // so that an answer's bound is one of what is sent, too
		t.MaxResponseHeaderBytes = maxAnswer // like its body
	})
	return &Issuer{target: t, http: client, retry: p, circuits: circuits{retry: p}}, nil
}

// Verify implements issuer.API.
func (i *Issuer) Verify(ctx context.Context, world string, q issuer.CardQuestion) (issuer.Verification, error) {
	return ask[issuer.Verification](ctx, i, inquiry{world: world, path: issuer.VerificationPath, body: q, again: true})
}

// Enrol implements issuer.API.
func (i *Issuer) Enrol(ctx context.Context, world string, q issuer.EnrolmentQuestion) (issuer.Enrolment, error) {
	return ask[issuer.Enrolment](ctx, i, inquiry{world: world, path: issuer.EnrolmentPath, body: q, key: q.Key, again: q.Key != ""})
}

// CheckPIN implements issuer.API.
func (i *Issuer) CheckPIN(ctx context.Context, world string, q issuer.PINQuestion) (issuer.PINCheck, error) {
	return ask[issuer.PINCheck](ctx, i, inquiry{world: world, path: issuer.PINPath, body: q})
}

// Standing implements issuer.API.
func (i *Issuer) Standing(ctx context.Context, world string, q issuer.StandingQuestion) (issuer.Standing, error) {
	return ask[issuer.Standing](ctx, i, inquiry{world: world, path: issuer.StandingPath, body: q, again: true})
}

// An inquiry is a question on its way.
type inquiry struct {
	world, path string
	body        any
	key         string // "" for none
	again       bool   // whether it may be asked again
}

// ask asks until there is an answer or retry ends.
func ask[A issuer.Wired](ctx context.Context, i *Issuer, q inquiry) (A, error) {
	var none A
	body, err := json.Marshal(q.body)
	if err != nil {
		return none, fmt.Errorf("ask the issuer: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, i.retry.Total)
	defer cancel()
	done, err := i.circuits.enter(q.world)
	if err != nil {
		return none, err
	}
	a, err := persist(ctx, i.retry, q.again, func() (A, error) { return try[A](ctx, i, q, body) })
	done(err)
	return a, err
}

// address is where a question goes.
func (i *Issuer) address(path string) string {
	base := *i.target.address
	base.User, base.RawQuery, base.Fragment = nil, "", ""
	return strings.TrimSuffix(base.String(), "/") + path
}
