package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"example.com/netanswer/sandbox/world"
)

// read implements database. It is one statement, so that all it reads is of one
// moment.
func (p *postgresDB) read(ctx context.Context, name string, known stamp) (keptWorld, error) {
	w := keptWorld{name: name}
	err := p.worlds(ctx, func(one keptWorld) error { w = one; return nil }, `
		SELECT w.name, w.id, w.version, w.base, r.part, r.key, r.value
		FROM worlds w LEFT JOIN rows r ON r.world = w.id AND (w.id <> $2 OR r.version > $3)
		WHERE w.name = $1`, name, known.id, known.version)
	return w, err
}

// worlds calls f with each world of a query, whose rows it returns together.
func (p *postgresDB) worlds(ctx context.Context, f func(keptWorld) error, query string, args ...any) error {
	found, err := p.pool.Query(ctx, p.of(query), args...)
	if err != nil {
		return err
	}
	defer found.Close()
	var w keptWorld
	for found.Next() {
		var next keptWorld
		var part *string // none: the world has no row to read
		var r row
		var key []byte
		if err := found.Scan(&next.name, &next.at.id, &next.at.version, &next.base, &part, &key, &r.value); err != nil {
			return err
		}
		if next.at.id != w.at.id {
			if err := whole(w, f); err != nil {
				return err
			}
			w = next
		}
		if part != nil {
			r.part, r.key = *part, string(key)
			w.rows = append(w.rows, r)
		}
	}
	if err := found.Err(); err != nil {
		return err
	}
	return whole(w, f)
}

// whole calls f with a world that has been read, if there is one.
func whole(w keptWorld, f func(keptWorld) error) error {
	if w.at.id == 0 {
		return nil
	}
	return f(w)
}

func (p *postgresDB) stamps(ctx context.Context, names []string) (map[string]stamp, error) {
	found, err := p.pool.Query(ctx, p.of("SELECT name, id, version FROM worlds WHERE name = ANY($1)"), names)
	if err != nil {
		return nil, err
	}
	at := make(map[string]stamp, len(names))
	var name string
	var s stamp
	_, err = pgx.ForEachRow(found, []any{&name, &s.id, &s.version}, func() error { at[name] = s; return nil })
	return at, err
}

// eachAtOnce is how many worlds one statement reads.
const eachAtOnce = 100

func (p *postgresDB) each(ctx context.Context, names []string, f func(keptWorld) error) error {
	for after := ""; ; {
		n := 0
		err := p.worlds(ctx, func(w keptWorld) error { n++; after = w.name; return f(w) }, `
			SELECT w.name, w.id, w.version, w.base, r.part, r.key, r.value
			FROM (SELECT * FROM worlds WHERE name > $1 AND ($3::text[] IS NULL OR name = ANY($3)) ORDER BY name LIMIT $2) w
			LEFT JOIN rows r ON r.world = w.id ORDER BY w.name`, after, eachAtOnce, names)
		if err != nil || n < eachAtOnce {
			return err
		}
	}
}

func (p *postgresDB) listed(ctx context.Context) ([]world.Listing, error) {
	found, err := p.pool.Query(ctx, p.of("SELECT name, created_at FROM worlds ORDER BY name"))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, func(r pgx.CollectableRow) (l world.Listing, err error) {
		var created int64
		err = r.Scan(&l.Name, &created)
		l.CreatedAt = time.Unix(0, created)
		return l, err
	})
}

func (p *postgresDB) owing(ctx context.Context) ([]string, error) {
	found, err := p.pool.Query(ctx, p.of("SELECT name FROM worlds WHERE owing ORDER BY name"))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, pgx.RowTo[string])
}

// The statements that write a change: the world, if it is still as it was read, and
// with it the rows.
const (
	updateWorld = `WITH w AS (
		UPDATE worlds SET version = version + 1, used_at = greatest(used_at, $3), owing = $7 WHERE id = $1 AND version = $2 RETURNING id, version)`
	insertWorld = `WITH w AS (
		INSERT INTO worlds (name, version, base, created_at, used_at, owing) VALUES ($1, 1, $2, $3, $3, $7)
		ON CONFLICT (name) DO NOTHING RETURNING id, version)`
	withRows = `, r AS (
		INSERT INTO rows (world, part, key, value, version)
		SELECT w.id, x.part, x.key, x.value, w.version FROM w, unnest($4::text[], $5::bytea[], $6::bytea[]) AS x (part, key, value)
		ON CONFLICT (world, part, key) DO UPDATE SET value = excluded.value, version = excluded.version)
		SELECT id, version FROM w`
	touchWorld = "UPDATE worlds SET used_at = $2 WHERE id = $1 AND used_at < $2"
)

