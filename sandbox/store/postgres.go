package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// postgresDB keeps worlds in tables of PostgreSQL, which other sandboxes change as
// well. Every row has the version of its world that wrote it, so that who knows an
// older version reads what is new. A row of what is gone stays, with no value.
type postgresDB struct {
	pool    *pgxpool.Pool
	channel string // of LISTEN: that of the schema whose tables these are
	sender  string // tells what this sandbox has told from what others have
	limit   time.Duration
	kept    bool // it is that of the snapshots
}

// maxConnections bounds the connections of a sandbox, where its address does not
// (pool_max_conns). One more listens.
const maxConnections = 8

// versionTable holds the version of the schema, in one row, and marks the tables
// as ours.
const versionTable = "netanswer"

// postgresSchema are the steps from each version of the schema to the next.
var postgresSchema = []string{`
CREATE TABLE netanswer (version integer NOT NULL);
CREATE TABLE bases (id text PRIMARY KEY, document bytea NOT NULL);
CREATE TABLE worlds (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE, version bigint NOT NULL,
	base text NOT NULL, created_at bigint NOT NULL, used_at bigint NOT NULL);
CREATE TABLE rows (
	world bigint NOT NULL, part text COLLATE "C" NOT NULL, key bytea NOT NULL, value bytea, version bigint NOT NULL,
	PRIMARY KEY (world, part, key));
CREATE TABLE claims (recipient text COLLATE "C" PRIMARY KEY, world text NOT NULL);
INSERT INTO netanswer VALUES (0);
CREATE TABLE snapshots (LIKE worlds INCLUDING ALL);
CREATE TABLE snapshot_rows (LIKE rows INCLUDING ALL);
`, `
ALTER TABLE worlds ADD COLUMN owing boolean NOT NULL DEFAULT false;
ALTER TABLE snapshots ADD COLUMN owing boolean NOT NULL DEFAULT false;
CREATE INDEX worlds_owing ON worlds (name) WHERE owing;
UPDATE worlds w SET owing = true WHERE EXISTS (SELECT FROM rows r WHERE r.world = w.id
	AND (r.part = 'head' AND position('"outbox":'::bytea IN r.value) > 0 OR r.part = 'reports' AND r.value IS NOT NULL));
`}

// parsePostgres reads an address. Its errors do not repeat a password.
func parsePostgres(address string) (*pgxpool.Config, error) {
	c, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	if !strings.Contains(address, "pool_max_conns=") {
		c.MaxConns = maxConnections
	}
	return c, nil
}

func openPostgres(ctx context.Context, address string, limit time.Duration) (*postgresDB, error) {
	c, err := parsePostgres(address)
	if err != nil {
		return nil, err
	}
	// The server gives up before this side does, so that it is known what was done.
	ms := strconv.FormatInt(max(1, (limit-limit/10).Milliseconds()), 10)
	for name, value := range map[string]string{
		"application_name": "netanswer", "default_transaction_isolation": "read committed",
		"statement_timeout": ms, "idle_in_transaction_session_timeout": ms,
	} {
		c.ConnConfig.RuntimeParams[name] = value
	}
	c.ConnConfig.ConnectTimeout = limit
	p := &postgresDB{sender: rand.Text(), limit: limit}
	if p.pool, err = pgxpool.NewWithConfig(ctx, c); err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	if err := p.migrate(ctx); err != nil {
		p.pool.Close()
		return nil, fmt.Errorf("postgres: %w", explainedPostgres(err))
	}
	return p, nil
}

// explainedPostgres says what to do about an error of PostgreSQL's.
func explainedPostgres(err error) error {
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		return err
	}
	switch said.Code {
	case "28P01", "28000":
		return fmt.Errorf("it refuses the user or the password: %w", err)
	case "3D000":
		return fmt.Errorf("there is no such database, create it first: %w", err)
	case "42501":
		return fmt.Errorf("this user may not do that; it needs to own the tables, or to create them: %w", err)
	}
	return err
}

