// Package storetest is the contract of a world.Store as a test, to be run on
// every implementation.
package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/world"
)

// noon is what the machine's clock shows at first.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, clock.Japan)

// An Opener opens an empty store for one test. It keeps to Worlds and Idle of the
// bounds, and asks machine for the time.
type Opener func(t *testing.T, machine func() time.Time, b world.Bounds) world.Store

// Run runs the contract, each part on a store of its own.
func Run(t *testing.T, open Opener) {
	parts := []struct {
		name string
		try  func(*testing.T, world.Store)
	}{
		{"looking does not make a world", looking},
		{"a failed update changes nothing", failing},
		{"a snapshot stays as it was", staying},
		{"concurrent updates are all kept", concurrent},
		{"worlds are listed by name", listing},
		{"some are listed, and none is read to tell which there are", some},
		{"what is to be told is found without looking", owing},
		{"a world is kept whole", whole},
		{"who waits is told of a change", waiting},
		{"a deleted world does not exist", deleting},
		{"names that cannot be", naming},
		{"an ended context changes nothing", ended},
	}
	for _, part := range parts {
		t.Run(part.name, func(t *testing.T) {
			part.try(t, open(t, func() time.Time { return noon }, world.Bounds{Worlds: 10, Idle: time.Hour}))
		})
	}
	t.Run("watching, and an update that fails, take no place", func(t *testing.T) { costless(t, open) })
	t.Run("beyond the bound a world is refused", func(t *testing.T) { bounded(t, open) })
	t.Run("also of many at the same moment", func(t *testing.T) { boundedAtOnce(t, open) })
}

// put is a change that words a text of a world.
func put(name, key, value string) func(*world.State) error {
	return func(s *world.State) error {
		s.Name = name
		s.Texts.Put(key, value)
		return nil
	}
}

// change makes a change that must succeed.
func change(t *testing.T, s world.Store, name, key, value string) {
	t.Helper()
	if err := s.Update(t.Context(), name, put(name, key, value)); err != nil {
		t.Fatal(err)
	}
}

