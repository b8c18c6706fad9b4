package ivr_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/ivr"
)

func TestWhatAPlanMakesOfCalls(t *testing.T) {
	b := ivr.Box{
		Faults: fault.Plan{
			Faults: []fault.Fault{
				{Kind: fault.Busy, Times: 2},
				{Kind: fault.Refuse, Times: 1, To: "+81300001009"},
				{Kind: fault.TimeOut, Times: 1},
			},
		},
	}
	if c := place(t, &b, false); c.Outcome != ivr.Unassigned || len(b.Faults.Faults) != 3 {
		t.Errorf("a number nobody has: %s, left %v", c.Outcome, b.Faults.Faults)
	}
	for i, want := range []ivr.Outcome{ivr.Busy, ivr.Busy, ivr.Refused, ivr.Unanswered, ivr.Answered} {
		c := place(t, &b, true)
		if silent := want != ivr.Answered; c.Outcome != want ||
			silent && (c.Guidance != "" || c.EndedAt.IsZero() || !c.AnsweredAt.IsZero()) {
			t.Errorf("call %d: %+v", i+1, c)
		}
	}
}

func TestAFaultOfOneCallerIsOfNobodyElse(t *testing.T) {
	b := ivr.Box{Faults: fault.Plan{Faults: []fault.Fault{{Kind: fault.Busy, Times: 1, To: "03-0000-1008"}}}}
	if c := place(t, &b, true); c.Outcome != ivr.Answered {
		t.Errorf("another caller: %s", c.Outcome)
	}
}

// at returns a call that a fault happens to, hung up so long after it was
// placed.
func hungUp(t *testing.T, f fault.Fault, after time.Duration) ivr.Call {
	t.Helper()
	b := ivr.Box{Faults: fault.Plan{Faults: []fault.Fault{f}}}
	c, err := b.HangUp(place(t, &b, true).ID, noon.Add(after))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func whats(c ivr.Call) (all []string) {
	for _, l := range c.Transcript {
		all = append(all, l.What)
	}
	return all
}

func TestALateAnswerIsWaitedForOrNot(t *testing.T) {
	late := fault.Fault{Kind: fault.Delay, Times: 1, By: 20 * time.Second}
	for name, tt := range map[string]struct {
		after   time.Duration
		outcome ivr.Outcome
		heard   bool
		legs    []string
	}{
		"given up while it rings": {20*time.Second - 1, ivr.Unanswered, false, []string{"ring", "unanswered"}},
		"hung up at the answer":   {20 * time.Second, ivr.Answered, false, []string{"ring", "answer", "say", "hang_up"}},
		"heard in part":           {24*time.Second - 1, ivr.Answered, false, []string{"ring", "answer", "say", "hang_up"}},
		"heard out":               {24 * time.Second, ivr.Answered, true, []string{"ring", "answer", "say", "said", "hang_up"}},
	} {
		c := hungUp(t, late, tt.after)
		if diff := cmp.Diff(tt.legs, whats(c)); diff != "" || c.Outcome != tt.outcome || c.HeardAll != tt.heard {
			t.Errorf("%s: %s, heard %t (-want +got):\n%s", name, c.Outcome, c.HeardAll, diff)
		}
	}
}

func TestALineThatIsLostIsLostInTheMiddle(t *testing.T) {
	lost := fault.Fault{Kind: fault.Lose, Times: 1}
	middle := noon.Add(ivr.GuidanceLength / 2)
	if c := hungUp(t, lost, time.Hour); c.HeardAll || !c.EndedAt.Equal(middle) || !c.Cut {
		t.Errorf("%+v", c)
	}
	b := ivr.Box{Faults: fault.Plan{Faults: []fault.Fault{lost}}}
	c := place(t, &b, true)
	if n, next := b.Going("", middle.Add(-1)); n != 1 || !next.Equal(middle) {
		t.Errorf("%d going on until %s", n, next)
	}
	if _, ok := b.Latest("", "", true, middle.Add(-1)); ok {
		t.Error("it has ended before it was lost")
	}
	if found, ok := b.Latest("0300001009", "", true, middle); !ok || !found.EndedAt.Equal(middle) || whats(found)[3] != "cut" {
		t.Errorf("%t %+v", ok, found)
	}
	if kept, _ := b.Calls.Get(c.ID); !kept.EndedAt.IsZero() {
		t.Error("looking at it changed it")
	}
}

// deaf is a line of which is told how long it carried sound.
type deaf struct{ heard time.Duration }

func (d *deaf) Hear(_ context.Context, s ivr.Sound) error { d.heard += s.Lasts(); return nil }
func (d *deaf) Digits(context.Context, []ivr.Sound, ivr.Keys) (string, error) {
	return "", errors.New("nobody asks")
}

func TestALineThatIsCutCarriesHalfOfWhatIsSaid(t *testing.T) {
	speak := ivr.Conductor{Speak: func(ivr.Verb) ivr.Sound { return ivr.Sound{ULaw: make([]byte, 8000)} }}
	for name, script := range map[string][]ivr.Verb{
		"a sentence": {{Kind: ivr.Say, Text: "a"}, {Kind: ivr.Say, Text: "b"}},
		"a prompt":   {{Kind: ivr.GatherKeys, Gather: &ivr.Gather{Prompts: []ivr.Verb{{Kind: ivr.Say, Text: "a"}}}}},
	} {
		var d deaf
		h := speak.Conduct(t.Context(), script, ivr.Cut(&d))
		if h.All || d.heard != time.Second/2 || h.Scenes[len(h.Scenes)-1].Says != ivr.ErrCut.Error() {
			t.Errorf("%s: %s of %+v", name, d.heard, h)
		}
	}
}

func TestCallsAreListedAndForgottenByWhoCalls(t *testing.T) {
	var b ivr.Box
	for _, from := range []string{"03-0000-1009", "0300001008", "0300001009"} {
		if _, err := b.Place(ivr.Dialling{From: from, To: "0120-000111", Assigned: true}, noon, 10); err != nil {
			t.Fatal(err)
		}
	}
	ids := func(calls []ivr.Call) (all []string) {
		for _, c := range calls {
			all = append(all, c.ID)
		}
		return all
	}
	if diff := cmp.Diff([]string{"call-1", "call-3"}, ids(b.List("+81-3-0000-1009", noon))); diff != "" {
		t.Errorf("of one (-want +got):\n%s", diff)
	}
	if c, ok := b.Latest("", "call-2", false, noon); !ok || c.ID != "call-3" {
		t.Errorf("after the second: %s %t", c.ID, ok)
	}
	if _, ok := b.Latest("0300001008", "call-2", false, noon); ok {
		t.Error("nobody called after the second")
	}
	b.Forget("03-0000-1009")
	if diff := cmp.Diff([]string{"call-2"}, ids(b.List("", noon))); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	b.Forget("")
	if c := place(t, &b, true); c.ID != "call-4" || len(b.List("", noon)) != 1 {
		t.Errorf("ids do not go on counting: %s", c.ID)
	}
}
