package sip

import (
	"bytes"
	"net"
	"testing"

	wire "github.com/emiago/sipgo/sip"
)

// FuzzMessage reads a SIP message whole and from a stream, in two pieces, and
// decodes what it asks for.
func FuzzMessage(f *testing.F) {
	f.Add(
		[]byte(
			"INVITE sip:0120000111@mine.localhost SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5;branch=z9hG4bK1\r\nFrom: <sip:0300001009@a>;tag=1\r\nTo: <sip:b@c>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n"+
				"P-Asserted-Identity: \"a\" <tel:+81300001009>, <sip:1@2>\r\nPrivacy: id;critical\r\nX-Netanswer-World: w\r\nContent-Length: 4\r\n\r\nv=0\n",
		),
		40,
	)
	f.Add([]byte("INFO sip:a@b SIP/2.0\r\nl: 8\r\n\r\nSignal=1"), 3)
	f.Add([]byte("SIP/2.0 200 OK\r\n\r\n"), 1)
	f.Fuzz(func(t *testing.T, data []byte, at int) {
		parser := wire.NewParser()
		parser.MaxMessageLength = 16 << 10
		if m, err := parser.ParseSIP(data); err == nil {
			if q, ok := m.(*wire.Request); ok {
				in := incoming(q)
				if in.From == "" && !in.Withheld || len(in.From) > 20 || len(in.To) > 20 {
					t.Errorf("incoming %+v", in)
				}
				_, _ = q.To(), q.Contact()
				if _, err := wire.DialogIDFromRequestUAS(q); err == nil {
					_ = wire.NewResponseFromRequest(q, 404, "Not Found", nil).String()
				}
			}
		}
		if answer := tooLarge(data); answer != nil && !bytes.HasPrefix(answer, []byte("SIP/2.0 513 ")) {
			t.Errorf("answered %.60q", answer)
		}
		at = min(max(at, 0), len(data))
		var fr frame
		stream := parser.NewSIPStream()
		for _, part := range [][]byte{data[:at], data[at:]} {
			fr.take(part)
			if len(fr.head) > maxHeaders+len(data) || fr.body < 0 {
				t.Errorf("frame holds %d, %d to come", len(fr.head), fr.body)
			}
			if err := stream.ParseSIPStream(part, func(wire.Message) {}); err != nil && err != wire.ErrParseSipPartial {
				return // the connection is closed
			}
		}
	})
}

// FuzzOffer reads an offer and answers it; the answer can be read again.
func FuzzOffer(f *testing.F) {
	f.Add(
		[]byte(
			"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video 9 RTP/AVP 96\r\nm=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendonly\r\n",
		),
	)
	f.Add([]byte("v=0\r\nm=audio 1 RTP/AVP 0\r\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		o, err := readOffer(body)
		if err != nil {
			return
		}
		answer, err := o.answer(net.IPv4(127, 0, 0, 1), 4000)
		if err != nil {
			t.Fatal(err)
		}
		back, err := readOffer(answer)
		if err != nil || back.port != 4000 || back.events != o.events || len(back.media) != len(o.media) {
			t.Errorf("%+v is returned %q: %v", o, answer, err)
		}
	})
}

// FuzzRTP reads what a caller sends on the line.
func FuzzRTP(f *testing.F) {
	f.Add([]byte{0x80, 101, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5, 0x80, 0, 160})
	f.Add(bytes.Repeat([]byte{0xFF}, 20))
	f.Fuzz(func(t *testing.T, packet []byte) {
		if key, _ := event(packet, 101); len(key) > 1 {
			t.Errorf("key %q", key)
		}
		if key := infoKey("application/dtmf-relay", packet); len(key) > 1 {
			t.Errorf("key %q", key)
		}
	})
}
