package sip_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pion/rtp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/sip"
)

// ramp is a sound whose every packet is another.
func ramp(packets int) []byte {
	sound := make([]byte, packets*160)
	for i := range sound {
		sound[i] = byte(i / 160)
	}
	return sound
}

func says(packets int) *handler {
	return &handler{outcome: ivr.Answered, script: []ivr.Verb{{Kind: ivr.Say}}, sound: ivr.Sound{ULaw: ramp(packets)}}
}

func TestAGuidanceIsHeardToTheLastPacket(t *testing.T) {
	t.Parallel()
	e := says(25)
	e.sound.ULaw = append(e.sound.ULaw, 1, 2, 3) // a packet that is not full
	p := newPhone(t, serve(t, e, nil))
	answer := p.talks()
	for _, want := range []string{"m=audio ", "RTP/AVP 0 101", "a=sendrecv", "a=ptime:20", "Contact: <sip:0120000111@127.0.0.1:"} {
		if !strings.Contains(answer, want) {
			t.Errorf("the answer lacks %q:\n%s", want, answer)
		}
	}
	began := clock.Machine()
	var heard []byte
	var first rtp.Packet
	for i := range 26 {
		data, _ := p.packet()
		var got rtp.Packet
		if err := got.Unmarshal(data); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = got
		}
		want := rtp.Header{
			Version:        2,
			Marker:         i == 0,
			SSRC:           first.SSRC,
			SequenceNumber: first.SequenceNumber + uint16(i),
			Timestamp:      first.Timestamp + uint32(160*i),
		}
		got.Header.CSRC = nil
		if diff := cmp.Diff(want, got.Header); diff != "" {
			t.Fatalf("packet %d (-want +got):\n%s", i, diff)
		}
		heard = append(heard, got.Payload...)
	}
	// Late it can be on a busy machine, early never: the first is at the start.
	if took := clock.Machine().Sub(began); took < 23*20*time.Millisecond {
		t.Errorf("26 packets took %s", took)
	}
	if want := append(bytes.Clone(e.sound.ULaw), bytes.Repeat([]byte{0xFF}, 157)...); !bytes.Equal(heard, want) {
		t.Error("it is not what was said")
	}
	p.settles(p.gets("BYE "))
	if h := e.heard(t); !h.All {
		t.Errorf("heard %+v", h)
	}
}

func TestHangingUpBeforeTheEndIsTold(t *testing.T) {
	t.Parallel()
	e := says(500)
	p := newPhone(t, serve(t, e, nil))
	p.talks()
	p.packet()
	p.send("BYE", freeDial, "", "")
	p.gets("SIP/2.0 200")
	select { // the answer came after it was written down
	case h := <-e.ended:
		if h.All {
			t.Error("heard all")
		}
	default:
		t.Error("BYE was answered before the call was written down")
	}
}

func TestHangingUpAfterTheEndIsHavingHeardAll(t *testing.T) {
	t.Parallel()
	e := says(3)
	p := newPhone(t, serve(t, e, func(l *sip.Limits) { l.Linger = time.Minute }))
	p.talks()
	for range 3 {
		p.packet()
	}
	// The last packet is on its way; the call is over for the callee a moment later.
	p.send("OPTIONS", freeDial, "", "")
	p.gets("SIP/2.0 200")
	p.send("BYE", freeDial, "", "")
	p.gets("SIP/2.0 200")
	if h := e.heard(t); !h.All {
		t.Errorf("heard %+v", h)
	}
}

func TestWhatBecomesOfACall(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		handler *handler
		want    string
	}{
		"a number nobody has":      {&handler{outcome: ivr.Unassigned}, "SIP/2.0 404"},
		"what is no number":        {&handler{err: ivr.ErrNumber}, "SIP/2.0 404"},
		"busy":                     {&handler{outcome: ivr.Busy}, "SIP/2.0 486"},
		"rings until the limit":    {&handler{outcome: ivr.Unanswered}, "SIP/2.0 480"},
		"refused as planned":       {&handler{outcome: ivr.Refused}, "SIP/2.0 503"},
		"answered after the limit": {&handler{outcome: ivr.Answered, rings: time.Minute}, "SIP/2.0 480"},
		"answered late":            {&handler{outcome: ivr.Answered, rings: 100 * time.Millisecond}, "BYE "},
		"full":                     {&handler{err: ivr.ErrFull}, "SIP/2.0 503"},
		"no such world":            {&handler{err: fmt.Errorf("%w: \"x\"", sip.ErrWorld)}, "SIP/2.0 400"},
		"a failure that is ours":   {&handler{err: fmt.Errorf("broken")}, "SIP/2.0 500"},
		"one that a panic ends":    {nil, "BYE "},
		"one that hears nothing":   {&handler{outcome: ivr.Answered}, "BYE "},
		"one that hears a hang-up": {&handler{outcome: ivr.Answered, script: []ivr.Verb{{Kind: ivr.HangUp}}}, "BYE "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := tt.handler
			if e == nil {
				e = says(1)
				e.script[0].Kind, e.script[0].Gather = ivr.GatherKeys, nil // a mistake
			}
			p := newPhone(t, serve(t, e, nil))
			p.invite("")
			if tt.want == "BYE " {
				p.gets("SIP/2.0 200")
				p.send("ACK", freeDial, "", "")
			}
			p.settles(p.gets(tt.want))
		})
	}
}

