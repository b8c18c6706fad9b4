package world

import (
	"errors"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/mocks/outbound"
)

// A Config is what a Service is made of. Machine is the machine's clock. Store
// keeps the worlds, and Snapshots what was kept of them under names of its own
// (package store has both); nil keeps none. Claims, Source and the ports may be
// left nil for those of this process.
type Config struct {
	Machine func() time.Time
	Bounds  Bounds
	Store   Store
	// Snapshots is asked for nothing that changes by itself, and never for Changed.
	Snapshots Store
	Documents Documents // write and read worlds as files; nil: none
	Claims    Claims
	Source    Source
	Ports     Ports
	Defects   []Defect // what worlds may be given to try the scenarios with; none are fine
	// Hotline is the voice webhook of a world that names none of its own: the
	// reference backend over the wire. nil is the one in this process.
	Hotline func(world string) twiml.Webhook
	// AnyCard asks an issuer of Ports about every number that somebody types. Else
	// it is asked about test cards and members of the world only, so that a real
	// number stays here.
	AnyCard bool
	// Outbound are the rules of status call-backs and voice webhooks; nil allows
	// this machine.
	Outbound *outbound.Rules
	// Lease is how long a sandbox that tells something to a provider of Ports has
	// that for itself: longer than all may take that follows a completed
	// registration. The zero value is a minute.
	Lease time.Duration
}

// Service is everything that can be done in the worlds of one sandbox. What it
// does is parted by who asks for it: each part has a type, whose methods stand in
// the files that begin with its name.
type Service struct{ *core }

// Web is what is done in a registration of the web.
func (s *Service) Web() Web { return Web{s.core} }

// App is what is done in a registration in the app.
func (s *Service) App() App { return App{s.core} }

// Members is what a registered member does.
func (s *Service) Members() Members { return Members{s.core} }

// Control is what a test does to a world.
func (s *Service) Control() Control { return Control{s.core} }

// Telephone is the telephone of the worlds.
func (s *Service) Telephone() Telephone { return Telephone{s.core} }

// Providers is what providers' own protocols bring into a world.
func (s *Service) Providers() Providers { return Providers{s.core} }

// New returns a service that knows the fixtures.
func New(c Config) (*Service, error) {
	if c.Machine == nil {
		return nil, errors.New("world: no machine clock")
	}
	if c.Store == nil {
		return nil, errors.New("world: no store")
	}
	w, err := loadWords()
	if err != nil {
		return nil, err
	}
	members, prefixes, err := fixtures.Members()
	if err != nil {
		return nil, err
	}
	fresh, err := template(members)
	if err != nil {
		return nil, err
	}
	s := &core{machine: c.Machine, bounds: c.Bounds, holdings: c.Bounds.Holdings(), store: c.Store, snapshots: c.Snapshots,
		documents: c.Documents, claims: c.Claims, source: c.Source,
		hotline: c.Hotline, outbound: c.Outbound, anyCard: c.AnyCard, words: w, template: fresh, members: members,
		prefixes: prefixes, defects: c.Defects, lease: c.Lease}
	if s.outbound == nil {
		s.outbound = outbound.NewRules()
	}
	s.teller = twiml.NewTeller(s.outbound.Client(twiml.Timeout))
	s.front = twiml.NewTeller(outbound.Owner{}.Client(twiml.Timeout))
	if s.claims == nil {
		s.claims = NewClaims(s.store)
	}
	if s.snapshots == nil {
		s.snapshots = noStore{}
	}
	if s.source == nil {
		s.source = random{}
	}
	s.connect(c.Ports)
	return &Service{s}, nil
}

// connect fills in the ports: those given, else those of the worlds themselves.
func (s *core) connect(given Ports) {
	s.ports = s.localPorts()
	s.leases.messages, s.leases.issuer = leaseHere, leaseHere
	if s.lease == 0 {
		s.lease = leaseThere
	}
	if given.SMS != nil || given.Mail != nil {
		s.leases.messages = s.lease
	}
	if given.SMS != nil {
		s.ports.SMS = given.SMS
	}
	if given.Mail != nil {
		s.ports.Mail = given.Mail
	}
	if given.Issuer != nil {
		s.ports.Issuer, s.leases.issuer = given.Issuer, s.lease
		if !s.anyCard {
			s.ports.Issuer = discreetIssuer{Issuer: given.Issuer, service: s}
		}
	}
	s.ports.Issuer = sortedIssuer{recordedIssuer{Issuer: s.ports.Issuer, service: s}}
	if len(s.defects) > 0 {
		b := breakable{sound: s.ports, service: s}
		s.ports = Ports{SMS: b, Mail: b, Issuer: b}
	}
}
