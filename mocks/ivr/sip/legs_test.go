package sip_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/sip"
)

// told is what the handler was told of what was answered.
func (e *handler) told() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.legs
}

func TestTheExchangeIsToldOfEveryLegOfACall(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		handler *handler
		answer  string
		want    []string
	}{
		"busy":           {&handler{outcome: ivr.Busy}, "SIP/2.0 486", []string{"486 Busy Here"}},
		"nobody has it":  {&handler{outcome: ivr.Unassigned}, "SIP/2.0 404", []string{"404 Not Found"}},
		"nobody answers": {&handler{outcome: ivr.Unanswered}, "SIP/2.0 480", []string{"480 Temporarily Unavailable"}},
		"refused":        {&handler{outcome: ivr.Refused}, "SIP/2.0 503", []string{"503 Service Unavailable"}},
	} {
		p := newPhone(t, serve(t, tt.handler, nil))
		p.invite("")
		p.settles(p.gets(tt.answer))
		if diff := cmp.Diff(tt.want, tt.handler.told()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	long, short := says(1000), says(1)
	p := newPhone(t, serve(t, long, nil))
	p.talks()
	p.packet() // sound begins when the ACK is there, which a BYE may overtake
	p.send("BYE", freeDial, "", "")
	p.gets("SIP/2.0 200")
	if h := long.heard(t); h.Leg != "BYE（発信者から）" || !cmp.Equal(long.told(), []string{"200 OK、ACK"}) {
		t.Errorf("%q after %q", h.Leg, long.told())
	}
	p = newPhone(t, serve(t, short, func(l *sip.Limits) { l.Linger = 100 * time.Millisecond }))
	p.talks()
	p.settles(p.gets("BYE "))
	if h := short.heard(t); h.Leg != "BYE（こちらから）" {
		t.Errorf("%q", h.Leg)
	}
}