func TestRingingCanBeCancelled(t *testing.T) {
	t.Parallel()
	p := newPhone(t, serve(t, &handler{outcome: ivr.Unanswered}, func(l *sip.Limits) { l.Ring = time.Minute }))
	p.invite("")
	p.gets("SIP/2.0 180")
	p.to = ""
	p.send("CANCEL", freeDial, "", "")
	p.settles(p.gets("SIP/2.0 487"))
}

func TestWhoHangsUpBeforeALateAnswerWasNotAnswered(t *testing.T) {
	t.Parallel()
	e := &handler{outcome: ivr.Answered, rings: time.Minute}
	p := newPhone(t, serve(t, e, func(l *sip.Limits) { l.Ring = 2 * time.Minute }))
	p.invite("")
	p.gets("SIP/2.0 180")
	p.to = ""
	p.send("CANCEL", freeDial, "", "")
	p.settles(p.gets("SIP/2.0 487"))
	if h := e.heard(t); !h.Early || h.All {
		t.Errorf("heard %+v", h)
	}
}

func TestMoreCallsThanMayBe(t *testing.T) {
	t.Parallel()
	e := says(1000)
	s := serve(t, e, func(l *sip.Limits) { l.Calls = 1 })
	one, two := newPhone(t, s), newPhone(t, s)
	two.id += "-two"
	one.talks()
	two.invite("")
	if answer := two.gets("SIP/2.0 503"); !strings.Contains(answer, "Retry-After: ") {
		t.Error(answer)
	}
	one.send("BYE", freeDial, "", "")
	one.gets("SIP/2.0 200")
	two.id, two.to = two.id+"-again", ""
	for s.Going() > 0 {
		_ = clock.Pass(t.Context(), time.Millisecond) // the test's own limit ends it
	}
	two.talks()
}

func TestACallLastsNoLongerThanItMay(t *testing.T) {
	t.Parallel()
	e := says(1000)
	p := newPhone(t, serve(t, e, func(l *sip.Limits) { l.Duration = 200 * time.Millisecond }))
	p.talks()
	p.settles(p.gets("BYE "))
	if h := e.heard(t); h.All {
		t.Error("heard all")
	}
}

func TestASilentCallerHearsNothing(t *testing.T) {
	t.Parallel()
	e := says(3)
	p := newPhone(t, serve(t, e, nil))
	p.send("INVITE", freeDial, sdpType, p.offers("a=inactive\r\n"))
	if answer := p.gets("SIP/2.0 200"); !strings.Contains(answer, "a=recvonly") {
		t.Error(answer)
	}
	p.send("ACK", freeDial, "", "")
	p.settles(p.gets("BYE "))
	if h := e.heard(t); h.All {
		t.Error("heard all")
	}
}

func TestKeysAreHeard(t *testing.T) {
	t.Parallel()
	gather := &ivr.Gather{Prompts: []ivr.Verb{{Kind: ivr.Say}}, Keys: ivr.Keys{Finish: "#", Timeout: 5 * time.Second}}
	e := &handler{outcome: ivr.Answered, sound: ivr.Sound{ULaw: ramp(400)}, script: []ivr.Verb{{Kind: ivr.GatherKeys, Gather: gather}}}
	p := newPhone(t, serve(t, e, nil))
	p.talks()
	_, line := p.packet()
	for i, event := range []byte{1, 2} { // RFC 4733: one key is several packets of one time
		for n := range 4 {
			packet := rtp.Packet{
				Header: rtp.Header{
					Version:        2,
					PayloadType:    101,
					SSRC:           7,
					Timestamp:      uint32(1000 * (i + 1)),
					SequenceNumber: uint16(10*i + n),
				},
				Payload: []byte{event, byte(n) << 7, 0, 160},
			}
			data, err := packet.Marshal()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.rtp.WriteTo(data, line); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, junk := range [][]byte{{}, {0x80}, bytes.Repeat([]byte{0xFF}, 1500), append([]byte{0x80, 101}, make([]byte, 11)...)} {
		if _, err := p.rtp.WriteTo(junk, line); err != nil {
			t.Fatal(err)
		}
	}
	p.packet() // the sound goes on in the meantime
	p.packet()
	p.send("INFO", freeDial, "Content-Type: application/dtmf-relay\r\n", "Signal=3\r\nDuration=160\r\n")
	p.gets("SIP/2.0 200")
	p.send("INFO", freeDial, "Content-Type: text/plain\r\n", "4")
	p.gets("SIP/2.0 415")
	p.send("INFO", freeDial, "Content-Type: application/dtmf\r\n", "#")
	p.settles(p.gets("BYE "))
	if h := e.heard(t); !h.All || len(e.digits) != 1 || e.digits[0] != "123" {
		t.Errorf("heard %+v, digits %q", h, e.digits)
	}
}
