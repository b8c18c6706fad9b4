package store

import (
	"context"
	"database/sql"
)

// The statements that write changes.
const (
	sqliteTouch  = "UPDATE worlds SET used_at = ? WHERE id = ? AND used_at < ?"
	sqliteUpdate = "UPDATE worlds SET version = ?, used_at = ?, owing = ? WHERE id = ? AND version = ?"
	sqliteInsert = "INSERT INTO worlds (id, name, version, base, created_at, used_at, owing) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING"
	sqlitePut    = "INSERT OR REPLACE INTO rows (world, part, key, value) VALUES (?, ?, ?, ?)"
	sqliteRemove = "DELETE FROM rows WHERE world = ? AND part = ? AND key = ?"
)

// prepare prepares them, once for the only connection there is.
func (s *sqliteDB) prepare(ctx context.Context) error {
	if s.prepared != nil {
		return nil
	}
	prepared := map[string]*sql.Stmt{}
	for _, text := range []string{sqliteTouch, sqliteUpdate, sqliteInsert, sqlitePut, sqliteRemove} {
		statement, err := s.db.PrepareContext(ctx, s.of(text))
		if err != nil {
			return err
		}
		prepared[text] = statement
	}
	s.prepared = prepared
	return nil
}

// A sqliteTx is a transaction that uses prepared statements.
type sqliteTx struct {
	ctx      context.Context
	tx       *sql.Tx
	prepared map[string]*sql.Stmt
	used     map[string]*sql.Stmt // in this transaction
}

// do carries out one of the statements that write.
func (t sqliteTx) do(text string, args ...any) (sql.Result, error) {
	statement := t.used[text]
	if statement == nil {
		statement = t.tx.StmtContext(t.ctx, t.prepared[text])
		t.used[text] = statement
	}
	return statement.ExecContext(t.ctx, args...)
}

// write implements database.
func (s *sqliteDB) write(ctx context.Context, changes []*change) error {
	if err := s.prepare(ctx); err != nil {
		return err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing, once it is committed
	t := sqliteTx{ctx: ctx, tx: tx, prepared: s.prepared, used: map[string]*sql.Stmt{}}
	next := s.next
	for _, c := range changes {
		if err := s.writeOne(t, c); err != nil {
			s.next = next
			return err
		}
	}
	return tx.Commit()
}

// writeOne writes one change, unless the world is not as it was read.
func (s *sqliteDB) writeOne(t sqliteTx, c *change) error {
	used := c.usedAt.UnixNano()
	if c.touch {
		_, err := t.do(sqliteTouch, used, c.read.id, used)
		return err
	}
	c.written = stamp{c.read.id, s.next}
	text, args := sqliteUpdate, []any{s.next, used, c.owing, c.read.id, c.read.version}
	if c.read.id == 0 {
		c.written.id = s.next
		text, args = sqliteInsert, []any{s.next, c.name, s.next, c.base, used, used, c.owing}
	}
	s.next++
	done, err := t.do(text, args...)
	if err != nil {
		return err
	}
	n, err := done.RowsAffected()
	if c.conflict = n == 0; err != nil || c.conflict {
		return err
	}
	for _, r := range c.rows {
		if r.gone {
			_, err = t.do(sqliteRemove, c.written.id, r.part, []byte(r.key))
		} else {
			_, err = t.do(sqlitePut, c.written.id, r.part, []byte(r.key), r.value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
