package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"time"

	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"example.com/netanswer/sandbox/world"
)

// sqliteDB keeps worlds in a file, which it has for itself: no other process opens
// it meanwhile, so what is in memory is what is in the file. A commit is written to
// SQLite's log at once, and is durable after flush.
type sqliteDB struct {
	db   *sql.DB
	log  *sqliteLog
	next int64 // version of the next change; only write touches it
	kept bool  // it is that of the snapshots
	// prepared are the statements that write, by their text; only write touches it.
	prepared map[string]*sql.Stmt
}

// sqliteID marks a file as ours (PRAGMA application_id): "netA".
const sqliteID = 0x6e657441

// sqliteSchema are the steps from each version of the schema to the next.
var sqliteSchema = []string{`
CREATE TABLE bases (id TEXT PRIMARY KEY, document BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE worlds (
	id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, base TEXT NOT NULL,
	created_at INTEGER NOT NULL, used_at INTEGER NOT NULL);
CREATE TABLE rows (
	world INTEGER NOT NULL REFERENCES worlds (id) ON DELETE CASCADE, part TEXT NOT NULL, key BLOB NOT NULL,
	value BLOB, PRIMARY KEY (world, part, key)) WITHOUT ROWID;
CREATE TABLE claims (recipient TEXT PRIMARY KEY, world TEXT NOT NULL) WITHOUT ROWID;
`, `
CREATE TABLE snapshots (
	id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, base TEXT NOT NULL,
	created_at INTEGER NOT NULL, used_at INTEGER NOT NULL);
CREATE TABLE snapshot_rows (
	world INTEGER NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE, part TEXT NOT NULL, key BLOB NOT NULL,
	value BLOB, PRIMARY KEY (world, part, key)) WITHOUT ROWID;
`, `
ALTER TABLE worlds ADD COLUMN owing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snapshots ADD COLUMN owing INTEGER NOT NULL DEFAULT 0;
CREATE INDEX worlds_owing ON worlds (name) WHERE owing;
UPDATE worlds SET owing = 1 WHERE EXISTS (SELECT 1 FROM rows WHERE world = worlds.id
	AND (part = 'head' AND instr(value, CAST('"outbox":' AS BLOB)) > 0 OR part = 'reports' AND value IS NOT NULL));
`}

func openSQLite(ctx context.Context, file string) (*sqliteDB, error) {
	pragmas := url.Values{"_pragma": {"locking_mode(EXCLUSIVE)", "synchronous(NORMAL)", "foreign_keys(ON)", "busy_timeout(200)",
		"cache_size(-4000)"}, "_txlock": {"immediate"}}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return nil, fmt.Errorf("sqlite: %s is a directory", file)
	}
	if made, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL, 0o600); err == nil { // SQLite would let everybody read it
		_ = made.Close() // nothing was written
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: file}).EscapedPath()+"?"+pragmas.Encode())
	if err != nil {
		return nil, fmt.Errorf("sqlite: %s: %w", file, err)
	}
	db.SetMaxOpenConns(1) // it has the file for itself
	s := &sqliteDB{db: db}
	if err = s.migrate(ctx); err == nil {
		s.log, err = openSQLiteLog(db, file)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: %s: %w", file, explained(err)), db.Close())
	}
	return s, nil
}

// corrupt tells whether an error says that a file is damaged.
func corrupt(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_CORRUPT || e.Code()&0xff == sqlite3.SQLITE_NOTADB)
}

// explained says what to do about an error of SQLite's.
func explained(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("another sandbox has it open: %w", err)
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("it is no database of SQLite: %w", err)
	case sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("it cannot be opened; is its directory there, and may this user write to it? %w", err)
	case sqlite3.SQLITE_READONLY:
		return fmt.Errorf("it can only be read; may this user write to it, and to its directory? %w", err)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("it is damaged or cut off; restore a copy of it: %w", err)
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR:
		if e.Code() != sqlite3.SQLITE_FULL && e.Code() != sqlite3.SQLITE_IOERR_SHMSIZE { // of the file beside it
			break
		}
		return fmt.Errorf("its disk is full: %w", err)
	}
	return err
}

