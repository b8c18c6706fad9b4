package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/store/storetest"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/test/postgres"
)

// TestPostgreSQL tries the store over one server, which each part of the test has
// a database of.
func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	server := postgres.Start(t, "fsync=off")
	t.Run("keeps the contract", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T, machine func() time.Time, b world.Bounds) world.Store {
			return open(t, server.Database(t), machine, b)
		})
	})
	t.Run("keeps what was acknowledged", func(t *testing.T) {
		for i := range lives {
			t.Run(string(rune('a'+i)), func(t *testing.T) {
				t.Parallel()
				keepsWhatItAcknowledged(t, server.Database(t), kills(t, 100)/lives)
			})
		}
	})
	t.Run("reads a world again", func(t *testing.T) { readsAgain(t, server.Database(t)) })
	t.Run("keeps snapshots", func(t *testing.T) { keepsSnapshots(t, server.Database(t)) })
	t.Run("refuses", func(t *testing.T) { refusesDatabases(t, server) })
	t.Run("reads one of before", func(t *testing.T) { databaseOfBefore(t, server.Database(t)) })
	t.Run("writes what has changed", func(t *testing.T) { writesWhatChanged(t, server.Database(t)) })
	t.Run("is shared", func(t *testing.T) { sharedByTwo(t, server.Database(t)) })
	t.Run("tells of trouble and goes on", func(t *testing.T) { troubled(t, server) }) // stops the server, so it is the last
}

func refusesDatabases(t *testing.T, server *postgres.Server) {
	foreign, broken, newer := server.Database(t), server.Database(t), server.Database(t)
	postgres.Execute(t, foreign, "CREATE TABLE orders (id integer)")
	postgres.Execute(t, broken, "CREATE TABLE netanswer (id integer)")
	if err := open(t, newer, clock.Machine, world.DefaultBounds()).Close(); err != nil {
		t.Fatal(err)
	}
	postgres.Execute(t, newer, "UPDATE netanswer SET version = 99")
	for _, c := range []struct{ name, address, want string }{
		{"another program's database", foreign, "a database of another program"},
		{"a table of ours that is not", broken, "a database of another program"},
		{"a newer schema", newer, "its schema is version 99, and this program knows 2"},
		{"a wrong password", strings.Replace(foreign, "Secret", "secret", 1), "it refuses the user or the password"},
		{"no such database", server.URL("nowhere"), "there is no such database, create it first"},
		{"nobody", "postgres://netanswer:Secret@127.0.0.1:1/d", "connection refused"},
		{"no schema", foreign + "&search_path=nowhere", "there is no schema for tables"},
		{"no address", "postgres://netanswer:Secret@127.0.0.1:port/d", "postgres:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k, err := store.Open(t.Context(), c.address, options())
			if err == nil {
				t.Fatal("it was opened", k.Close())
			}
			if !strings.Contains(err.Error(), c.want) || strings.Contains(strings.ToLower(err.Error()), "secret") {
				t.Errorf("%v, want %q and no password", err, c.want)
			}
		})
	}
}

