// Package place brings a registration to where somebody wants to begin: any
// state of the web or the app, expired, locked and unavailable ones as well. It
// carries out the real steps, as a member would, one after the other; nothing is
// written into a world past its rules.
//
// Where time has to pass, the clock of the world is moved on. Whoever shares a
// world with others begins in a fork of it.
package place

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A Place is a state that a registration can be brought to.
type Place struct {
	Name    string               // in its channel; other channels have places of the same name
	Channel registration.Channel // the way it is reached
	State   registration.State   // of the registration there; "" before there is one
	Title   string               // in Japanese
	Kind    Kind                 // the member it needs
	steps   []step
}

// Kind is what a member has to have so that a place can be reached.
type Kind string

// The kinds. Most places are for anybody who can be sent an SMS.
const (
	WithMobile Kind = "mobile"     // a passcode by SMS
	WithAmex   Kind = "amex"       // a card of American Express
	WithMail   Kind = "mail"       // a passcode by mail
	Landline   Kind = "landline"   // a call on the web, a PIN in the app
	NoContact  Kind = "no_contact" // no identity check on the web
	Barred     Kind = "barred"     // no identity check anywhere
	Registered Kind = "registered" // a card that has an account already
)

// ErrPlace is the error of a place that cannot be reached as asked; the world's
// timeline tells how far it came.
var ErrPlace = fmt.Errorf("%w: place", world.ErrRequest)

// A Request says where a registration is to be.
type Request struct {
	At      string
	Channel registration.Channel // "" is the web
	Device  registration.Device  // in the app; "" is an iPhone
	// Member is whose registration it is: a name, what the scenarios call the
	// person, or an id. "" is somebody of the place's kind who is not registered
	// yet; where all of the fixtures are, a member is added.
	Member string
	// As is a story of the gallery that tells on the first screen what the place
	// alone does not; Start is the screen that the app is started with. Both may be
	// "". Without a place, As alone is shown.
	As, Start string
	// Apart makes it happen in a new world, a fork of the one that is named.
	Apart bool
}

// Password is that of everybody who is brought to a place.
const Password = "Secret-2026"

// A Result is where a registration is.
type Result struct {
	Place        Place
	World        string
	Registration registration.Registration
	Member       string // the name
	// NetAnswerID is what was entered or given, "" where none was yet.
	NetAnswerID string
	// Path is where any browser goes on, below the world's own address and without a
	// slash in front.
	Path string
}

// All are the places, those of the web first, in the order of a registration.
func All() []Place { return append(web(), app()...) }

// Find returns the place of a name in a channel.
func Find(channel registration.Channel, name string) (Place, error) {
	for _, p := range All() {
		if p.Channel == channel && p.Name == name {
			return p, nil
		}
	}
	return Place{}, fmt.Errorf("%w: there is no place %q in the %s; GET /api/places lists them", ErrPlace, name, channel)
}

// Put brings a registration to a place. In a world apart, nothing is left of one
// that does not get there.
func Put(ctx context.Context, s *world.Service, name string, q Request) (Result, error) {
	if !q.Apart {
		return put(ctx, s, name, q)
	}
	m, err := s.Control().Fork(ctx, name, "")
	if errors.Is(err, world.ErrNoWorld) {
		m, err = s.Control().Arrange(ctx, world.MadeUp(name), world.Setup{})
	}
	if err != nil {
		return Result{}, err
	}
	r, err := put(ctx, s, m.Name, q)
	if err != nil {
		return r, errors.Join(err, s.Control().Delete(ctx, m.Name))
	}
	return r, nil
}

func put(ctx context.Context, s *world.Service, name string, q Request) (Result, error) {
	if q.Channel == "" {
		q.Channel = registration.Web
	}
	if q.Channel != registration.Web && q.Channel != registration.App {
		return Result{}, fmt.Errorf("%w: there is no channel %q, want web or app", ErrPlace, q.Channel)
	}
	if q.At == "" && q.As != "" {
		w := &walk{s: s, world: name, as: q.As}
		return Result{Place: Place{Channel: q.Channel}, World: name, Path: w.path(q.Channel)}, nil
	}
	p, err := Find(q.Channel, q.At)
	if err != nil {
		return Result{}, err
	}
	if q.Channel == registration.Web && q.Device != "" {
		return Result{}, fmt.Errorf("%w: a device is of the app", ErrPlace)
	}
	if q.Device == "" {
		q.Device = registration.IPhone
	}
	w := &walk{ctx: ctx, s: s, world: name, device: q.Device, as: q.As, start: q.Start}
	if w.card, err = member(ctx, s, name, p.Kind, q.Member); err != nil {
		return Result{}, err
	}
	for _, do := range p.steps {
		if err := do(w); err != nil {
			return Result{}, fmt.Errorf("%w %s: %w", ErrPlace, p.Name, err)
		}
	}
	return w.result(p)
}

// A step is one thing that a member does.
type step func(*walk) error

// A walk is a member on the way.
type walk struct {
	ctx    context.Context
	s      *world.Service
	world  string
	card   card
	device registration.Device

	at    world.Step // how the registration is
	phone string     // the smartphone, in the app
	token string     // of the log-in, on the web

	as, start string // what the first screen tells, and the app is started with
	id        string // the Net Answer ID
}

// took keeps what a step came to. A refusal is an error.
func (w *walk) took(at world.Step, err error) error {
	if w.at = at; err != nil {
		return err
	}
	if at.Refused != nil {
		return errors.New(explain(at.Snapshot, at.Refused))
	}
	return nil
}

// explain is a refusal in the member's words.
func explain(m world.Snapshot, refused error) string {
	var several registration.Errors
	if errors.As(refused, &several) && len(several) > 0 {
		return m.Explain(several[0])
	}
	var one *registration.Error
	if errors.As(refused, &one) {
		return m.Explain(one)
	}
	return refused.Error()
}

// result is where the walk has come to, which must be the place.
func (w *walk) result(p Place) (Result, error) {
	if p.State == "" {
		return Result{Place: p, World: w.world, Member: w.card.Name, Path: w.path(p.Channel)}, nil
	}
	m, err := w.s.Control().Snapshot(w.ctx, w.world)
	if err != nil {
		return Result{}, err
	}
	r, err := m.Registration(w.at.Registration.ID)
	if err != nil {
		return Result{}, fmt.Errorf("%w: the registration is gone", ErrPlace)
	}
	if r.State != p.State {
		return Result{}, fmt.Errorf("%w %s: the registration is at %s", ErrPlace, p.Name, r.State)
	}
	return Result{
		Place:        p,
		World:        w.world,
		Registration: r,
		Member:       w.card.Name,
		NetAnswerID:  r.Application.NetAnswerID,
		Path:         w.path(p.Channel),
	}, nil
}

// path is where a browser takes over.
func (w *walk) path(c registration.Channel) string {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("as", w.as)
	if c == registration.App {
		set("phone", w.phone)
		set("start", w.start)
		return "app/continue?" + q.Encode()
	}
	if w.token != "" {
		set("session", w.token)
	} else {
		set("registration", w.at.Registration.ID)
	}
	return "continue?" + q.Encode()
}
