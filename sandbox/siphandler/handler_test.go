package siphandler_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/siphandler"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

func service(t *testing.T, bounds world.Bounds) *world.Service {
	t.Helper()
	s, err := world.New(world.Config{Machine: clock.Machine, Bounds: bounds, Store: store.NewMemory(clock.Machine, bounds)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// patient listens until the call is over.
type patient struct {
	line
	listening chan struct{}
}

func (p patient) Hear(ctx context.Context, _ ivr.Sound) error {
	close(p.listening)
	<-ctx.Done()
	return context.Cause(ctx)
}

func TestACallHungUpInItsWorldIsHungUpOnTheLine(t *testing.T) {
	s := service(t, world.DefaultBounds())
	c, err := siphandler.New(s).Ring(t.Context(), sip.Incoming{From: "0300001009", To: "0120000111"})
	if err != nil {
		t.Fatal(err)
	}
	heard, listening := make(chan ivr.Heard), make(chan struct{})
	go func() { heard <- c.Conduct(t.Context(), patient{listening: listening}) }()
	<-listening
	if _, err := s.Telephone().HangUp(t.Context(), "default", "call-1"); err != nil {
		t.Fatal(err)
	}
	h := <-heard
	if h.All {
		t.Errorf("heard %+v", h)
	}
	if err := c.End(h); err != nil { // twice is no error
		t.Error(err)
	}
}

// line hears everything, or hangs up at once.
type line struct{ err error }

func (l line) Hear(context.Context, ivr.Sound) error { return l.err }
func (l line) Digits(context.Context, []ivr.Sound, ivr.Keys) (string, error) {
	return "", l.err
}

func TestWhichWorldACallBelongsTo(t *testing.T) {
	s := service(t, world.DefaultBounds())
	if _, err := s.Control().Claim(t.Context(), "claimed", "03-0000-1009"); err != nil {
		t.Fatal(err)
	}
	e := siphandler.New(s)
	for name, tt := range map[string]struct {
		in   sip.Incoming
		want string
	}{
		"named":                        {sip.Incoming{World: "named", From: "0300001008", To: "0120000111"}, "named"},
		"named goes before claimed":    {sip.Incoming{World: "named-2", From: "0300001009", To: "0120000111"}, "named-2"},
		"claimed":                      {sip.Incoming{From: "0300001009", To: "0120000111"}, "claimed"},
		"neither named nor claimed":    {sip.Incoming{From: "0300001008", To: "0120000111"}, "default"},
		"a caller who tells no number": {sip.Incoming{Withheld: true, To: "0120000111"}, "default"},
	} {
		m, err := s.Snapshot(t.Context(), tt.want)
		if err != nil {
			t.Fatal(err)
		}
		before := m.Telephone.Calls.Len()
		c, err := e.Ring(t.Context(), tt.in)
		if err != nil || c.Outcome() != ivr.Answered {
			t.Fatalf("%s: %v, %v", name, c, err)
		}
		if m, err = s.Snapshot(t.Context(), tt.want); err != nil || m.Telephone.Calls.Len() != before+1 {
			t.Errorf("%s: the call is not in %s (%v)", name, tt.want, err)
		}
	}
}

func TestWhatCannotBeCalled(t *testing.T) {
	bounds := world.DefaultBounds()
	bounds.Messages = 1
	e := siphandler.New(service(t, bounds))
	good := sip.Incoming{From: "0300001008", To: "0120000111"}
	if _, err := e.Ring(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		in   sip.Incoming
		want error
	}{
		"no number":           {sip.Incoming{From: "0300001008"}, ivr.ErrNumber},
		"too long a number":   {sip.Incoming{From: "0300001008", To: "01200001111111111"}, ivr.ErrNumber},
		"no world":            {sip.Incoming{World: "No World", From: "0300001008", To: "0120000111"}, sip.ErrWorld},
		"more than there may": {good, ivr.ErrFull},
	} {
		if _, err := e.Ring(t.Context(), tt.in); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALineDecidesWhatWasHeardWhereTheClockStandsStill(t *testing.T) {
	s := service(t, world.DefaultBounds())
	still := false
	if _, err := s.Control().Arrange(t.Context(), "still", world.Setup{Clock: world.ClockMove{Running: &still}}); err != nil {
		t.Fatal(err)
	}
	e := siphandler.New(s)
	for _, l := range []line{{nil}, {ivr.ErrHungUp}} {
		c, err := e.Ring(t.Context(), sip.Incoming{World: "still", From: "0300001009", To: "0120000111"})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.End(c.Conduct(t.Context(), l)); err != nil {
			t.Fatal(err)
		}
		m, err := s.Snapshot(t.Context(), "still")
		if err != nil {
			t.Fatal(err)
		}
		calls := m.Telephone.List("", m.Now)
		if last := calls[len(calls)-1]; last.HeardAll != (l.err == nil) || last.EndedAt.IsZero() {
			t.Errorf("%v: %+v", l.err, last)
		}
	}
}

func TestTheLegsOfACallStandInTheTimelineOfItsWorld(t *testing.T) {
	s := service(t, world.DefaultBounds())
	e := siphandler.New(s)
	c, err := e.Ring(t.Context(), sip.Incoming{World: "mine", From: "0300001009", To: "0120000111", Via: "UDP"})
	if err != nil {
		t.Fatal(err)
	}
	c.Leg("200 OK、ACK")
	h := c.Conduct(t.Context(), line{})
	h.Leg = "BYE（発信者から）"
	if err := c.End(h); err != nil {
		t.Fatal(err)
	}
	for _, in := range []sip.Incoming{{World: "No World", From: "0300001008", To: "0120000111", Via: "TCP"}, {World: "mine", From: "0300001008", To: "01200001111111111", Via: "TCP"}} {
		if _, err := e.Ring(t.Context(), in); err == nil {
			t.Errorf("%+v was taken", in)
		}
	}
	requests := func(name string) (all []string) {
		m, err := s.Snapshot(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, event := range m.Timeline.Events {
			if event.Kind == world.KindRequest {
				all = append(all, event.What+" "+event.Ref)
			}
		}
		return all
	}
	want := []string{"SIPの INVITE（UDP）を受けました call-1", "SIPの 200 OK、ACK call-1", "SIPの BYE（発信者から） call-1",
		"SIPの INVITE（TCP）を断りました: the request cannot be carried out: that is no telephone number "}
	if diff := cmp.Diff(want, requests("mine")); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
	if got := requests(world.DefaultName); len(got) != 1 || !strings.HasPrefix(got[0], "SIPの INVITE（TCP）を断りました: the name of a world") {
		t.Errorf("of no world: %q", got)
	}
}
