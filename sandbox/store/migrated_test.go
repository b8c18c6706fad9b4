package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/test/postgres"
)

// before undoes the last step of the schema.
const before = "DROP INDEX worlds_owing; ALTER TABLE worlds DROP COLUMN owing; ALTER TABLE snapshots DROP COLUMN owing; "

func TestAFileOfBeforeIsReadAndItsWorldsOwe(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "worlds.db")
	readsOfBefore(t, "sqlite:"+file, func() { execute(t, file, before+"PRAGMA user_version = 2") })
}

func databaseOfBefore(t *testing.T, address string) {
	readsOfBefore(t, address, func() { postgres.Execute(t, address, before+"UPDATE netanswer SET version = 1") })
}

// readsOfBefore has worlds owe something before there was a column for it.
func readsOfBefore(t *testing.T, address string, undo func()) {
	t.Helper()
	k, err := store.Open(t.Context(), address, options())
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*world.State){
		"nothing": func(st *world.State) { st.Texts.Put("outbox", `"outbox":`) },
		"passcode": func(st *world.State) {
			st.Outbox = []world.Owed{{Registration: "r", Since: time.Unix(0, 0)}}
		},
		"report": func(st *world.State) {
			_, _ = st.SMS.Take(sms.Draft{From: "x", To: "090-0000-1001", Body: "x", // looked for below
				Wish: sms.Wish{By: "rest", URL: "http://127.0.0.1/"}}, time.Unix(0, 0), 10)
		},
	} {
		if err := k.Update(t.Context(), name, func(st *world.State) error { st.Name = name; change(st); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	undo()
	if k, err = store.Open(t.Context(), address, options()); err != nil {
		t.Fatal(err)
	}
	names, err := k.Owing(t.Context())
	if err != nil || fmt.Sprint(names) != "[passcode report]" {
		t.Errorf("%v %v", names, err)
	}
	if err := k.Close(); err != nil {
		t.Error(err)
	}
}
