package ivr_test

import (
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/ivr"
)

func TestTheBytesOfCallsAreCounted(t *testing.T) {
	var b ivr.Box
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	long := strings.Repeat("x", 60_000)
	for range 3 {
		d := ivr.Dialling{From: "0300001009", To: "0120000111", Assigned: true, Webhook: "http://127.0.0.1:3000/" + long}
		c, err := b.Place(d, now, 10)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Note(c.ID, ivr.Heard{Scenes: []ivr.Scene{{What: "say", Says: long}}, Said: long}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.HangUp(c.ID, now); err != nil {
			t.Fatal(err)
		}
	}
	counted := b.Bytes
	if b.Weigh(); counted < 9*60_000 || counted > 10*60_000 || b.Bytes != counted {
		t.Errorf("%d bytes, and %d when they are weighed", counted, b.Bytes)
	}
	if b.Forget("0300001009"); b.Bytes != 0 {
		t.Errorf("%d bytes of no calls", b.Bytes)
	}
}
