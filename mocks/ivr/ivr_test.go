package ivr_test

import (
	"errors"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, clock.Japan)

func place(t *testing.T, b *ivr.Box, assigned bool) ivr.Call {
	t.Helper()
	c, err := b.Place(ivr.Dialling{From: "03-0000-1009", To: "0120-000111", Assigned: assigned, Guidance: "ご本人確認ができました"}, noon, 10)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAGuidanceIsHeardToItsEndOrNot(t *testing.T) {
	for _, tt := range []struct {
		after time.Duration
		heard bool
	}{{0, false}, {ivr.GuidanceLength - 1, false}, {ivr.GuidanceLength, true}, {time.Hour, true}} {
		var b ivr.Box
		c, err := b.HangUp(place(t, &b, true).ID, noon.Add(tt.after))
		if err != nil || c.HeardAll != tt.heard {
			t.Errorf("hung up after %s: heard %t, %v", tt.after, c.HeardAll, err)
		}
		if _, err := b.HangUp(c.ID, noon.Add(time.Hour)); !errors.Is(err, ivr.ErrEnded) {
			t.Errorf("hung up twice: %v", err)
		}
	}
}

func TestASnapshotKeepsItsTranscript(t *testing.T) {
	var b ivr.Box
	c := place(t, &b, true)
	before := b
	if _, err := b.HangUp(c.ID, noon.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	old, _ := before.Calls.Get(c.ID)
	now, _ := b.Calls.Get(c.ID)
	if len(old.Transcript) != 3 || len(now.Transcript) != 5 || now.Transcript[3].What != "said" {
		t.Errorf("before %v, now %v", old.Transcript, now.Transcript)
	}
}

func TestWhatCannotBeDialled(t *testing.T) {
	var b ivr.Box
	for _, n := range []string{"", "12", "hanako", "０３", "+81-3", "0120-0001111111111"} {
		if _, err := b.Place(ivr.Dialling{From: n, To: "0120-000111", Assigned: true}, noon, 10); !errors.Is(err, ivr.ErrNumber) {
			t.Errorf("from %q: %v", n, err)
		}
	}
	if _, err := b.Place(ivr.Dialling{From: "03-0000-1009", To: "0120-000111", Assigned: true}, noon, 0); !errors.Is(err, ivr.ErrFull) {
		t.Errorf("beyond the bound: %v", err)
	}
}
