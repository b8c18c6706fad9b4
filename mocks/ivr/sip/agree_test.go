package sip_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/pion/rtp"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/g711"
)

// TestACallWithoutAnOfferGetsOne follows RFC 3261, 13.3.1.4.
func TestACallWithoutAnOfferGetsOne(t *testing.T) {
	t.Parallel()
	e := says(5)
	p := newPhone(t, serve(t, e, nil))
	p.send("INVITE", freeDial, "", "")
	offer := p.gets("SIP/2.0 200")
	for _, want := range []string{"RTP/AVP 0 8 101", "a=rtpmap:0 PCMU/8000", "a=rtpmap:8 PCMA/8000", "a=rtpmap:101 telephone-event/8000"} {
		if !strings.Contains(offer, want) {
			t.Errorf("the offer lacks %q:\n%s", want, offer)
		}
	}
	p.send("ACK", freeDial, sdpType, p.offers(""))
	p.packet()
	p.settles(p.gets("BYE "))
	if h := e.heard(t); !h.All {
		t.Errorf("heard %+v", h)
	}
}

func TestAnOfferThatIsNotAnsweredEndsTheCall(t *testing.T) {
	t.Parallel()
	e := says(5)
	p := newPhone(t, serve(t, e, nil))
	p.send("INVITE", freeDial, "", "")
	p.gets("SIP/2.0 200")
	p.send("ACK", freeDial, "", "")
	p.settles(p.gets("BYE "))
	if h := e.heard(t); h.All {
		t.Errorf("heard %+v", h)
	}
}

func (p *phone) audio(formats, more string) string {
	address, _ := p.rtp.LocalAddr().(*net.UDPAddr) // it was opened as such
	return fmt.Sprintf(
		"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %d RTP/AVP %s\r\n%s",
		address.Port,
		formats,
		more,
	)
}

func TestPCMAIsSpokenWhereThereIsNoPCMU(t *testing.T) {
	t.Parallel()
	e := says(5)
	p := newPhone(t, serve(t, e, nil))
	p.send("INVITE", freeDial, sdpType, p.audio("8 18", ""))
	if answer := p.gets("SIP/2.0 200"); !strings.Contains(answer, "RTP/AVP 8\r\n") || !strings.Contains(answer, "8 PCMA/8000") {
		t.Errorf("answered\n%s", answer)
	}
	p.send("ACK", freeDial, "", "")
	for i := range 5 {
		data, _ := p.packet()
		var got rtp.Packet
		if err := got.Unmarshal(data); err != nil || got.PayloadType != 8 {
			t.Fatal(err, got.PayloadType)
		}
		// A-law of the sample, as ITU-T G.711 has it: near to what was said.
		said, heard := float64(g711.DecodeULaw(byte(i))), float64(aLaw(got.Payload[0]))
		if math.Abs(said-heard) > math.Abs(said)/16+16 {
			t.Errorf("packet %d: %v was said and %v is heard", i, said, heard)
		}
	}
	p.settles(p.gets("BYE "))
}

// aLaw decodes a byte by the table's rule of G.711.
func aLaw(b byte) int {
	b ^= 0x55
	v, e := int(b&15)*16+8, int(b>>4&7)
	if e > 0 {
		v = (v + 256) << (e - 1)
	}
	if b&0x80 == 0 {
		return -v
	}
	return v
}

func TestEncryptedSoundIsRefusedAndSaidToBe(t *testing.T) {
	t.Parallel()
	p := newPhone(t, serve(t, &handler{}, nil))
	p.send("INVITE", freeDial, sdpType, strings.Replace(p.audio("0", ""), "RTP/AVP", "UDP/TLS/RTP/SAVPF", 1))
	answer := p.gets("SIP/2.0 488")
	if !strings.Contains(answer, "SRTP is not modelled") {
		t.Errorf("answered\n%s", answer)
	}
	p.settles(answer)
}

// TestWhatIsRequiredAndNotThereIsRefused follows RFC 3261, 8.2.2.3.
func TestWhatIsRequiredAndNotThereIsRefused(t *testing.T) {
	t.Parallel()
	p := newPhone(t, serve(t, says(1), nil))
	for method, body := range map[string]string{"INVITE": p.offers(""), "OPTIONS": "", "REGISTER": ""} {
		p.to, p.id = "", "require-"+method
		p.send(method, freeDial, sdpType+"Require: 100rel, timer\r\nRequire: precondition\r\n", body)
		answer := p.gets("SIP/2.0 420")
		if !strings.Contains(answer, "Unsupported: 100rel, precondition\r\n") {
			t.Errorf("%s: answered\n%s", method, answer)
		}
		if method == "INVITE" {
			p.settles(answer)
		}
	}
}

