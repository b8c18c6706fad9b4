package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"example.com/netanswer/sandbox/world"
)

// A stamp is which change of a world a state is of. A world that was deleted and
// made again has another id. The zero stamp is that of no world.
type stamp struct{ id, version int64 }

// A change is what is to be written of a world: the rows that differ, if the
// world is still as it was read. Writing it fills in its outcome.
type change struct {
	name   string
	read   stamp // what the world was read at; the zero stamp: it does not exist
	base   string
	rows   []row
	usedAt time.Time
	owing  bool // the world has something to tell
	touch  bool // nothing but usedAt

	written  stamp
	conflict bool // somebody else was first; nothing of it is written
}

// A kept world is its rows over the base that it began with.
type keptWorld struct {
	name string
	at   stamp
	base string
	rows []row
}

// A database is what worlds are kept in: an engine and how it is spoken to. Its
// methods are safe at the same time. An error tells that nothing was done, or,
// of write, that it is not known whether it was.
type database interface {
	// read returns the world, and its rows that were written after known. A world
	// that does not exist, or is another one than known, is returned whole.
	read(ctx context.Context, name string, known stamp) (keptWorld, error)
	// stamps returns where worlds stand; those that do not exist are left out.
	stamps(ctx context.Context, names []string) (map[string]stamp, error)
	// each calls f with every world whole, by name; only with those of some names,
	// if any are given.
	each(ctx context.Context, names []string, f func(keptWorld) error) error
	// listed tells which worlds there are, by name.
	listed(ctx context.Context) ([]world.Listing, error)
	// owing tells in which worlds something is to be told.
	owing(ctx context.Context) ([]string, error)
	// write writes changes of different worlds, each wholly or not at all.
	write(ctx context.Context, changes []*change) error
	// flush returns when all that was written before is durable.
	flush(ctx context.Context) error
	drop(ctx context.Context, name string) error
	count(ctx context.Context) (int, error)
	// prune drops worlds that were not used since, and returns their names. It
	// forgets what worlds that are gone have claimed.
	prune(ctx context.Context, since time.Time) ([]string, error)

	base(ctx context.Context, id string) ([]byte, error)
	keepBase(ctx context.Context, id string, document []byte) error

	owner(ctx context.Context, recipient string) (string, error)
	// note makes a recipient a world's if it is before's ("" for nobody's), and
	// returns whose it then is.
	note(ctx context.Context, recipient, world, before string) (string, error)
	// owners returns whose the recipients are that begin with a prefix, which ends
	// with a slash.
	owners(ctx context.Context, prefix string) ([]string, error)
	disown(ctx context.Context, recipient, world string) error

	list(ctx context.Context) ([]Entry, error)
	check(ctx context.Context) error
	ping(ctx context.Context) error
	// others tells of worlds that other sandboxes have changed, until ctx ends;
	// "" that some may have been. It returns at once where there are none.
	others(ctx context.Context, changed func(name string))
	// tell tells other sandboxes of changed worlds.
	tell(ctx context.Context, names []string) error
	shared() bool // there may be others
	// snapshots is where kept snapshots are: the same, with tables of their own.
	// Nobody waits for what changes there, and it closes with this one.
	snapshots() database
	close() error
}

// after is the first text after all that begin with a prefix, which ends with a
// slash.
func after(prefix string) string { return prefix[:len(prefix)-1] + "0" }

// unclaimed takes out what worlds that are gone have claimed.
const unclaimed = "DELETE FROM claims WHERE NOT EXISTS (SELECT 1 FROM worlds WHERE worlds.name = claims.world)"

// ofSnapshots makes of a statement about worlds the same about snapshots.
var ofSnapshots = strings.NewReplacer("worlds", "snapshots", "rows", "snapshot_rows")

// away is the error of a database that does not do what it is asked: ErrDamaged where
// trying again is of no use.
func away(doing string, err error) error {
	if err == nil || errors.Is(err, world.ErrAway) || errors.Is(err, world.ErrDamaged) {
		return err
	}
	if corrupt(err) {
		return fmt.Errorf("%w: %s: %w", world.ErrDamaged, doing, err)
	}
	return fmt.Errorf("%w: %s: %w", world.ErrAway, doing, err)
}

// An Entry is what a database tells of a world without reading it.
type Entry struct {
	Name      string    `json:"name"`
	CreatedAt time.Time `json:"created_at"`
	UsedAt    time.Time `json:"used_at"`
	Rows      int       `json:"rows"`
	Bytes     int64     `json:"bytes"`
}
