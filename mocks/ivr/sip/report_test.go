package sip_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestCallsThatOthersReported are INVITEs of the kinds that users of other programs
// reported as misread; each is named by the project and the thread.
func TestCallsThatOthersReported(t *testing.T) {
	t.Parallel()
	const plain = "From: <sip:09000001001@127.0.0.1>;tag=1\r\nTo: <" + freeDial + ">\r\n"
	for name, tt := range map[string]struct {
		headers string // with the Via, from the transport on, as %s
		has     []string
	}{
		"pjsip/pjproject 188: compact names": {"v: SIP/2.0/UDP %[1]s;branch=z9hG4bKa\r\nf: <sip:09000001001@127.0.0.1>;tag=1\r\nt: <" + freeDial + ">\r\ni: %[2]s\r\nCSeq: 1 INVITE\r\nm: <sip:x@%[1]s>\r\nc: application/sdp\r\nl: %[3]d\r\n",
			[]string{"z9hG4bKa", "tag=1"}},
		"poroh/ersip 49: several Vias in one line": {"Via: SIP/2.0/UDP %[1]s;branch=z9hG4bKb,SIP/2.0/UDP 127.0.0.2:5060;branch=z9hG4bKb2,SIP/2.0/UDP 127.0.0.3;branch=z9hG4bKb3.0\r\n" + plain +
			"Call-ID: %[2]s\r\nCSeq: 1 INVITE\r\nContact: <sip:x@%[1]s>\r\nContent-Type: application/sdp\r\nContent-Length: %[3]d\r\n", []string{"branch=z9hG4bKb\r\n", "branch=z9hG4bKb2", "branch=z9hG4bKb3.0"}},
		"poroh/ersip 17: a comma in a name in quotes": {"Via: SIP/2.0/UDP %[1]s;branch=z9hG4bKc\r\nFrom: \"Bond, James <Bond>\" <sip:09000001001@127.0.0.1>;tag=1\r\nTo: \"Saison, Card\" <" + freeDial + ">\r\n" +
			"Call-ID: %[2]s\r\nCSeq: 1 INVITE\r\nContact: <sip:x@%[1]s>\r\nContent-Type: application/sdp\r\nContent-Length: %[3]d\r\n", []string{"z9hG4bKc", "Saison, Card"}},
		"OpenSIPS/opensips 1386: two identities, by sip and tel": {"Via: SIP/2.0/UDP %[1]s;branch=z9hG4bKd\r\nFrom: <sip:other@127.0.0.1>;tag=1\r\nTo: <" + freeDial + ">\r\n" +
			"P-Asserted-Identity: \"9 9\" <sip:09000001001@mpbx.example.com>\r\nP-Asserted-Identity: \"9 9\" <tel:+819000001001>\r\n" +
			"Call-ID: %[2]s\r\nCSeq: 1 INVITE\r\nContact: <sip:x@%[1]s>\r\nContent-Type: application/sdp\r\nContent-Length: %[3]d\r\n", []string{"z9hG4bKd"}},
		"DoubangoTelecom/doubango 27: a header that is folded": {"Via: SIP/2.0/UDP %[1]s\r\n ;branch=z9hG4bKe\r\n" + plain +
			"Subject: a\r\n  b\r\nCall-ID: %[2]s\r\nCSeq: 1 INVITE\r\nContact: <sip:x@%[1]s>\r\nContent-Type:\r\n application/sdp\r\nContent-Length: %[3]d\r\n", []string{"z9hG4bKe"}},
	} {
		t.Run(strings.Split(name, ":")[0], func(t *testing.T) {
			e := says(1)
			s := serve(t, e, nil)
			p := newPhone(t, s)
			body := p.offers("")
			p.raw("INVITE " + freeDial + " SIP/2.0\r\n" + fmt.Sprintf(tt.headers, p.sip.LocalAddr(), p.id, len(body)) + "\r\n" + body)
			p.cseq = 1
			answer := p.gets("SIP/2.0 200")
			for _, has := range tt.has {
				if !strings.Contains(answer, has) {
					t.Errorf("%s: the answer has no %s:\n%s", name, has, answer)
				}
			}
			p.send("ACK", freeDial, "", "")
			p.settles(p.gets("BYE"))
			e.mu.Lock()
			defer e.mu.Unlock()
			if len(e.calls) != 1 || !strings.HasSuffix(e.calls[0].From, "9000001001") {
				t.Errorf("%s: the calls are %+v", name, e.calls)
			}
		})
	}
}

// TestACallThroughProxiesEndsByThem: BYE names them in their order, and goes to the one
// that the call came from, wherever the others are said to be.
func TestACallThroughProxiesEndsByThem(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ recorded, want string }{
		"one":               {"Record-Route: <sip:192.0.2.1;lr>\r\n", "Route: <sip:192.0.2.1;lr>\r\n"},
		"two":               {"Record-Route: <sip:p2.invalid;lr;x=1>\r\nRecord-Route: <sip:p1.invalid;lr>\r\n", "Route: <sip:p2.invalid;lr;x=1>\r\nRoute: <sip:p1.invalid;lr>\r\n"},
		"two in one line":   {"Record-Route: <sip:p2.invalid;lr>, <sip:p1.invalid;lr>\r\n", "Route: <sip:p2.invalid;lr>"},
		"in another case":   {"RECORD-ROUTE: <sip:p2.invalid;lr>\r\nrecord-route: <sip:p1.invalid;lr>\r\n", "Route: <sip:p2.invalid;lr>\r\nRoute: <sip:p1.invalid;lr>\r\n"},
		"none between them": {"", ""},
	} {
		e := says(5)
		p := newPhone(t, serve(t, e, nil))
		p.send("INVITE", freeDial, tt.recorded+sdpType, p.offers(""))
		p.gets("SIP/2.0 200")
		p.send("ACK", freeDial, "", "")
		bye := p.gets("BYE ")
		p.settles(bye)
		if !strings.Contains(bye, tt.want) || strings.Contains(bye, "Route: ") != (tt.want != "") || strings.Contains(bye, "Record-Route") {
			t.Errorf("%s: %s", name, bye)
		}
	}
}