// view takes a snapshot that must be there to be taken.
func view(t *testing.T, s world.Store, name string) world.State {
	t.Helper()
	st, err := s.View(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func list(t *testing.T, s world.Store) []world.State {
	t.Helper()
	all, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func document(t *testing.T, s world.State) string {
	t.Helper()
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// some lists worlds without reading them, and some of them.
func some(t *testing.T, s world.Store) {
	for _, name := range []string{"b", "a", "c"} {
		change(t, s, name, "k", name)
	}
	all, err := s.Listed(t.Context())
	if err != nil || len(all) != 3 || all[0].Name != "a" || all[2].Name != "c" {
		t.Errorf("listed: %v %v", all, err)
	}
	two, err := s.List(t.Context(), "c", "nobody", "a")
	if err != nil || len(two) != 2 || two[0].Name != "a" || two[1].Name != "c" {
		t.Errorf("some: %v %v", two, err)
	}
}

// owing has worlds owe something, and not any more.
func owing(t *testing.T, s world.Store) {
	found := func(want string) {
		t.Helper()
		if names, err := s.Owing(t.Context()); err != nil || fmt.Sprint(names) != want {
			t.Errorf("owing: %v %v, want %s", names, err, want)
		}
	}
	set := func(name string, change func(*world.State)) {
		t.Helper()
		if err := s.Update(t.Context(), name, func(s *world.State) error { s.Name = name; change(s); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	found("[]")
	change(t, s, "a", "k", "v")
	set("c", func(s *world.State) { s.Outbox = []world.Owed{{Registration: "r"}} })
	set("b", func(s *world.State) {
		_, err := s.SMS.Take(sms.Draft{From: "x", To: "090-0000-1001", Body: "x", Wish: sms.Wish{By: "rest", URL: "http://x"}}, noon, 10)
		if err != nil {
			t.Error(err)
		}
	})
	found("[b c]")
	set("b", func(s *world.State) { s.SMS.Due("rest", "", noon.Add(time.Hour), 10, noon) })
	found("[b c]") // somebody tells it
	set("b", func(s *world.State) { s.SMS.Told([]sms.Report{s.SMS.Lent[0].Report}) })
	found("[c]")
	set("c", func(s *world.State) { s.Outbox = nil })
	found("[]")
}

func looking(t *testing.T, s world.Store) {
	if got := view(t, s, "w"); got.Name != "" {
		t.Errorf("a world that does not exist is %+v", got)
	}
	if _, err := s.Changed(t.Context(), "w"); err != nil {
		t.Error(err)
	}
	if all := list(t, s); len(all) != 0 {
		t.Errorf("%d worlds", len(all))
	}
}

func failing(t *testing.T, s world.Store) {
	change(t, s, "w", "a", "1")
	before := document(t, view(t, s, "w"))
	wrong := errors.New("wrong")
	err := s.Update(t.Context(), "w", func(st *world.State) error {
		st.Texts.Put("a", "2")
		st.Texts.Put("b", "2")
		if _, err := st.SMS.Accept("x", "090-0000-1001", "hello", noon, 10); err != nil {
			t.Error(err)
		}
		return wrong
	})
	if !errors.Is(err, wrong) {
		t.Errorf("error %v", err)
	}
	func() {
		defer func() { _ = recover() }() // the panic is the point
		_ = s.Update(t.Context(), "w", func(st *world.State) error { st.Texts.Delete("a"); panic("half way") })
	}()
	if diff := cmp.Diff(before, document(t, view(t, s, "w"))); diff != "" {
		t.Errorf("(-before +after)\n%s", diff)
	}
	if err := s.Update(t.Context(), "w", put("w", "c", "3")); err != nil {
		t.Errorf("the world is locked after a panic: %v", err)
	}
	_ = s.Update(t.Context(), "other", func(*world.State) error { return wrong }) // refused, which is the point
	if all := list(t, s); len(all) != 1 {
		t.Errorf("a failed update made a world: there are %d", len(all))
	}
}

func staying(t *testing.T, s world.Store) {
	change(t, s, "w", "a", "1")
	snapshot := view(t, s, "w")
	change(t, s, "w", "a", "2")
	if got, _ := snapshot.Texts.Get("a"); got != "1" {
		t.Errorf("the snapshot shows %q", got)
	}
}

func concurrent(t *testing.T, s world.Store) {
	var group sync.WaitGroup
	for i := range 200 {
		group.Go(func() {
			name := fmt.Sprintf("w%d", i%4)
			if err := s.Update(t.Context(), name, put(name, fmt.Sprint(i), "x")); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i := range 4 {
		if st := view(t, s, fmt.Sprintf("w%d", i)); st.Texts.Len() != 50 {
			t.Errorf("world %d kept %d of 50", i, st.Texts.Len())
		}
	}
}

func listing(t *testing.T, s world.Store) {
	for _, name := range []string{"b", "c", "a"} {
		change(t, s, name, "k", name)
	}
	var names []string
	for _, st := range list(t, s) {
		names = append(names, st.Name)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func whole(t *testing.T, s world.Store) {
	want := world.State{Name: "w", CreatedAt: noon, Clock: clock.Start(noon)}
	want.Texts.Put("a", "1")
	want.Claims.Put("09000001001", true)
	if _, err := want.SMS.Accept("x", "090-0000-1001", "hello", noon, 10); err != nil {
		t.Fatal(err)
	}
	want.Note(noon, "world", "ワールドを用意しました")
	if err := s.Update(t.Context(), "w", func(st *world.State) error { *st = want; return nil }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(document(t, want), document(t, view(t, s, "w"))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func waiting(t *testing.T, s world.Store) {
	for _, name := range []string{"new", "old"} {
		if name == "old" {
			change(t, s, name, "a", "1")
		}
		changed, err := s.Changed(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		select {
		case <-changed:
			t.Errorf("%s: told before anything changed", name)
		default:
		}
		change(t, s, name, "a", "2")
		told(t, changed, name)
	}
}

// told wants a channel to be closed, soon.
func told(t *testing.T, changed <-chan struct{}, what string) {
	t.Helper()
	late := time.NewTimer(10 * time.Second)
	defer late.Stop()
	select {
	case <-changed:
	case <-late.C:
		t.Errorf("%s: nobody is told", what)
	}
}

func deleting(t *testing.T, s world.Store) {
	change(t, s, "w", "a", "1")
	changed, err := s.Changed(t.Context(), "w")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is none, which is no error
		if err := s.Delete(t.Context(), "w"); err != nil {
			t.Fatal(err)
		}
	}
	told(t, changed, "the end of a world")
	if st := view(t, s, "w"); st.Name != "" || st.Texts.Len() != 0 {
		t.Error("the world is as it was")
	}
	if all := list(t, s); len(all) != 0 {
		t.Errorf("%d worlds", len(all))
	}
}

func naming(t *testing.T, s world.Store) {
	for _, name := range []string{"", "A", "a_b", "-a", "a-", "a.b", "花子", string(make([]byte, 64))} {
		_, viewed := s.View(t.Context(), name)
		_, watched := s.Changed(t.Context(), name)
		for what, err := range map[string]error{"update": s.Update(t.Context(), name, put(name, "a", "b")), "view": viewed,
			"changed": watched,
			"delete":  s.Delete(t.Context(), name)} {
			if !errors.Is(err, world.ErrName) {
				t.Errorf("%s of %q: %v", what, name, err)
			}
		}
	}
}

func ended(t *testing.T, s world.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	change(t, s, "w", "a", "1")
	err := s.Update(ctx, "w", put("w", "a", "2"))
	if got, _ := view(t, s, "w").Texts.Get("a"); err != nil && got != "1" || err == nil && got != "2" {
		t.Errorf("%v, and the text is %q", err, got)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if err := s.Delete(ctx, "w"); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("deleting: %v", err)
	}
}

func bounded(t *testing.T, open Opener) {
	now := noon
	s := open(t, func() time.Time { return now }, world.Bounds{Worlds: 2, Idle: time.Hour})
	change(t, s, "a", "k", "v")
	change(t, s, "b", "k", "v")
	if err := s.Update(t.Context(), "c", put("c", "k", "v")); !errors.Is(err, world.ErrWorlds) {
		t.Errorf("third world: %v", err)
	}
	now = now.Add(30 * time.Minute)
	change(t, s, "b", "k", "w")
	now = now.Add(31 * time.Minute)
	if err := s.Update(t.Context(), "c", put("c", "k", "v")); err != nil {
		t.Errorf("an idle world made no room: %v", err)
	}
	if st := view(t, s, "b"); st.Texts.Len() != 1 {
		t.Error("a world in use was dropped")
	}
}

// boundedAtOnce makes many worlds at the same moment.
func boundedAtOnce(t *testing.T, open Opener) {
	const most = 5
	s := open(t, func() time.Time { return noon }, world.Bounds{Worlds: most, Idle: time.Hour})
	var made atomic.Int32
	var clients sync.WaitGroup
	start := make(chan struct{})
	for i := range 40 * most {
		name := fmt.Sprintf("w%d", i)
		clients.Go(func() {
			<-start
			switch err := s.Update(t.Context(), name, put(name, "k", "v")); {
			case err == nil:
				made.Add(1)
			case !errors.Is(err, world.ErrWorlds):
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	close(start)
	clients.Wait()
	if n := made.Load(); n < 1 || n > most {
		t.Errorf("%d worlds were made, want %d at most", n, most)
	}
}

// costless watches more worlds than there may be, and changes others in vain.
func costless(t *testing.T, open Opener) {
	s := open(t, func() time.Time { return noon }, world.Bounds{Worlds: 1, Idle: time.Hour})
	changed, err := s.Changed(t.Context(), "real")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		if _, err := s.Changed(t.Context(), fmt.Sprintf("watched-%d", i)); err != nil {
			t.Fatalf("watching a world that does not exist: %v", err)
		}
		vain := errors.New("in vain")
		if err := s.Update(t.Context(), fmt.Sprintf("failed-%d", i), func(*world.State) error { return vain }); !errors.Is(err, vain) {
			t.Fatalf("an update that fails: %v", err)
		}
	}
	change(t, s, "real", "k", "v")
	select {
	case <-changed:
	case <-time.NewTimer(10 * time.Second).C:
		t.Error("who watched before the world began is not told")
	}
}
