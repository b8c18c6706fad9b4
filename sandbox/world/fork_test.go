package world_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

func snapshot(t testing.TB, s *world.Service, name string) world.Snapshot {
	t.Helper()
	m, err := s.Snapshot(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// text writes an SMS to a world.
func text(t testing.TB, s *world.Service, name, body string) sms.Message {
	t.Helper()
	m, err := s.Providers().TakeSMS(t.Context(), name, sms.Draft{From: "x", To: "090-0000-1001", Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func bodies(m world.Snapshot) (all []string) {
	for _, message := range m.SMS.Messages {
		all = append(all, message.Body)
	}
	return all
}

func TestAForkGoesOnWhereTheWorldIs(t *testing.T) {
	s := service(t)
	id, code := awaited(t, s, "a")
	if _, err := s.Control().Fork(t.Context(), "a", "b"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b", "a"} {
		step, err := s.Web().Enter(t.Context(), name, id, code)
		if err != nil || step.Refused != nil || step.Registration.State != registration.Completed {
			t.Errorf("in %s the registration is %s: %v %v", name, step.Registration.State, err, step.Refused)
		}
	}
	token, _, refused, err := s.Members().Login(t.Context(), "a", "hanako2026", "Secret-2026")
	if err != nil || refused != nil {
		t.Fatal(err, refused)
	}
	if _, err := s.Control().Fork(t.Context(), "a", "c"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"a": true, "b": false, "c": true} {
		_, refused, err := s.Members().Portal(t.Context(), name, token)
		if err != nil || refused == nil != want {
			t.Errorf("in %s the log-in is good: %t, want %t (%v)", name, refused == nil, want, err)
		}
	}
}

func TestWhatHappensInOneWorldIsNeverSeenInItsForks(t *testing.T) {
	s := service(t)
	for i := range 5 { // so that its lists have room at their ends
		text(t, s, "a", fmt.Sprint("before ", i))
	}
	for _, fork := range [][2]string{{"a", "b"}, {"a", "c"}, {"b", "d"}} {
		if _, err := s.Control().Fork(t.Context(), fork[0], fork[1]); err != nil {
			t.Fatal(err)
		}
	}
	before := bodies(snapshot(t, s, "a"))
	for _, name := range []string{"a", "b", "c", "d", "a"} {
		text(t, s, name, "in "+name)
		raw := []byte("From: x@example.jp\r\nTo: hanako@example.jp\r\nSubject: " + name + "\r\n\r\nin " + name + "\r\n")
		if _, err := s.Providers().TakeMail(t.Context(), name, "hanako@example.jp", raw); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Control().Arrange(t.Context(), name, world.Setup{Texts: map[string]string{"home.lead": name},
			Clock: world.ClockMove{Advance: time.Minute}}); err != nil {
			t.Fatal(err)
		}
	}
	for name, times := range map[string]int{"a": 2, "b": 1, "c": 1, "d": 1} {
		m := snapshot(t, s, name)
		want := append([]string{}, before...)
		for range times {
			want = append(want, "in "+name)
		}
		if diff := cmp.Diff(want, bodies(m)); diff != "" {
			t.Errorf("SMS of %s (-want +got):\n%s", name, diff)
		}
		if lead := m.Say("home.lead"); lead != name || !m.Now.Equal(noon.Add(time.Duration(times)*time.Minute)) {
			t.Errorf("%s shows %q and %s", name, lead, m.Now)
		}
		for _, mail := range m.Mailbox.Mails {
			if mail.Subject != name {
				t.Errorf("%s has mail about %q", name, mail.Subject)
			}
		}
		for _, e := range m.Timeline.Events {
			for _, other := range []string{"a", "b", "c", "d"} {
				if other != name && strings.HasSuffix(e.What, "= "+other) {
					t.Errorf("the timeline of %s has %q", name, e.What)
				}
			}
		}
	}
}

// Whatever list is added to State has to be clipped where a fork is made: this
// finds one that is not.
func TestNoListOfAForkHasRoomThatItsOriginalHas(t *testing.T) {
	s := service(t)
	for i := range 5 {
		_, _ = awaited(t, s, "a") // each takes over from the one before
		text(t, s, "a", fmt.Sprint(i))
	}
	journey(t, s, "a")
	if _, err := s.Control().Fork(t.Context(), "a", "b"); err != nil {
		t.Fatal(err)
	}
	var look func(path string, v reflect.Value)
	look = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					look(path+"."+f.Name, v.Field(i))
				}
			}
		case reflect.Slice:
			if v.Cap() > v.Len() {
				t.Errorf("%s has %d of room", path, v.Cap()-v.Len())
			}
		default: // a table is persistent, everything else is a value
		}
	}
	look("", reflect.ValueOf(snapshot(t, s, "b").State))
}

func TestAForkTakesNothingFromOutside(t *testing.T) {
	s := service(t)
	if _, err := s.Control().Claim(t.Context(), "a", "090-0000-1001"); err != nil {
		t.Fatal(err)
	}
	wish := sms.Wish{By: "rest", URL: "http://localhost/", Progress: true}
	if _, err := s.Providers().TakeSMS(t.Context(), "a", sms.Draft{From: "x", To: "090-0000-1001", Body: "hello", Wish: wish}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Control().Fork(t.Context(), "a", "b"); err != nil {
		t.Fatal(err)
	}
	if to, err := s.Providers().Route(t.Context(), "", "090-0000-1001"); to != "a" || err != nil {
		t.Errorf("an SMS goes to %s (%v)", to, err)
	}
	a, b := snapshot(t, s, "a"), snapshot(t, s, "b")
	if a.Claims.Len() != 1 || b.Claims.Len() != 0 || len(a.SMS.Reports) == 0 || len(b.SMS.Reports) != 0 {
		t.Errorf("claims %d and %d, reports %d and %d", a.Claims.Len(), b.Claims.Len(), len(a.SMS.Reports), len(b.SMS.Reports))
	}
	if err := s.Control().Delete(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	if to, err := s.Providers().Route(t.Context(), "", "090-0000-1001"); to != "a" || err != nil {
		t.Errorf("after the end of the fork an SMS goes to %s (%v)", to, err)
	}
}

func TestAForkThatCannotBe(t *testing.T) {
	s := service(t)
	text(t, s, "a", "hello")
	text(t, s, "b", "hello")
	tests := map[string]struct {
		from, into string
		want       error
	}{
		"of no world":              {"nobody", "c", world.ErrNoWorld},
		"of a name that cannot be": {"A_B", "c", world.ErrName},
		"into a world":             {"a", "b", world.ErrWorldExists},
		"into itself":              {"a", "a", world.ErrWorldExists},
		"into no name":             {"a", "a.b", world.ErrName},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := s.Control().Fork(t.Context(), test.from, test.into); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
		})
	}
	for _, name := range []string{"nobody", "c"} {
		if m := snapshot(t, s, name); m.Timeline.Serial != 0 {
			t.Errorf("%s has begun", name)
		}
	}
}

func TestANameIsMadeUpForAFork(t *testing.T) {
	s := service(t)
	long := strings.Repeat("a", 63)
	text(t, s, long, "hello")
	one, err := s.Control().Fork(t.Context(), long, "")
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.Control().Fork(t.Context(), long, "")
	if err != nil || one.Name == other.Name || world.CheckName(one.Name) != nil || !strings.HasPrefix(one.Name, "aaaa") {
		t.Errorf("made up %s and %s: %v", one.Name, other.Name, err)
	}
}

func TestForksOfOneWorldAtOnce(t *testing.T) {
	s := service(t)
	text(t, s, "a", "hello")
	done := make(chan error)
	for i := range 8 {
		go func() {
			name := fmt.Sprint("fork-", i)
			_, err := s.Control().Fork(t.Context(), "a", name)
			for range 20 {
				if err == nil {
					_, err = s.Providers().TakeSMS(t.Context(), name, sms.Draft{From: "x", To: "090-0000-1001", Body: name})
				}
				if err == nil {
					_, err = s.Providers().TakeSMS(t.Context(), "a", sms.Draft{From: "x", To: "090-0000-1001", Body: "hello"})
				}
			}
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	for i := range 8 {
		name := fmt.Sprint("fork-", i)
		own := 0
		for _, body := range bodies(snapshot(t, s, name)) {
			if body != "hello" && body != name {
				t.Errorf("%s has an SMS %q", name, body)
			}
			if body == name {
				own++
			}
		}
		if own != 20 {
			t.Errorf("%s has %d of its 20 SMS", name, own)
		}
	}
}

// laden is a world that holds n SMS.
func laden(b *testing.B, n int) *world.Service {
	b.Helper()
	bounds := world.DefaultBounds()
	bounds.Worlds, bounds.Snapshots = 1<<30, 1<<30
	machine := func() time.Time { return noon }
	s, err := world.New(
		world.Config{Machine: machine, Bounds: bounds, Store: store.NewMemory(machine, bounds), Snapshots: store.NewSnapshots(bounds)},
	)
	if err != nil {
		b.Fatal(err)
	}
	text(b, s, "a", "hello")
	drafts := make([]sms.Draft, n-1)
	for i := range drafts {
		drafts[i] = sms.Draft{From: "x", To: "090-0000-1001", Body: "hello"}
	}
	if _, errs := s.Providers().TakeManySMS(b.Context(), "a", drafts); errors.Join(errs...) != nil {
		b.Fatal(errors.Join(errs...))
	}
	return s
}

// BenchmarkFork shows that a fork, and its first change, cost little for a world
// that holds much.
func BenchmarkFork(b *testing.B) {
	for _, n := range []int{1, 9_999} {
		b.Run(fmt.Sprintf("%d messages", n), func(b *testing.B) {
			s := laden(b, n)
			for i := 0; b.Loop(); i++ {
				if _, err := s.Control().Fork(b.Context(), "a", fmt.Sprint("f", i)); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("%d messages and one more", n), func(b *testing.B) {
			s := laden(b, n)
			for i := 0; b.Loop(); i++ {
				name := fmt.Sprint("f", i)
				if _, err := s.Control().Fork(b.Context(), "a", name); err != nil {
					b.Fatal(err)
				}
				text(b, s, name, "one more")
				if err := s.Control().Delete(b.Context(), name); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("snapshot of %d messages", n), func(b *testing.B) {
			s := laden(b, n)
			for i := 0; b.Loop(); i++ {
				if _, _, err := s.Control().Take(b.Context(), fmt.Sprint("s", i), world.Taking{World: "a"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
