package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"sync"
)

// sqliteLog is the log that SQLite writes commits to (WAL). With synchronous=NORMAL
// a commit does not wait until it is on the disk: flush does, once for all commits
// before it, while others are written. SQLite itself flushes the log before it
// moves anything into the file, and the file before it begins the log anew; so
// what flush has seen is kept.
type sqliteLog struct {
	db     *sql.DB
	mu     sync.Mutex
	file   *os.File
	failed bool                   // the last flush: what it was to write may not be on the disk
	names  map[string]os.FileInfo // of the file and the log, as they were opened
}

// openSQLiteLog opens the log, which is the same file as long as db is open.
func openSQLiteLog(db *sql.DB, file string) (*sqliteLog, error) {
	f, err := os.OpenFile(file+"-wal", os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	l := &sqliteLog{db: db, file: f, names: map[string]os.FileInfo{}}
	for _, name := range []string{file, file + "-wal"} {
		if l.names[name], err = os.Stat(name); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return l, nil
}

// there is an error where somebody has removed the file or its log, or put another in
// its place: what is written is then lost when the process ends.
func (l *sqliteLog) there() error {
	for name, opened := range l.names {
		if now, err := os.Stat(name); err != nil || !os.SameFile(opened, now) {
			return fmt.Errorf("sqlite: %s was removed or replaced while it was open", name)
		}
	}
	return nil
}

// flush returns when all that was committed before is durable. Once it has failed,
// all that is in the log has to be moved into the file before anything is.
func (l *sqliteLog) flush(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.there(); err != nil {
		return err
	}
	if l.failed {
		var busy, frames, moved int
		if err := l.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
			return err
		}
		if busy != 0 || moved < frames {
			return fmt.Errorf("sqlite: %d of %d pages of the log are in the file", moved, frames)
		}
	}
	err := l.file.Sync()
	l.failed = err != nil
	return err
}

func (l *sqliteLog) close() error {
	if l == nil {
		return nil
	}
	return l.file.Close()
}

// flush implements database.
func (s *sqliteDB) flush(ctx context.Context) error { return s.log.flush(ctx) }

// exec carries out a statement, durably.
func (s *sqliteDB) exec(ctx context.Context, statement string, args ...any) error {
	if _, err := s.db.ExecContext(ctx, statement, args...); err != nil {
		return err
	}
	return s.flush(ctx)
}
