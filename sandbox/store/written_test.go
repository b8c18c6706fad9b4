package store_test

import (
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// mostWritten is how many bytes a change may write, whatever its world holds.
const mostWritten = 8 << 10

// writesWhatChanged takes an SMS and a registration into a world of 10,000
// messages, and looks at the rows that were written for it: those of the last version.
func writesWhatChanged(t *testing.T, database string) {
	k := open(t, database, clock.Machine, world.DefaultBounds())
	message := func(st *world.State, i int) error {
		_, err := st.SMS.Take(sms.Draft{From: "SAISON", To: fmt.Sprintf("090-0000-%04d", i%10000), Body: "認証番号は123456です"}, clock.Machine(), 20_000)
		return err
	}
	update(t, k, func(st *world.State) error {
		st.Name = "w"
		for i := range 10_000 {
			if err := message(st, i); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, k, func(st *world.State) error {
		st.Registrations.Put("r", registration.Start("r", "token", clock.Machine()))
		return message(st, 1)
	})
	db, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(t.Context())
	var rows, bytes int
	err = db.QueryRow(t.Context(), `SELECT count(*), sum(length(r.part) + length(r.key) + length(r.value)) FROM rows r
		JOIN worlds w ON w.id = r.world AND w.version = r.version`).Scan(&rows, &bytes)
	if err != nil || rows == 0 || bytes > mostWritten {
		t.Errorf("%d bytes in %d rows: %v", bytes, rows, err)
	}
	t.Logf("%d bytes in %d rows", bytes, rows)
}

func update(t *testing.T, k world.Store, change func(*world.State) error) {
	t.Helper()
	if err := k.Update(t.Context(), "w", change); err != nil {
		t.Fatal(err)
	}
}
