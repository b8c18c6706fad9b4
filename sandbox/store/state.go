package store

import (
	"context"
	"time"
)

// failure is a change that could not be written, and when that was.
type failure struct {
	err error
	at  time.Time
}

// afterFailure is how long a database that failed to write is told as not ready. Then
// somebody may try again: whether it can be written, nobody knows who does not write.
const afterFailure = 10 * time.Second

// State tells how the database does: nil, or why it does nothing. A database that
// answers and cannot be written, like one whose disk is full, does nothing either.
func (k *Kept) State(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, k.limit)
	defer cancel()
	if err := k.db.ping(ctx); err != nil {
		return away("ping", err)
	}
	if f := k.failure.Load(); f != nil && k.machine().Sub(f.at) < afterFailure {
		return f.err
	}
	return nil
}

// wrote keeps how a change went, and tells what is new of it.
func (k *Kept) wrote(err error) {
	var now *failure
	if err != nil {
		now = &failure{err, k.machine()}
	}
	if before := k.failure.Swap(now); (before == nil) != (now == nil) && k.told != nil {
		k.told(err)
	}
}
