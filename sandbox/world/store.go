package world

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"
)

// A Store keeps worlds. Every method may be called at any time by anybody. A name
// that can be no world's is ErrName. Where ctx has ended, a method may return its
// error instead; then nothing has changed. A store that cannot reach what it
// keeps worlds in returns ErrAway; then a change is done wholly or not at all. What
// is kept of one world may be damaged: it is ErrDamaged, until it is deleted.
type Store interface {
	// View takes a snapshot. A world that does not exist is the zero State.
	View(ctx context.Context, name string) (State, error)
	// Update changes a world. One that does not exist is the zero State to
	// change, and exists then; that there are too many is ErrWorlds. If change
	// fails or panics, nothing has changed. change may be called more than once:
	// it changes nothing but the state it is given, and what it captured to
	// return.
	Update(ctx context.Context, name string, change func(*State) error) error
	// Delete ends a world; no such world is no error.
	Delete(ctx context.Context, name string) error
	// List returns the worlds that exist and can be read, by name: all, or those of
	// the names that are given. That is no use of them.
	List(ctx context.Context, names ...string) ([]State, error)
	// Listed tells which worlds exist, by name, and reads none.
	Listed(ctx context.Context) ([]Listing, error)
	// Owing returns the worlds that have something to tell (State.Owing), and reads no
	// others.
	Owing(ctx context.Context) ([]string, error)
	// Changed returns a channel that is closed at the world's next change, or
	// its end.
	Changed(ctx context.Context, name string) (<-chan struct{}, error)
}

// A Listing is what can be told of a world without reading it. CreatedAt is by the
// machine's clock.
type Listing struct {
	Name      string
	CreatedAt time.Time
}

// The errors of a store.
var (
	ErrName    = errors.New("the name of a world or snapshot is 1 to 63 of a-z, 0-9 and -, beginning and ending with a letter or digit")
	ErrWorlds  = errors.New("the sandbox or this world holds as much as it may")
	ErrAway    = errors.New("what keeps the worlds does not answer; nothing is lost, try again in a moment")
	ErrDamaged = errors.New("what is kept of this world cannot be read; delete it, or restore what keeps the worlds")
	ErrRequest = errors.New("the request cannot be carried out")
)

var nameForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// CheckName tells whether name can be a world's.
func CheckName(name string) error {
	if !nameForm.MatchString(name) {
		return ErrName
	}
	if namesCard(name) { // it would stand in logs and lists
		return ErrCardName
	}
	return nil
}

// ErrCardName is ErrName of a name that has the form, and could be the number of a card.
var ErrCardName = fmt.Errorf("%w; what could be the number of a card is none", ErrName)

// noStore keeps nothing.
type noStore struct{}

var errKeepsNone = fmt.Errorf("%w: this sandbox keeps no snapshots", ErrRequest)

func (noStore) View(context.Context, string) (State, error)              { return State{}, nil }
func (noStore) Update(context.Context, string, func(*State) error) error { return errKeepsNone }
func (noStore) Delete(context.Context, string) error                     { return nil }
func (noStore) List(context.Context, ...string) ([]State, error)         { return nil, nil }
func (noStore) Listed(context.Context) ([]Listing, error)                { return nil, nil }
func (noStore) Owing(context.Context) ([]string, error)                  { return nil, nil }
func (noStore) Changed(context.Context, string) (<-chan struct{}, error) { return nil, errKeepsNone }
