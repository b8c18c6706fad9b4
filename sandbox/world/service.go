package world

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/ivr/twiml"
)

// Bounds are how much a sandbox holds. Beyond them it refuses, in words.
type Bounds struct {
	Worlds   int           `json:"worlds" doc:"worlds that exist at once"`
	Idle     time.Duration `json:"idle" doc:"nanoseconds after which an unused world makes room, when there are as many as there may be"`
	Messages int           `json:"messages" doc:"messages of each kind a world holds"`
	Journeys int           `json:"journeys" doc:"registrations a world holds, ended ones included"`
	Body     int64         `json:"body" doc:"bytes of a request's body"`
}

// DefaultBounds suit a machine with a gigabyte to spare.
func DefaultBounds() Bounds {
	return Bounds{Worlds: 50_000, Idle: time.Hour, Messages: 10_000, Journeys: 100_000, Body: 64 << 10}
}

// A Source makes what must not be guessed.
type Source interface {
	ID() string    // of a registration
	Token() string // of a form or session
	Passcode(digits int) string
	NetAnswerID(length int) string // letters, then digits: of a registration in the app (a-21)
}

// A Config is what a Service is made of. Machine is the machine's clock. Store,
// Claims, Source and the ports may be left nil for those of this process.
type Config struct {
	Machine func() time.Time
	Bounds  Bounds
	Store   Store
	Claims  Claims
	Source  Source
	Ports   Ports
	Defects []Defect // what worlds may be given to try the scenarios with; none are fine
	// Hotline is the voice webhook of a world that names none of its own: the
	// reference backend over the wire. nil is the one in this process.
	Hotline func(world string) twiml.Webhook
	// Hosts are those that status call-backs and voice webhooks may be of, besides
	// this machine: names, addresses, and networks like 10.0.0.0/8, which hold
	// addresses but no names.
	Hosts []string
}

// Service is everything that can be done in the worlds of one sandbox.
type Service struct {
	machine  func() time.Time
	bounds   Bounds
	store    Store
	claims   Claims
	source   Source
	ports    Ports
	teller   *twiml.Teller
	hotline  func(world string) twiml.Webhook
	hosts    []string
	lines    sync.Map           // of calls under way: world/id to a context.CancelCauseFunc
	taps     singleflight.Group // of a PIN, by world/id/key
	words    *words
	members  []fixtures.Member
	prefixes []fixtures.TestPrefix
	defects  []Defect
}

// New returns a service that knows the fixtures.
func New(c Config) (*Service, error) {
	if c.Machine == nil {
		return nil, errors.New("world: no machine clock")
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
	s := &Service{machine: c.Machine, bounds: c.Bounds, store: c.Store, claims: c.Claims, source: c.Source, ports: c.Ports,
		teller: twiml.NewTeller(), hotline: c.Hotline, hosts: c.Hosts, words: w, members: members, prefixes: prefixes, defects: c.Defects}
	if s.store == nil {
		s.store = NewMemory(func(name string, machine time.Time) State {
			state := fresh
			state.Name, state.CreatedAt, state.Clock = name, machine, clock.Start(machine)
			return state
		}, c.Machine, c.Bounds.Worlds, c.Bounds.Idle)
	}
	if s.claims == nil {
		s.claims = NewClaims(s.store)
	}
	if s.source == nil {
		s.source = random{}
	}
	local := Local(s.store, c.Machine, c.Bounds)
	if s.ports.SMS == nil {
		s.ports.SMS = local.SMS
	}
	if s.ports.Mail == nil {
		s.ports.Mail = local.Mail
	}
	if s.ports.Issuer == nil {
		s.ports.Issuer = local.Issuer
	}
	s.ports.Issuer = heard{Issuer: s.ports.Issuer, service: s}
	if len(s.defects) > 0 {
		b := breakable{sound: s.ports, service: s}
		s.ports = Ports{SMS: b, Mail: b, Issuer: b}
	}
	return s, nil
}

// template is what every fresh world shares; copying it is all a new one costs.
func template(members []fixtures.Member) (State, error) {
	var s State
	if err := fixtures.Policy(&s.Policy); err != nil {
		return State{}, err
	}
	if err := s.Policy.Check(); err != nil {
		return State{}, fmt.Errorf("fixture policy.yaml: %w", err)
	}
	s.Issuer = issuer.NewBook(members)
	for _, m := range members {
		if err := s.openAccounts(m, time.Time{}); err != nil {
			return State{}, fmt.Errorf("fixture members.yaml: %w", err)
		}
	}
	return s, nil
}

// Snapshot returns a world as it is now.
func (s *Service) Snapshot(name string) (Snapshot, error) {
	state, err := s.store.View(name)
	if err != nil {
		return Snapshot{}, err
	}
	return s.moment(state), nil
}

func (s *Service) moment(state State) Snapshot {
	return s.at(&state, state.Clock.Now(s.machine()))
}

// at is a world as its clock shows now.
func (s *Service) at(st *State, now time.Time) Snapshot {
	return Snapshot{State: *st, Now: now, words: s.words, shown: s.shown}
}

// update changes a world and returns it as it then is.
func (s *Service) update(name string, change func(st *State, now time.Time) error) (Snapshot, error) {
	var after Snapshot
	err := s.store.Update(name, func(st *State) error {
		now := st.Clock.Now(s.machine())
		if err := change(st, now); err != nil {
			return err
		}
		after = s.at(st, now)
		return nil
	})
	return after, err
}

// Members are the persons of every fresh world.
func (s *Service) Members() []fixtures.Member { return s.members }

// Prefixes are how test cards begin: what the form offers as first four digits.
func (s *Service) Prefixes() []fixtures.TestPrefix { return s.prefixes }

// Bounds are the service's bounds.
func (s *Service) Bounds() Bounds { return s.bounds }

// random is the Source of a sandbox that nobody may foresee.
type random struct{}

func (random) ID() string    { return "reg-" + strings.ToLower(rand.Text()) }
func (random) Token() string { return rand.Text() }

func (random) Passcode(digits int) string {
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
	return fmt.Sprintf("%0*d", digits, below(limit))
}

// NetAnswerID has four letters, fewer in a very short ID, and digits behind
// them; letters and digits that are easily taken for others are left out.
func (random) NetAnswerID(length int) string {
	const letters, digits = "abcdefghjkmnprstuvwxyz", "23456789"
	id := make([]byte, length)
	for i := range id {
		from := letters
		if i >= 4 || i > 0 && i == length-1 {
			from = digits
		}
		id[i] = from[below(big.NewInt(int64(len(from)))).Int64()]
	}
	return string(id)
}

func below(limit *big.Int) *big.Int {
	n, err := rand.Int(rand.Reader, limit)
	if err != nil {
		panic("world: no randomness: " + err.Error()) // crypto/rand never fails on a working system
	}
	return n
}
