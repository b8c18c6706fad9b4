package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// TestFilesThatAreRefused are those that are no store of this program; they stay
// as they are.
func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(path("text"), bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	execute(t, path("foreign"), "CREATE TABLE orders (id INTEGER)")
	made(t, path("newer"))
	execute(t, path("newer"), "PRAGMA user_version = 99")
	made(t, path("whole"))
	whole, err := os.ReadFile(path("whole"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path("cut"), whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, address, want string }{
		{"a file cut off", "sqlite:" + path("cut"), "it is damaged or cut off"},
		{"a text", "sqlite:" + path("text"), "it is no database of SQLite"},
		{"another program's", "sqlite:" + path("foreign"), "a database of another program"},
		{"a newer schema", "sqlite:" + path("newer"), "its schema is version 99, and this program knows 3"},
		{"a directory", "sqlite:" + dir, "is a directory"},
		{"no directory", "sqlite:" + path("none/worlds.db"), "is its directory there"},
		{"no file", "sqlite:", "no file"},
		{"another engine", "mysql://u:p@h/d", "want memory, sqlite:FILE or postgres://"},
		{"nothing", "", "want memory, sqlite:FILE or postgres://"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := strings.TrimPrefix(c.address, "sqlite:")
			before, _ := os.ReadFile(file) // there may be none
			k, err := store.Open(t.Context(), c.address, options())
			if err == nil {
				t.Fatal("it was opened", k.Close())
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
			if after, _ := os.ReadFile(file); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

// TestAFileThatCanOnlyBeReadIsExplained asks SQLite itself: who runs the tests may be
// one to whom no file is closed.
func TestAFileThatCanOnlyBeReadIsExplained(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "worlds.db")
	made(t, file)
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.ExecContext(t.Context(), "CREATE TABLE more (id INTEGER)")
	if err == nil {
		t.Fatal("it was written to")
	}
	if told := store.Explained(err).Error(); !strings.Contains(told, "it can only be read; may this user write to it") {
		t.Error(told)
	}
}

func TestOneSandboxHasAFile(t *testing.T) {
	t.Parallel()
	file := "sqlite:" + filepath.Join(t.TempDir(), "worlds.db")
	open(t, file, clock.Machine, world.DefaultBounds())
	if k, err := store.Open(t.Context(), file, options()); err == nil || !strings.Contains(err.Error(), "another sandbox has it open") {
		t.Errorf("the second one: %v %v", k, err)
	}
}

// TestAWorldIsReadAgain opens a store again: the world is the same to the letter,
// also where the fixtures have changed meanwhile.
func TestAWorldIsReadAgain(t *testing.T) {
	t.Parallel()
	readsAgain(t, "sqlite:"+filepath.Join(t.TempDir(), "worlds.db"))
}

func readsAgain(t *testing.T, address string) {
	t.Helper()
	base, err := world.Template()
	if err != nil {
		t.Fatal(err)
	}
	first := options()
	first.Base = base
	k, err := store.Open(t.Context(), address, first)
	if err != nil {
		t.Fatal(err)
	}
	var want world.State
	err = k.Update(t.Context(), "w", func(s *world.State) error {
		*s = base
		s.Name, s.CreatedAt = "w", time.Unix(1_800_000_000, 0).In(clock.Japan)
		s.Clock = clock.Start(s.CreatedAt)
		fill(t, s)
		want = *s
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second change is marked, and takes things out
		if err := k.Update(t.Context(), "w", func(s *world.State) error { change(t, s); want = *s; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	for _, base := range []world.State{base, {}} {
		again := options()
		again.Base = base
		k, err := store.Open(t.Context(), address, again)
		if err != nil {
			t.Fatal(err)
		}
		got, err := k.View(t.Context(), "w")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(written(t, want), written(t, got)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if got.Mailbox.Mails[0].Raw != want.Mailbox.Mails[0].Raw {
			t.Error("the mail is not as it was written")
		}
		if err := k.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func options() store.Options {
	return store.Options{Machine: clock.Machine, Bounds: world.DefaultBounds(), Limit: 5 * time.Second}
}

// made makes an empty store.
func made(t *testing.T, file string) {
	t.Helper()
	k, err := store.Open(t.Context(), "sqlite:"+file, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
}

// execute changes a file behind the store's back.
func execute(t *testing.T, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// TestAFileThatCannotBeWrittenIsNotReady fills the disk: what is asked then is refused,
// the state says why until some time has passed, and a change that is written ends it.
func TestAFileThatCannotBeWrittenIsNotReady(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "worlds.db")
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	var told []bool
	o := options()
	o.Machine, o.Told = func() time.Time { return now }, func(err error) { told = append(told, err == nil) }
	made(t, file)
	full := "CREATE TRIGGER full BEFORE INSERT ON rows BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
	execute(t, file, full)
	k, err := store.Open(t.Context(), "sqlite:"+file, o)
	if err != nil {
		t.Fatal(err)
	}
	try := func() error {
		return k.Update(t.Context(), "w", func(s *world.State) error { count(s, "w"); return nil })
	}
	for range 2 {
		if err := try(); !errors.Is(err, world.ErrAway) {
			t.Errorf("a change: %v", err)
		}
		if err := k.State(t.Context()); err == nil || !strings.Contains(err.Error(), "full") {
			t.Errorf("its state: %v", err)
		}
	}
	now = now.Add(10 * time.Second)
	if err := k.State(t.Context()); err != nil {
		t.Errorf("somebody may try again: %v", err)
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]bool{false}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

// TestADamagedWorldIsAloneWithItsDamage spoils a row of one of two worlds.
func TestADamagedWorldIsAloneWithItsDamage(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "worlds.db")
	o := options()
	var told []string
	o.Damaged = func(err error) { told = append(told, err.Error()) }
	open := func() *store.Kept {
		k, err := store.Open(t.Context(), "sqlite:"+file, o)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	k := open()
	for _, name := range []string{"well", "ill"} {
		if err := k.Update(t.Context(), name, func(s *world.State) error { count(s, name); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	execute(t, file, `UPDATE rows SET value = x'7b22' WHERE part = 'events' AND world = (SELECT id FROM worlds WHERE name = 'ill')`)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the file: %v %v", info.Mode(), err)
	}
	k = open()
	for range 2 {
		if all, err := k.List(t.Context()); err != nil || len(all) != 1 || all[0].Name != "well" {
			t.Errorf("listed are %d, %v", len(all), err)
		}
	}
	if _, err := k.View(t.Context(), "ill"); !errors.Is(err, world.ErrDamaged) || errors.Is(err, world.ErrAway) {
		t.Errorf("the damaged world: %v", err)
	}
	if err := k.Update(t.Context(), "ill", func(*world.State) error { return nil }); !errors.Is(err, world.ErrDamaged) {
		t.Errorf("a change of it: %v", err)
	}
	if _, _, err := k.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "world ill") {
		t.Errorf("the check: %v", err)
	}
	if len(told) != 1 || !strings.Contains(told[0], "world ill") {
		t.Errorf("told is %q", told)
	}
	if err := k.Delete(t.Context(), "ill"); err != nil {
		t.Error(err)
	}
	if s, err := k.View(t.Context(), "ill"); err != nil || s.Name != "" {
		t.Errorf("deleted it is %q, %v", s.Name, err)
	}
	if _, _, err := k.Check(t.Context()); err != nil {
		t.Errorf("the check after it was deleted: %v", err)
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestADamagedFileIsNotReadyAndDoesNotAskToTryAgain writes over pages of a file.
func TestADamagedFileIsNotReadyAndDoesNotAskToTryAgain(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "worlds.db")
	k, err := store.Open(t.Context(), "sqlite:"+file, options())
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		if err := k.Update(t.Context(), "w", func(s *world.State) error { count(s, "w"); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const page, header = 4096, 12 // the first pages are the schema's
	for at := header * page; at+page < len(data); at += page {
		copy(data[at:], bytes.Repeat([]byte{0xff}, 2000))
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if k, err = store.Open(t.Context(), "sqlite:"+file, options()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = k.Close() }() // it may not get its last words into the file
	if _, err := k.View(t.Context(), "w"); !errors.Is(err, world.ErrDamaged) || errors.Is(err, world.ErrAway) {
		t.Errorf("a world of it: %v", err)
	}
	if err := k.State(t.Context()); !errors.Is(err, world.ErrDamaged) {
		t.Errorf("its state: %v", err)
	}
	if _, err := k.List(t.Context()); !errors.Is(err, world.ErrDamaged) {
		t.Errorf("the list: %v", err)
	}
}

// TestAFileThatIsGoneIsNotWrittenTo removes a file under its sandbox, and puts it back.
func TestAFileThatIsGoneIsNotWrittenTo(t *testing.T) {
	t.Parallel()
	for _, gone := range []string{"", "-wal"} {
		file := filepath.Join(t.TempDir(), "worlds.db")
		k, err := store.Open(t.Context(), "sqlite:"+file, options())
		if err != nil {
			t.Fatal(err)
		}
		try := func() error {
			return k.Update(t.Context(), "w", func(s *world.State) error { count(s, "w"); return nil })
		}
		if err := try(); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(file+gone, file+".away"); err != nil {
			t.Fatal(err)
		}
		if err := try(); !errors.Is(err, world.ErrAway) || !strings.Contains(err.Error(), "was removed or replaced") {
			t.Errorf("a change of what is gone: %v", err)
		}
		if err := k.State(t.Context()); !errors.Is(err, world.ErrAway) {
			t.Errorf("its state: %v", err)
		}
		if err := os.Rename(file+".away", file+gone); err != nil {
			t.Fatal(err)
		}
		if err := try(); err != nil {
			t.Errorf("a change after it came back: %v", err)
		}
		if err := errors.Join(k.State(t.Context()), k.Close()); err != nil {
			t.Error(err)
		}
	}
}
