package sms_test

import (
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/sms"
)

func TestTheStatusIsWhatTheClockSays(t *testing.T) {
	late := fault.Fault{Kind: fault.Delay, Times: 1, By: 11 * time.Minute}
	for _, tt := range []struct {
		name  string
		plan  []fault.Fault
		to    string
		after time.Duration
		want  sms.Status
	}{
		{"at once", nil, "090-0000-1001", 0, sms.Delivered},
		{"before it was taken over", nil, "090-0000-1001", -time.Second, sms.Queued},
		{"late, at first", []fault.Fault{late}, "090-0000-1001", 0, sms.Queued},
		{"late, after a second", []fault.Fault{late}, "090-0000-1001", time.Second, sms.Sending},
		{"late, after two", []fault.Fault{late}, "090-0000-1001", 2 * time.Second, sms.Sent},
		{"late, a moment before", []fault.Fault{late}, "090-0000-1001", 11*time.Minute - 1, sms.Sent},
		{"late, there", []fault.Fault{late}, "090-0000-1001", 11 * time.Minute, sms.Delivered},
		{"to a landline", nil, "03-0000-1009", 0, sms.Undelivered},
		{"external", nil, "+1 415 555 0100", 0, sms.Delivered},
		{"filtered", []fault.Fault{{Kind: fault.Lose, Times: 1, Reason: fault.Filtered}}, "090-0000-1001", 0, sms.Undelivered},
		{"too many in the queue", []fault.Fault{{Kind: fault.Lose, Times: 1, Reason: fault.Overflow}}, "090-0000-1001", 0, sms.Failed},
		{"lost, and nobody knows", []fault.Fault{{Kind: fault.Lose, Times: 1}}, "090-0000-1001", 24 * time.Hour, sms.Sent},
	} {
		b := sms.Box{Faults: fault.Plan{Faults: tt.plan}}
		m, err := b.Accept("x", tt.to, "hello", noon, 10)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := m.Status(noon.Add(tt.after)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		there := len(b.List(tt.to, noon.Add(tt.after))) == 1
		if there != (tt.want == sms.Delivered) && tt.after >= 0 {
			t.Errorf("%s: on the phone is %t", tt.name, there)
		}
		if _, under := b.Pending(tt.to, noon); m.Reason != "" && under {
			t.Errorf("%s: it is under way although it failed", tt.name)
		}
	}
}

func TestASenderIsToldWhatItWishes(t *testing.T) {
	b := sms.Box{Faults: fault.Plan{Faults: []fault.Fault{{Kind: fault.Delay, Times: 1, By: time.Minute}}}}
	wish := sms.Wish{By: "rest", URL: "http://127.0.0.1/", Progress: true}
	if _, err := b.Take(sms.Draft{From: "x", To: "090-0000-1001", Body: "late", Account: "one", Wish: wish}, noon, 10); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Take(sms.Draft{From: "x", To: "090-0000-1001", Body: "now", Account: "two", Wish: sms.Wish{By: "rest", OnlyIll: true}}, noon, 10); err != nil {
		t.Fatal(err)
	}
	if ready, next := b.Ready("rest", "one", noon); ready || !next.Equal(noon.Add(2*time.Second)) {
		t.Errorf("%t, next %s", ready, next)
	}
	if due := b.Due("rest", "one", noon, 10, noon); len(due) != 0 {
		t.Errorf("too early: %+v", due)
	}
	if ready, _ := b.Ready("rest", "one", noon.Add(time.Hour)); !ready {
		t.Error("nothing is ready")
	}
	if due := b.Due("rest", "", noon.Add(time.Hour), 1, noon); len(due) != 1 || due[0].Status != sms.Sent {
		t.Errorf("%+v, want one", due)
	}
	if due := b.Due("rest", "one", noon.Add(time.Hour), 10, noon); len(due) != 1 || due[0].Status != sms.Delivered {
		t.Errorf("%+v", due)
	}
	if ready, next := b.Ready("rest", "", noon.Add(time.Hour)); ready || !next.IsZero() ||
		len(b.Due("rest", "", noon.Add(time.Hour), 10, noon)) != 0 {
		t.Error("told twice, or of what did not fail")
	}
}

func TestNumbersForPeopleAndForTheWire(t *testing.T) {
	for number, want := range map[string][3]string{
		"+819000001001":   {"09000001001", "+819000001001", "090-0000-1001"},
		"0300001009":      {"0300001009", "+81300001009", "03-0000-1009"},
		"0120-000-111":    {"0120000111", "+81120000111", "0120-000-111"},
		"+1 415 555 0100": {"+14155550100", "+14155550100", "+1 415-555-0100"},
	} {
		if got := [3]string{sms.National(number), sms.International(number), sms.Show(number)}; got != want {
			t.Errorf("%s: %q, want %q", number, got, want)
		}
	}
}

func TestACharacterIsNotCutInTwo(t *testing.T) {
	body := ""
	for range 67 { // 134 units in 2 x 67 if one could be cut
		body += "🍣"
	}
	if _, n := sms.Count(body); n != 3 {
		t.Errorf("%d parts, want 3", n)
	}
}

func TestWhatNeverLeftTheGatewayIsToldAsFailedAndNotAsSent(t *testing.T) {
	b := sms.Box{Faults: fault.Plan{Faults: []fault.Fault{{Kind: fault.Lose, Times: 2, Reason: fault.Overflow}}}}
	for _, wish := range []sms.Wish{{By: "rest", Progress: true}, {By: "smpp", OnlyIll: true}} {
		if _, err := b.Take(sms.Draft{From: "x", To: "090-0000-1001", Body: "x", Account: "one", Wish: wish}, noon, 10); err != nil {
			t.Fatal(err)
		}
		due := b.Due(wish.By, "one", noon.Add(time.Hour), 10, noon)
		if len(due) != 1 || due[0].Status != sms.Failed || !due[0].At.Equal(noon) {
			t.Errorf("%s is told %+v", wish.By, due)
		}
	}
}

func TestAnAddressThatASenderWantsToBeToldAtIsCounted(t *testing.T) {
	var b sms.Box
	url := "http://127.0.0.1:3000/" + strings.Repeat("x", 60_000)
	d := sms.Draft{From: "x", To: "090-0000-1001", Body: "hello", Wish: sms.Wish{By: "twilio", URL: url, Progress: true}}
	if _, err := b.Take(d, noon, 10); err != nil {
		t.Fatal(err)
	}
	counted := b.Bytes
	if b.Remove(func(sms.Message) bool { return false }); counted < 60_000 || counted > 70_000 || b.Bytes < 60_000 {
		t.Errorf("%d bytes, and %d when they are weighed", counted, b.Bytes)
	}
}