// migrate brings the schema up to date.
func (s *sqliteDB) migrate(ctx context.Context) error {
	var application, version, tables int
	for query, into := range map[string]*int{"PRAGMA application_id": &application, "PRAGMA user_version": &version,
		"SELECT count(*) FROM sqlite_schema": &tables} {
		if err := s.db.QueryRowContext(ctx, query).Scan(into); err != nil {
			return err
		}
	}
	if application != sqliteID && (application != 0 || tables > 0) {
		return errForeign
	}
	if version > len(sqliteSchema) {
		return newer(version, len(sqliteSchema))
	}
	if _, err := s.db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil { // now that it is ours
		return err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing, once it is committed
	for i, step := range sqliteSchema[version:] {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("schema %d: %w", version+i+1, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", sqliteID, len(sqliteSchema))); err != nil {
		return err
	}
	last := "SELECT coalesce(max(version), 0) + 1 FROM (SELECT version FROM worlds UNION ALL SELECT version FROM snapshots)"
	if err := tx.QueryRowContext(ctx, last).Scan(&s.next); err != nil {
		return err
	}
	return tx.Commit()
}

// errForeign is the error of a database of another program.
var errForeign = errors.New("it is a database of another program; nothing was changed: name an empty one")

func newer(there, known int) error {
	return fmt.Errorf("its schema is version %d, and this program knows %d; nothing was changed: use a newer netanswer", there, known)
}

func (s *sqliteDB) shared() bool { return false }

func (s *sqliteDB) snapshots() database {
	return &sqliteDB{db: s.db, log: s.log, next: s.next, kept: true}
}

// of is a statement about worlds, or about snapshots.
func (s *sqliteDB) of(statement string) string {
	if s.kept {
		return ofSnapshots.Replace(statement)
	}
	return statement
}

func (s *sqliteDB) close() error {
	if s.kept {
		return nil
	}
	return errors.Join(s.log.close(), s.db.Close())
}

func (s *sqliteDB) ping(ctx context.Context) error {
	if err := s.log.there(); err != nil {
		return err
	}
	var one int
	return s.db.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}

func (s *sqliteDB) read(ctx context.Context, name string, _ stamp) (keptWorld, error) {
	w := keptWorld{name: name}
	err := s.db.QueryRowContext(ctx, s.of("SELECT id, version, base FROM worlds WHERE name = ?"), name).Scan(&w.at.id, &w.at.version,
		&w.base)
	if errors.Is(err, sql.ErrNoRows) {
		return w, nil
	}
	if err != nil {
		return w, err
	}
	found, err := s.db.QueryContext(ctx, s.of("SELECT part, key, value FROM rows WHERE world = ?"), w.at.id)
	if err != nil {
		return w, err
	}
	defer found.Close()
	for found.Next() {
		var r row
		if err := found.Scan(&r.part, &r.key, &r.value); err != nil {
			return w, err
		}
		w.rows = append(w.rows, r)
	}
	return w, found.Err()
}

func (s *sqliteDB) stamps(context.Context, []string) (map[string]stamp, error) { return nil, nil }

func (s *sqliteDB) each(ctx context.Context, names []string, f func(keptWorld) error) (err error) {
	if names = slices.Sorted(slices.Values(names)); len(names) == 0 {
		names, err = s.names(ctx, s.of("SELECT name FROM worlds ORDER BY name"))
	}
	for _, name := range names {
		w, err := s.read(ctx, name, stamp{})
		if err == nil && w.at.id != 0 {
			err = f(w)
		}
		if err != nil {
			return err
		}
	}
	return err
}

func (s *sqliteDB) listed(ctx context.Context) (all []world.Listing, err error) {
	found, err := s.db.QueryContext(ctx, s.of("SELECT name, created_at FROM worlds ORDER BY name"))
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		var l world.Listing
		var created int64
		if err := found.Scan(&l.Name, &created); err != nil {
			return nil, err
		}
		l.CreatedAt = time.Unix(0, created)
		all = append(all, l)
	}
	return all, found.Err()
}

func (s *sqliteDB) owing(ctx context.Context) ([]string, error) {
	return s.names(ctx, s.of("SELECT name FROM worlds WHERE owing ORDER BY name"))
}

func (s *sqliteDB) names(ctx context.Context, query string, args ...any) (names []string, err error) {
	found, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		var name string
		if err := found.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, found.Err()
}

func (s *sqliteDB) drop(ctx context.Context, name string) error {
	return s.exec(ctx, s.of("DELETE FROM worlds WHERE name = ?"), name)
}

func (s *sqliteDB) count(ctx context.Context) (n int, err error) {
	err = s.db.QueryRowContext(ctx, s.of("SELECT count(*) FROM worlds")).Scan(&n)
	return n, err
}

func (s *sqliteDB) prune(ctx context.Context, since time.Time) ([]string, error) {
	names, err := s.names(ctx, s.of("DELETE FROM worlds WHERE used_at < ? RETURNING name"), since.UnixNano())
	if err == nil {
		err = s.exec(ctx, unclaimed)
	}
	return names, err
}

func (s *sqliteDB) base(ctx context.Context, id string) (document []byte, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT document FROM bases WHERE id = ?", id).Scan(&document)
	return document, err
}

func (s *sqliteDB) keepBase(ctx context.Context, id string, document []byte) error {
	return s.exec(ctx, "INSERT INTO bases (id, document) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", id, document)
}

func (s *sqliteDB) owner(ctx context.Context, recipient string) (world string, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT world FROM claims WHERE recipient = ?", recipient).Scan(&world)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return world, err
}

func (s *sqliteDB) note(ctx context.Context, recipient, world, before string) (owner string, err error) {
	err = s.exec(
		ctx,
		"INSERT INTO claims (recipient, world) VALUES (?, ?) ON CONFLICT (recipient) DO UPDATE SET world = excluded.world WHERE world = ?",
		recipient,
		world,
		before,
	)
	if err != nil {
		return "", err
	}
	return s.owner(ctx, recipient)
}

func (s *sqliteDB) owners(ctx context.Context, prefix string) ([]string, error) {
	return s.names(ctx, "SELECT DISTINCT world FROM claims WHERE recipient >= ? AND recipient < ?", prefix, after(prefix))
}

func (s *sqliteDB) disown(ctx context.Context, recipient, world string) error {
	return s.exec(ctx, "DELETE FROM claims WHERE recipient = ? AND world = ?", recipient, world)
}

func (s *sqliteDB) list(ctx context.Context) (all []Entry, err error) {
	found, err := s.db.QueryContext(
		ctx,
		`SELECT w.name, w.created_at, w.used_at, count(r.key), coalesce(sum(length(r.key) + coalesce(length(r.value), 0)), 0)
		FROM worlds w LEFT JOIN rows r ON r.world = w.id GROUP BY w.id ORDER BY w.name`,
	)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		var e Entry
		var created, used int64
		if err := found.Scan(&e.Name, &created, &used, &e.Rows, &e.Bytes); err != nil {
			return nil, err
		}
		e.CreatedAt, e.UsedAt = time.Unix(0, created), time.Unix(0, used)
		all = append(all, e)
	}
	return all, found.Err()
}

func (s *sqliteDB) check(ctx context.Context) error {
	var said string
	err := s.db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&said)
	if err == nil && said != "ok" {
		err = errors.New(said)
	}
	return err
}

func (s *sqliteDB) others(context.Context, func(string)) {}

func (s *sqliteDB) tell(context.Context, []string) error { return nil }