// write implements database. It asks once for all changes, which is a transaction.
// They go in the order of names, in which other sandboxes wait for them as well.
func (p *postgresDB) write(ctx context.Context, changes []*change) error {
	slices.SortFunc(changes, func(a, b *change) int { return cmp.Compare(a.name, b.name) })
	var batch pgx.Batch
	for _, c := range changes {
		used := c.usedAt.UnixNano()
		if c.touch {
			batch.Queue(p.of(touchWorld), c.read.id, used)
			continue
		}
		args := []any{c.read.id, c.read.version, used}
		statement := updateWorld
		if c.read.id == 0 {
			args, statement = []any{c.name, c.base, used}, insertWorld
		}
		parts, keys, values := make([]string, len(c.rows)), make([][]byte, len(c.rows)), make([][]byte, len(c.rows))
		for i, r := range c.rows {
			parts[i], keys[i], values[i] = r.part, []byte(r.key), r.value
		}
		batch.Queue(p.of(statement+withRows), append(args, parts, keys, values, c.owing)...).QueryRow(func(written pgx.Row) error {
			err := written.Scan(&c.written.id, &c.written.version)
			if c.conflict = errors.Is(err, pgx.ErrNoRows); c.conflict {
				return nil
			}
			return err
		})
	}
	return p.pool.SendBatch(ctx, &batch).Close()
}

// flush implements database. What write has written is durable already.
func (p *postgresDB) flush(context.Context) error { return nil }

func (p *postgresDB) drop(ctx context.Context, name string) error {
	_, err := p.remove(ctx, "DELETE FROM worlds WHERE name = $1 RETURNING id, name", name)
	return err
}

func (p *postgresDB) prune(ctx context.Context, since time.Time) ([]string, error) {
	names, err := p.remove(ctx, `DELETE FROM worlds WHERE id IN (SELECT id FROM worlds WHERE used_at < $1 FOR UPDATE SKIP LOCKED)
		RETURNING id, name`, since.UnixNano())
	if err == nil {
		_, err = p.pool.Exec(ctx, unclaimed)
	}
	return names, err
}

// remove takes worlds out and then their rows: who was writing some has written
// them by then.
func (p *postgresDB) remove(ctx context.Context, statement string, arg any) (names []string, err error) {
	err = pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		found, err := tx.Query(ctx, p.of(statement), arg)
		if err != nil {
			return err
		}
		var ids []int64
		var id int64
		var name string
		_, err = pgx.ForEachRow(found, []any{&id, &name}, func() error {
			ids, names = append(ids, id), append(names, name)
			return nil
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		_, err = tx.Exec(ctx, p.of("DELETE FROM rows WHERE world = ANY($1)"), ids)
		return err
	})
	return names, err
}

func (p *postgresDB) count(ctx context.Context) (n int, err error) {
	err = p.pool.QueryRow(ctx, p.of("SELECT count(*) FROM worlds")).Scan(&n)
	return n, err
}

func (p *postgresDB) list(ctx context.Context) (all []Entry, err error) {
	found, err := p.pool.Query(ctx, `
		SELECT w.name, w.created_at, w.used_at, count(r.key), coalesce(sum(length(r.key) + coalesce(length(r.value), 0)), 0)::bigint
		FROM worlds w LEFT JOIN rows r ON r.world = w.id GROUP BY w.id ORDER BY w.name`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, func(r pgx.CollectableRow) (e Entry, err error) {
		var created, used int64
		err = r.Scan(&e.Name, &created, &used, &e.Rows, &e.Bytes)
		e.CreatedAt, e.UsedAt = time.Unix(0, created), time.Unix(0, used)
		return e, err
	})
}

func (p *postgresDB) check(ctx context.Context) error {
	var lost int
	err := p.pool.QueryRow(ctx, "SELECT count(*) FROM rows r WHERE NOT EXISTS (SELECT FROM worlds w WHERE w.id = r.world)").Scan(&lost)
	if err == nil && lost > 0 {
		err = fmt.Errorf("%d rows belong to no world", lost)
	}
	return err
}
