package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"example.com/netanswer/sandbox/world"
)

// Options are what a store is opened with. Machine is the machine's clock. Of the
// bounds it keeps to Worlds, Idle and Snapshots. Base is what every fresh world begins with
// (world.Template). Limit is how long a database may take for one thing. Told, nil
// for nobody, is called with the first change that cannot be written, and with nil
// once one can; Damaged, likewise, of each world that cannot be read.
type Options struct {
	Machine func() time.Time
	Bounds  world.Bounds
	Base    world.State
	Limit   time.Duration
	Told    func(error)
	Damaged func(error)
}

// InMemory is the address of a store in memory.
const InMemory = "memory"

// ErrAddress is the error of an address that names no store.
var ErrAddress = errors.New("want memory, sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE")

// CheckAddress tells what is wrong with an address, without opening anything.
func CheckAddress(address string) error {
	kind, file, _ := strings.Cut(address, ":")
	switch {
	case address == InMemory:
		return nil
	case isPostgres(kind):
		_, err := parsePostgres(address)
		return err
	case kind != "sqlite":
		return ErrAddress
	case file == "":
		return fmt.Errorf("sqlite: no file; %w", ErrAddress)
	}
	return nil
}

// isPostgres tells of the scheme of an address whether it is one of PostgreSQL's.
func isPostgres(scheme string) bool { return scheme == "postgres" || scheme == "postgresql" }

// Kind is what an address is of: memory, sqlite or postgres.
func Kind(address string) string {
	kind, _, _ := strings.Cut(address, ":")
	if isPostgres(kind) {
		return "postgres"
	}
	return kind
}

// openDatabase opens the database of an address, brings its schema up to date,
// and refuses one that is not ours.
func openDatabase(ctx context.Context, address string, limit time.Duration) (database, error) {
	if err := CheckAddress(address); err != nil {
		return nil, err
	}
	if Kind(address) == "postgres" {
		return openPostgres(ctx, address, limit)
	}
	return openSQLite(ctx, strings.TrimPrefix(address, "sqlite:"))
}

// never is how long a snapshot is not used before it makes room.
const never = 100 * 365 * 24 * time.Hour

// Open opens the store of an address that is not InMemory. Close it.
func Open(ctx context.Context, address string, o Options) (*Kept, error) {
	db, err := openDatabase(ctx, address, o.Limit)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	k, err := newKept(ctx, db, o)
	if err == nil {
		o.Bounds.Worlds, o.Bounds.Idle = o.Bounds.Snapshots, never
		k.snapshots, err = newKept(ctx, db.snapshots(), o)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store: %w", err), db.close())
	}
	return k, nil
}
