// Package integrator is what somebody's backend does with the three providers,
// over the wire and with clients nobody here wrote, and what it gets to know:
// SMS by the REST of Twilio and by SMPP 3.4, mail by SMTP and IMAP, and a voice
// webhook. Calls are placed by the control API, or by SIP.
//
// It adds to the Scene of package member, whose people receive what is sent.
package integrator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/actor"
)

// timeout is how long the backend waits for a provider, by the machine's clock.
const timeout = 5 * time.Second

// A Backend is the state of one scenario.
type Backend struct {
	Controls *client.Client
	Now      func() time.Time // the machine's time
	// At is where the providers are found whose address is not the one that the
	// control API tells.
	At client.Providers
	// Here is how the providers find this machine; "" for 127.0.0.1. Webhooks
	// listen on that address only, or where it is a name on every one.
	Here string

	at        client.Providers // asked for when first needed
	anonymous bool             // its credentials name no world
	text      text             // sent last
	refused   string           // how the last send was refused, "" if it was taken
	line      *line            // its SMPP connection, nil before the first
	verified  string           // what the last check of a code said
	looked    string           // the line of the number looked up last
	found     []string         // the subjects of the mails that were found
	modseq    uint64           // the highest mod-sequence of the mailboxes when they were looked at
	enabled   string           // what the mail server said that it uses, "" for nothing
	other     string           // another world that was looked into, "" for none
	hook      *hook            // its voice webhook, nil for none
	desk      *desk            // that takes call-backs, nil for none
}

type backendKey struct{}

// Enter puts a backend into the context of its scenario.
func Enter(ctx context.Context, b *Backend) context.Context {
	return context.WithValue(ctx, backendKey{}, b)
}

// Leave ends what the backend of a context holds open.
func Leave(ctx context.Context) error {
	b, ok := ctx.Value(backendKey{}).(*Backend)
	if !ok {
		return nil
	}
	var errs []error
	if b.line != nil {
		errs = append(errs, b.line.Close())
	}
	if b.hook != nil {
		errs = append(errs, b.hook.server.Close())
	}
	if b.desk != nil {
		errs = append(errs, b.desk.server.Close())
	}
	if b.other != "" {
		errs = append(errs, b.Controls.Delete(ctx, b.other))
	}
	return errors.Join(errs...)
}

// listen listens on a port of its own for providers, and tells by which address
// they find it.
func (b *Backend) listen() (net.Listener, string, error) {
	here, at := cmp.Or(b.Here, "127.0.0.1"), ""
	if net.ParseIP(here) != nil {
		at = here
	}
	l, err := net.Listen("tcp", net.JoinHostPort(at, "0"))
	if err != nil {
		return nil, "", err
	}
	_, port, _ := net.SplitHostPort(l.Addr().String()) // a listener's address has a port
	return l, net.JoinHostPort(here, port), nil
}

// in is the backend and the scene of a context.
func in(ctx context.Context) (*Backend, *actor.Scene, error) {
	b, ok := ctx.Value(backendKey{}).(*Backend)
	if !ok {
		return nil, nil, errors.New("this context has no backend")
	}
	s, err := actor.In(ctx)
	return b, s, err
}

// reached are the backend and the scene of a context, and where the providers are.
func reached(ctx context.Context) (b *Backend, s *actor.Scene, at client.Providers, err error) {
	if b, s, err = in(ctx); err != nil {
		return nil, nil, at, err
	}
	at, err = b.providers(ctx)
	return b, s, at, err
}

// about is the backend and the scene of a context, and one of its people.
func about(ctx context.Context, name string) (*Backend, *actor.Scene, actor.Person, error) {
	b, s, err := in(ctx)
	if err != nil {
		return nil, nil, actor.Person{}, err
	}
	p, err := person(s, name)
	return b, s, p, err
}

// ready is about, with where the providers are.
func ready(ctx context.Context, name string) (*Backend, *actor.Scene, actor.Person, client.Providers, error) {
	b, s, p, err := about(ctx, name)
	if err != nil {
		return nil, nil, p, client.Providers{}, err
	}
	at, err := b.providers(ctx)
	return b, s, p, at, err
}

// providers returns where the providers are, and why not if it is unknown.
func (b *Backend) providers(ctx context.Context) (client.Providers, error) {
	if b.at.REST != "" {
		return b.at, nil
	}
	at, err := b.Controls.Providers(ctx)
	if err != nil {
		return at, fmt.Errorf("ask where the providers are: %w", err)
	}
	at.REST, at.SMPP, at.SMTP, at.IMAP = cmp.Or(
		b.At.REST,
		at.REST,
	), cmp.Or(
		b.At.SMPP,
		at.SMPP,
	), cmp.Or(
		b.At.SMTP,
		at.SMTP,
	), cmp.Or(
		b.At.IMAP,
		at.IMAP,
	)
	at.SIP = cmp.Or(b.At.SIP, at.SIP)
	if at.REST == "" || at.SMPP == "" || at.SMTP == "" || at.IMAP == "" {
		return at, fmt.Errorf("not every provider listens: %+v", at)
	}
	b.at = at
	return at, nil
}

// person is one of the cast.
func person(s *actor.Scene, name string) (actor.Person, error) {
	p, ok := s.Cast[name]
	if !ok {
		return p, fmt.Errorf("the cast has no %s", name)
	}
	return p, nil
}

// NamesNoWorld makes the backend's credentials name no world.
func NamesNoWorld(ctx context.Context) error {
	b, _, err := in(ctx)
	if err == nil {
		b.anonymous = true
	}
	return err
}

// ClaimsPhone makes the scene's world the one that a person's number belongs to.
func ClaimsPhone(ctx context.Context, name string) error {
	return claim(ctx, name, func(p actor.Person) string { return p.Phone })
}

// ClaimsAddress makes it the one that a person's mail address belongs to.
func ClaimsAddress(ctx context.Context, name string) error {
	return claim(ctx, name, func(p actor.Person) string { return p.Email })
}

func claim(ctx context.Context, name string, of func(actor.Person) string) error {
	b, s, p, err := about(ctx, name)
	if err != nil {
		return err
	}
	return b.Controls.Claim(ctx, s.World.Name, of(p))
}

// deadline is until when the backend waits that begins to wait now.
func (b *Backend) deadline() time.Time { return b.Now().Add(timeout) }

// IsRefused expects the last send to have been refused, by this number or name.
func IsRefused(ctx context.Context, with string) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	return equal("断られた理由", with, b.refused)
}

// IsUnanswered expects the last send to have got no answer.
func IsUnanswered(ctx context.Context) error { return IsRefused(ctx, unanswered) }

// IsTaken expects the last send to have been taken.
func IsTaken(ctx context.Context) error { return IsRefused(ctx, "") }

func equal(what, want, got string) error {
	if want != got {
		return fmt.Errorf("%sは「%s」のはずが「%s」です", what, want, got)
	}
	return nil
}

// unanswered is how a send is refused that gets no answer.
const unanswered = "応答なし"

// The worlds that a message can be in, as the features call them.
const (
	ownWorld     = "自社システム"
	defaultWorld = "既定"
)

// places are the names of the worlds that what is called where is in and is not
// in.
func places(s *actor.Scene, where string) (here, elsewhere string, err error) {
	switch where {
	case ownWorld:
		return s.World.Name, "default", nil
	case defaultWorld:
		return "default", s.World.Name, nil
	}
	return "", "", fmt.Errorf("there is no world of 「%s」", where)
}
