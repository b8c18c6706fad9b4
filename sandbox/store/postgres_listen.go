package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// tellAtOnce is how many worlds one notification names: it has room for 8000
// bytes, and a name has 63.
const tellAtOnce = 100

// tell implements database, by NOTIFY.
func (p *postgresDB) tell(ctx context.Context, names []string) error {
	if p.kept {
		return nil
	}
	var payloads []string
	for some := range slices.Chunk(names, tellAtOnce) {
		payloads = append(payloads, p.sender+" "+strings.Join(some, " "))
	}
	_, err := p.pool.Exec(ctx, "SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload", p.channel, payloads)
	return err
}

// listenAgain is how long it waits before it listens again.
const listenAgain = time.Second

// others implements database, by LISTEN. What happened while nobody listened is not
// known.
func (p *postgresDB) others(ctx context.Context, changed func(string)) {
	if p.kept {
		return
	}
	for {
		_ = p.listen(ctx, changed) // meanwhile, who waits for a world polls
		changed("")
		again := time.NewTimer(listenAgain)
		select {
		case <-again.C:
		case <-ctx.Done():
			again.Stop()
			return
		}
	}
}

// listen listens, on a connection of its own, until that fails or ctx ends.
func (p *postgresDB) listen(ctx context.Context, changed func(string)) error {
	c, err := pgx.ConnectConfig(ctx, p.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.limit)
		defer cancel()
		_ = c.Close(ending) // nothing is kept on it
	}()
	if _, err := c.Exec(ctx, "LISTEN "+pgx.Identifier{p.channel}.Sanitize()); err != nil {
		return err
	}
	changed("")
	for {
		told, err := c.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		sender, names, _ := strings.Cut(told.Payload, " ")
		if sender == p.sender {
			continue
		}
		for name := range strings.FieldsSeq(names) {
			changed(name)
		}
	}
}