// sharedByTwo has two sandboxes over one database: what one does the other sees,
// and is told of.
func sharedByTwo(t *testing.T, address string) {
	one, two := open(t, address, clock.Machine, world.DefaultBounds()), open(t, address, clock.Machine, world.DefaultBounds())
	for _, name := range []string{"w", "w", "gone"} { // made, changed, deleted
		changed, err := two.Changed(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := two.View(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		n := 0
		if err := one.Update(t.Context(), name, func(s *world.State) error { n = count(s, name); return nil }); err != nil {
			t.Fatal(err)
		}
		select {
		case <-changed:
		case <-time.NewTimer(10 * time.Second).C:
			t.Errorf("of %s nobody is told", name)
		}
		if s, err := two.View(t.Context(), name); err != nil || len(s.Timeline.Events) != n {
			t.Errorf("the other one sees %d of %d events: %v", len(s.Timeline.Events), n, err)
		}
	}
	if err := one.Delete(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	if s, err := two.View(t.Context(), "gone"); err != nil || s.Name != "" {
		t.Errorf("a deleted world is there: %v %v", s.Name, err)
	}
	seenOnce(t, one, two)
	together(t, one, two)
	refusedOfTheLatest(t, one, two)
	claimedOnce(t, one, two)
}

// seenOnce looks at a world more than once in a request, while another sandbox changes it.
func seenOnce(t *testing.T, one, two *store.Kept) {
	changes := 0
	change := func() {
		t.Helper()
		if err := one.Update(t.Context(), "seen", func(s *world.State) error { changes = count(s, "seen"); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	sees := func(ctx context.Context, name string, want int) {
		t.Helper()
		if s, err := two.View(ctx, "seen"); err != nil || len(s.Timeline.Events) != want {
			t.Errorf("%s: %d changes, want %d: %v", name, len(s.Timeline.Events), want, err)
		}
	}
	change()
	request := world.OneRequest(t.Context())
	sees(request, "at first", 1)
	change()
	sees(request, "once more in a request", 1)
	sees(world.OneRequest(t.Context()), "in another request", 2)
	sees(request, "of another request", 2) // what one has seen all have
	change()
	if _, err := two.Changed(request, "seen"); err != nil {
		t.Fatal(err)
	}
	sees(request, "for who waits", 3)
	change()
	if err := two.Update(request, "seen", func(s *world.State) error { changes = count(s, "seen"); return nil }); err != nil {
		t.Fatal(err)
	}
	sees(request, "after a change of its own", changes)
	if changes != 5 {
		t.Errorf("%d changes, want 5", changes)
	}
}

// together changes one world through both at once: nothing is lost.
func together(t *testing.T, stores ...*store.Kept) {
	const each = 50
	done := make(chan error)
	for _, k := range stores {
		go func() {
			for range each {
				if err := k.Update(context.Background(), "both", func(s *world.State) error { count(s, "both"); return nil }); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range stores {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	for i, k := range stores {
		s, err := k.View(t.Context(), "both")
		if want := each * len(stores); err != nil || len(s.Timeline.Events) != want || s.Reserved.Len() != want {
			t.Errorf("store %d: %d events of %d: %v", i, len(s.Timeline.Events), want, err)
		}
	}
}

// refusedOfTheLatest is a refusal that was made of what the world was before.
func refusedOfTheLatest(t *testing.T, one, two *store.Kept) {
	full := errors.New("full")
	add := func(s *world.State) error {
		if s.Name = "bounded"; s.Texts.Has("a") {
			return full
		}
		s.Texts.Put("a", "1")
		return nil
	}
	if err := one.Update(t.Context(), "bounded", add); err != nil {
		t.Fatal(err)
	}
	if err := two.Update(t.Context(), "bounded", add); !errors.Is(err, full) {
		t.Errorf("the second one: %v", err)
	}
	if err := two.Update(t.Context(), "bounded", func(s *world.State) error { s.Texts.Delete("a"); return nil }); err != nil {
		t.Fatal(err)
	}
	if err := one.Update(t.Context(), "bounded", add); err != nil {
		t.Errorf("refused of what was: %v", err)
	}
}

// claimedOnce has two worlds claim one number, each at a sandbox of its own.
func claimedOnce(t *testing.T, one, two *store.Kept) {
	standing := func(string) (bool, error) { return true, nil }
	for _, c := range []struct {
		claims     world.Claims
		name, want string
	}{{one.Claims(), "a", "a"}, {two.Claims(), "b", "a"}} {
		if owner, err := c.claims.Note(t.Context(), "09000001001", c.name, standing); err != nil || owner != c.want {
			t.Errorf("%s: %s %v", c.name, owner, err)
		}
	}
	if err := one.Claims().Drop(t.Context(), "09000001001", "a"); err != nil {
		t.Fatal(err)
	}
	if owner, err := two.Claims().Owner(t.Context(), "09000001001"); err != nil || owner != "" {
		t.Errorf("a dropped claim is %q's: %v", owner, err)
	}
}

// troubled has a database that is slow, full and away: nothing is done by half, and
// all goes on afterwards.
func troubled(t *testing.T, server *postgres.Server) {
	address := server.Database(t)
	o := options()
	o.Limit = 300 * time.Millisecond
	k, err := store.Open(t.Context(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	n := 0
	try := func() error {
		return k.Update(t.Context(), "w", func(s *world.State) error { n = count(s, "w"); return nil })
	}
	if err := try(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name         string
		begin, after func(t *testing.T)
	}{
		{"full", func(t *testing.T) {
			postgres.Execute(t, address, `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
				CREATE TRIGGER full_disk BEFORE INSERT ON rows FOR EACH ROW EXECUTE FUNCTION full_disk();`)
		}, func(t *testing.T) { postgres.Execute(t, address, "DROP FUNCTION full_disk CASCADE") }},
		{"slow", func(t *testing.T) { postgres.Hold(t, address, "LOCK TABLE worlds") }, nil},
		{"away", func(t *testing.T) { server.Stop(t) }, func(t *testing.T) { server.Begin(t) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.begin(t)
			if err := try(); !errors.Is(err, world.ErrAway) {
				t.Errorf("a change: %v", err)
			}
			if err := k.State(t.Context()); !errors.Is(err, world.ErrAway) {
				t.Errorf("its state: %v", err)
			}
			if c.after != nil {
				c.after(t)
			}
		})
		if err := try(); err != nil || n < 2 {
			t.Fatalf("it does not go on: %v, %d changes", err, n)
		}
		if err := k.State(t.Context()); err != nil {
			t.Errorf("afterwards its state: %v", err)
		}
		if s, err := k.View(t.Context(), "w"); err != nil || len(s.Timeline.Events) != n || s.Reserved.Len() != n {
			t.Errorf("by half: %d events and %d reserved of %d: %v", len(s.Timeline.Events), s.Reserved.Len(), n, err)
		}
	}
}
