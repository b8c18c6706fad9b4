// Package actor is what a person does and sees during a registration, made of
// the calls of a driver and of what providers tell. Step definitions are one
// line each over it.
//
// All state of a scenario stands in its Scene, which travels in the context.
package actor

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"sync"
	"time"

	"example.com/netanswer/steps/driver"
)

// Opening is what every scenario's clock shows at first, where it can be moved.
var Opening = time.Date(2026, 11, 24, 10, 0, 0, 0, japan)

// A Person is one of the cast: somebody with cards and ways to be reached.
type Person struct {
	Called   string // 花子さん
	Phone    string
	Email    string
	Cards    []Card
	ID       string // the Net Answer ID the person chooses, or has already
	Password string

	HasAccount bool // the person is registered from the start
}

// A Card is what stands on a card.
type Card struct {
	Number, Month, Year, SecurityCode string
	PIN                               string
	Points                            string     // as the home shows them, "" where nobody has told
	Purchases                         []Purchase // what the statement shows, none where nobody has told
}

// A Purchase is a line of a statement: 2026/10/28, where, how much.
type Purchase struct{ Date, Shop, Amount string }

// A Message is an SMS or a mail as it arrived.
type Message struct {
	ID, From, To, Subject, Body string
	Passcode                    string // the one-time passcode it carries, "" if none
}

// Surroundings are what stands around the implementation that is tried: the
// clock that a test moves, and the providers that tell what arrived.
type Surroundings interface {
	SetClock(ctx context.Context, world string, t time.Time) error
	Advance(ctx context.Context, world string, d time.Duration) error
	// SetPolicy makes another choice of the world's policy.
	SetPolicy(ctx context.Context, world, name, value string) error
	// Messages returns what arrived at a telephone number, or at a mail
	// address, oldest first.
	Texts(ctx context.Context, world, phone string) ([]Message, error)
	Mails(ctx context.Context, world, address string) ([]Message, error)
	// NextText and NextMail wait for one that comes after the message whose
	// id is given.
	NextText(ctx context.Context, world, phone, after string) (Message, error)
	NextMail(ctx context.Context, world, address, after string) (Message, error)
	// PlaceCall places a call and tells what became of it; HangUp ends it.
	PlaceCall(ctx context.Context, world string, d Dial) (Call, error)
	HangUp(ctx context.Context, world, id string) (Call, error)
	// PlanFault makes the next sends, calls or questions go wrong; RefuseMail makes
	// an address drop mail from domains, none of them to accept all again.
	PlanFault(ctx context.Context, world, provider string, f Fault) error
	RefuseMail(ctx context.Context, world, address string, domains []string) error
	// Enrolments tells how often the card was enrolled in 3-D Secure.
	Enrolments(ctx context.Context, world, number string) (int, error)
	// Records is everything the surroundings have recorded, as text.
	Records(ctx context.Context, world string) (string, error)
}

// A Scene is the state of one scenario.
type Scene struct {
	Driver  driver.Driver
	World   driver.World
	Around  Surroundings
	Cast    map[string]Person
	Words   Words
	Numbers Numbers // the zero value: the sandbox's
	App     bool    // the scenario is about the app, so that a registration goes its way

	mu     sync.Mutex
	actors map[string]*actor
	last   *actor
	mail   Message  // the mail spoken of last
	call   Call     // the call spoken of last
	judged int      // how often something was found out
	loose  []string // sentences held to their meaning
}

// An actor is a person in a scenario.
type actor struct {
	Person
	scene   *Scene
	session driver.Session
	other   driver.Session // the second window
	screen  driver.Screen
	beside  driver.Screen // of the second window, where TakesOther left it
	before  string        // the title of the screen before it
	form    driver.Form
	card    int    // which card is being registered
	firstID string // that the first card was registered with, once another is taken
	got     []Message
	wrong   int    // wrong passcodes entered
	tapped  string // the amount that was tapped
	looked  bool   // the screen was opened anew, and nothing done there
}

type sceneKey struct{}

// Enter puts a scene into the context of its scenario.
func Enter(ctx context.Context, s *Scene) context.Context {
	s.actors = map[string]*actor{}
	return context.WithValue(ctx, sceneKey{}, s)
}

// In is the scene of a context.
func In(ctx context.Context) (*Scene, error) {
	s, ok := ctx.Value(sceneKey{}).(*Scene)
	if !ok {
		return nil, errors.New("this context has no scene")
	}
	return s, nil
}

// Leave ends every session of the scene.
func (s *Scene) Leave() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, a := range s.actors {
		if a.session != nil {
			errs = append(errs, a.session.Close())
		}
		if a.other != nil {
			errs = append(errs, a.other.Close())
		}
	}
	s.actors = map[string]*actor{}
	return errors.Join(errs...)
}

// Evidence is what the sessions of the scene show.
func (s *Scene) Evidence(ctx context.Context) []driver.Evidence {
	s.mu.Lock()
	actors := make([]*actor, 0, len(s.actors))
	for _, a := range s.actors {
		actors = append(actors, a)
	}
	s.mu.Unlock()
	sort.Slice(actors, func(i, j int) bool { return actors[i].Called < actors[j].Called })
	var found []driver.Evidence
	for _, a := range actors {
		if a.session == nil {
			continue
		}
		for _, e := range a.session.Evidence(ctx) {
			if len(actors) > 1 {
				e.Name = a.Called + "-" + e.Name
			}
			found = append(found, e)
		}
	}
	return found
}

// act finds the person, opens a session for them at their first action, and
// makes them the one that is spoken of.
func act(ctx context.Context, name string) (*actor, error) {
	s, err := In(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.actors[name]
	if !ok {
		person, known := s.Cast[name]
		if !known {
			return nil, fmt.Errorf("the cast has no %s", name)
		}
		a = &actor{Person: person, scene: s}
		s.actors[name] = a
	}
	if a.session == nil {
		if a.session, err = s.Driver.Open(ctx, s.World); err != nil {
			return nil, fmt.Errorf("open a session for %s: %w", name, err)
		}
	}
	s.last = a
	return a, nil
}

// seen is the person whose screen is spoken of: the one who acted last.
func seen(ctx context.Context) (*actor, error) {
	s, err := In(ctx)
	if err != nil {
		return nil, err
	}
	if s.last == nil {
		return nil, errors.New("nobody has done anything yet")
	}
	return s.last, nil
}

// see keeps the screen that a verb of the driver returned.
func (a *actor) see(screen driver.Screen, err error) error {
	if err == nil {
		a.before, a.screen, a.looked = a.screen.Title, screen, false
	}
	return err
}

// after lets time pass in the scene's world.
func after(ctx context.Context, duration string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	d, err := lasting(ctx, duration)
	if err != nil {
		return err
	}
	return s.Around.Advance(ctx, s.World.Name, d)
}

// all carries out one command after another and stops at the first that fails.
func all(commands ...func() error) error {
	for _, command := range commands {
		if err := command(); err != nil {
			return err
		}
	}
	return nil
}