func TestACallIsHeldAndTakenUpAgain(t *testing.T) {
	t.Parallel()
	e := says(1000)
	p := newPhone(t, serve(t, e, nil))
	p.talks()
	p.packet()
	p.send("INVITE", freeDial, sdpType, p.offers("a=sendonly\r\n"))
	held := p.gets("SIP/2.0 200")
	if !strings.Contains(held, "a=recvonly") {
		t.Errorf("held:\n%s", held)
	}
	p.send("ACK", freeDial, "", "")
	p.silent(t)
	p.send("UPDATE", freeDial, sdpType, p.offers("a=sendrecv\r\n"))
	if again := p.gets("SIP/2.0 200"); !strings.Contains(again, "a=sendrecv") {
		t.Errorf("taken up again:\n%s", again)
	}
	p.packet()
	p.send("INVITE", freeDial, "", "") // without an offer: what was agreed on is offered again
	if again := p.gets("SIP/2.0 200"); !strings.Contains(again, "m=audio") {
		t.Errorf("offered again:\n%s", again)
	}
	p.send("ACK", freeDial, sdpType, p.offers(""))
	p.send("INVITE", freeDial, sdpType, "rubbish")
	p.settles(p.gets("SIP/2.0 488"))
	p.packet() // what was agreed on stays
	p.send("BYE", freeDial, "", "")
	p.gets("SIP/2.0 200")
	if h := e.heard(t); h.All {
		t.Error("heard all")
	}
}

// silent waits until no packet comes for a while.
func (p *phone) silent(t *testing.T) {
	t.Helper()
	buffer := make([]byte, 2048)
	for range 100 {
		if err := p.rtp.SetReadDeadline(now().Add(200 * time.Millisecond)); err != nil {
			t.Fatal(err)
		}
		if _, _, err := p.rtp.ReadFrom(buffer); err != nil {
			return
		}
	}
	t.Error("it is not silent")
}

// TestASessionIsRefreshedOrEnds follows RFC 4028.
func TestASessionIsRefreshedOrEnds(t *testing.T) {
	t.Parallel()
	p := newPhone(t, serve(t, says(1000), nil))
	p.id = "small"
	p.invite("Supported: timer\r\nSession-Expires: 30\r\n")
	small := p.gets("SIP/2.0 422")
	if !strings.Contains(small, "Min-SE: 90") {
		t.Errorf("answered\n%s", small)
	}
	p.settles(small)
	p.to, p.id = "", "timer"
	p.invite("Supported: timer\r\nSession-Expires: 1800\r\n")
	answer := p.gets("SIP/2.0 200")
	for _, want := range []string{"Session-Expires: 1800;refresher=uac", "Require: timer", "Supported: timer"} {
		if !strings.Contains(answer, want) {
			t.Errorf("the answer lacks %q:\n%s", want, answer)
		}
	}
	p.send("ACK", freeDial, "", "")
	p.send("UPDATE", freeDial, "Session-Expires: 900\r\n", "")
	if again := p.gets("SIP/2.0 200"); !strings.Contains(again, "Session-Expires: 900;refresher=uac") {
		t.Errorf("refreshed:\n%s", again)
	}
	p.send("BYE", freeDial, "", "")
	p.gets("SIP/2.0 200")
}

// TestKeysAreHeardAsTones is of a caller who has no telephone events: the tones of
// ITU-T Q.23 in its sound, and speech-like sound between, which is none.
func TestKeysAreHeardAsTones(t *testing.T) {
	t.Parallel()
	for format, law := range map[int]func(int16) byte{0: g711.EncodeULaw, 8: aLawOf} {
		e := &handler{
			outcome: ivr.Answered,
			script:  []ivr.Verb{{Kind: ivr.GatherKeys, Gather: &ivr.Gather{Keys: ivr.Keys{Finish: "#", Timeout: 5 * time.Second}}}},
		}
		p := newPhone(t, serve(t, e, nil))
		p.id = fmt.Sprint("tones-", format)
		p.send("INVITE", freeDial, sdpType, p.audio(fmt.Sprint(format), ""))
		answer := p.gets("SIP/2.0 200")
		p.send("ACK", freeDial, "", "")
		p.packet()
		_, rest, _ := strings.Cut(answer, "m=audio ")
		port := 0
		if _, err := fmt.Sscan(rest, &port); err != nil {
			t.Fatal(err)
		}
		to := &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port}
		n := 0
		play := func(samples int, tones ...float64) {
			for at := 0; at < samples; at += 160 {
				packet := make([]byte, 12+160)
				packet[0], packet[1] = 0x80, byte(format)
				binary.BigEndian.PutUint16(packet[2:], uint16(n))
				for i := range 160 {
					v := 0.0
					for _, f := range tones {
						v += 8000 * math.Sin(2*math.Pi*f*float64(at+i)/8000)
					}
					packet[12+i] = law(int16(v))
				}
				n++
				if _, err := p.rtp.WriteTo(packet, to); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, key := range [][]float64{{770, 1209}, {300, 440, 1900}, {941, 1336}, {941, 1477}} { // 4, none, 0, #
			play(960, key...)
			play(480)
		}
		e.until(t, func() bool { return len(e.digits) > 0 })
		if e.digits[0] != "40" {
			t.Errorf("format %d: heard %q, want 40", format, e.digits)
		}
		p.send("BYE", freeDial, "", "")
	}
}

// aLawOf finds the byte of A-law that is nearest to a sample.
func aLawOf(v int16) byte {
	best, near := byte(0), 1<<20
	for b := range 256 {
		d := aLaw(byte(b)) - int(v)
		if d < 0 {
			d = -d
		}
		if d < near {
			best, near = byte(b), d
		}
	}
	return best
}