// migrate brings the schema up to date, one sandbox at a time.
func (p *postgresDB) migrate(ctx context.Context) error {
	return pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		var schema string
		err := tx.QueryRow(ctx, "SELECT coalesce(current_schema(), '') FROM pg_advisory_xact_lock(hashtext('netanswer'))").Scan(&schema)
		if err != nil {
			return err
		}
		if schema == "" {
			return errors.New("there is no schema for tables; see its search_path")
		}
		p.channel = "netanswer_" + schema
		version, err := postgresVersion(ctx, tx, schema)
		if err != nil {
			return err
		}
		if version > len(postgresSchema) {
			return newer(version, len(postgresSchema))
		}
		for i, step := range postgresSchema[version:] {
			if _, err := tx.Exec(ctx, step); err != nil {
				return fmt.Errorf("schema %d: %w", version+i+1, err)
			}
		}
		if version == len(postgresSchema) {
			return nil
		}
		_, err = tx.Exec(ctx, "UPDATE netanswer SET version = $1", len(postgresSchema))
		return err
	})
}

// postgresVersion is the version of the schema that is there, 0 for none.
func postgresVersion(ctx context.Context, tx pgx.Tx, schema string) (version int, err error) {
	found, err := tx.Query(ctx, "SELECT tablename::text FROM pg_tables WHERE schemaname = $1", schema)
	if err != nil {
		return 0, err
	}
	tables, err := pgx.CollectRows(found, pgx.RowTo[string])
	if err != nil || len(tables) == 0 {
		return 0, err
	}
	if !slices.Contains(tables, versionTable) {
		return 0, errForeign
	}
	err = tx.QueryRow(ctx, "SELECT version FROM netanswer").Scan(&version)
	var said *pgconn.PgError
	if errors.Is(err, pgx.ErrNoRows) || errors.As(err, &said) && said.Code == "42703" { // it has no such column
		return 0, errForeign
	}
	return version, err
}

func (p *postgresDB) shared() bool { return true }

func (p *postgresDB) snapshots() database {
	return &postgresDB{pool: p.pool, channel: p.channel, sender: p.sender, limit: p.limit, kept: true}
}

// of is a statement about worlds, or about snapshots.
func (p *postgresDB) of(statement string) string {
	if p.kept {
		return ofSnapshots.Replace(statement)
	}
	return statement
}

func (p *postgresDB) close() error {
	if !p.kept {
		p.pool.Close()
	}
	return nil
}

func (p *postgresDB) ping(ctx context.Context) error { return p.pool.Ping(ctx) }

func (p *postgresDB) base(ctx context.Context, id string) (document []byte, err error) {
	err = p.pool.QueryRow(ctx, "SELECT document FROM bases WHERE id = $1", id).Scan(&document)
	return document, err
}

func (p *postgresDB) keepBase(ctx context.Context, id string, document []byte) error {
	_, err := p.pool.Exec(ctx, "INSERT INTO bases (id, document) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", id, document)
	return err
}

func (p *postgresDB) owner(ctx context.Context, recipient string) (world string, err error) {
	err = p.pool.QueryRow(ctx, "SELECT world FROM claims WHERE recipient = $1", recipient).Scan(&world)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return world, err
}

func (p *postgresDB) note(ctx context.Context, recipient, world, before string) (owner string, err error) {
	_, err = p.pool.Exec(ctx, `INSERT INTO claims (recipient, world) VALUES ($1, $2)
		ON CONFLICT (recipient) DO UPDATE SET world = excluded.world WHERE claims.world = $3`, recipient, world, before)
	if err != nil {
		return "", err
	}
	return p.owner(ctx, recipient)
}

func (p *postgresDB) owners(ctx context.Context, prefix string) ([]string, error) {
	found, err := p.pool.Query(ctx, "SELECT DISTINCT world FROM claims WHERE recipient >= $1 AND recipient < $2", prefix, after(prefix))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, pgx.RowTo[string])
}

func (p *postgresDB) disown(ctx context.Context, recipient, world string) error {
	_, err := p.pool.Exec(ctx, "DELETE FROM claims WHERE recipient = $1 AND world = $2", recipient, world)
	return err
}
