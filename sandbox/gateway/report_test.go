package gateway_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/mocks/clock"
)

// TestSendersThatOthersReported are MAIL commands of the kinds that users of other
// servers reported, each by the project and the thread.
func TestSendersThatOthersReported(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	w := dial(t, listen(t, smtpOf(g)))
	w.hear()
	w.say("EHLO x\r\n")
	for _, turn := range [][2]string{
		{"MAIL FROM:<bounces+SRS=Nsvoo=YB@arkdhs.onmicrosoft.com> SIZE=38677 AUTH=<>", "250"}, // inbucket/inbucket 283
		{"RSET", "250"},
		{"MAIL FROM:<a@example.com> BODY=8BITMIME AUTH=b@example.com SIZE=1", "250"}, // inbucket/inbucket 283
		{"RSET", "250"},
		{"MAIL FROM:<>>>>>", "555"}, // stalwartlabs/smtp-proto 12
		{"MAIL FROM:<a@b.com>>>", "555"},
		{"mail from: <a@b.com>", "250"},
		{"RCPT TO:<>>>>>", "50"},
		{"rcpt to: <c@d.com>", "250"},
	} {
		if got := w.say(turn[0] + "\r\n"); !strings.HasPrefix(got, turn[1]) {
			t.Errorf("%q to %q, want %q", got, turn[0], turn[1])
		}
	}
}

// submit is a submit_sm by hand.
func submit(esm, coding byte, validity string, short []byte, more ...[]byte) []byte {
	body := append([]byte("CMT\x00\x05\x00aaaa\x00\x01\x01819000001001\x00"), esm, 0, 0, 0)
	body = append(append(body, validity...), 0, 1, 0, coding, 0, byte(len(short)))
	body = append(body, short...)
	for _, one := range more {
		body = append(body, one...)
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(16+len(body)))
	for _, n := range []uint32{4, 0, 16704908} {
		head = binary.BigEndian.AppendUint32(head, n)
	}
	return append(head, body...)
}

// tlv is an optional parameter.
func tlv(tag uint16, value []byte) []byte {
	return append(binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, tag), uint16(len(value))), value...)
}

// TestPDUsThatOthersReported are PDUs of the kinds that users of libraries reported,
// each by the project and the thread.
func TestPDUsThatOthersReported(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	w := dial(t, listen(t, smppOf(g)))
	if err := w.SetDeadline(clock.Machine().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	say := func(raw []byte) pdu.PDU {
		t.Helper()
		if _, err := w.Write(raw); err != nil {
			t.Fatal(err)
		}
		p, err := pdu.Parse(w.in)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	// twitter-archive/cloudhopper-smpp 101: a link is asked for before a bind, as SMPP 5.0 allows.
	if p := say([]byte("\x00\x00\x00\x10\x00\x00\x00\x15\x00\x00\x00\x00\x00\x00\x00\x01")); !p.IsOk() {
		t.Errorf("enquire_link before a bind: %+v", p)
	}
	if p := say([]byte("\x00\x00\x00\x1d\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x02mine\x00xx\x00\x00\x34\x00\x00\x00")); !p.IsOk() {
		t.Fatalf("bind: %+v", p)
	}
	ucs2 := func(text string) (raw []byte) {
		for _, r := range text {
			raw = binary.BigEndian.AppendUint16(raw, uint16(r))
		}
		return raw
	}
	for _, raw := range [][]byte{
		// farhadi/node-smpp 161, 107: the second part comes first, from a name, with a validity.
		submit(0x40, 8, "000001000000000R", append([]byte{5, 0, 3, 38, 2, 2}, ucs2("です。")...)),
		submit(0x40, 8, "000001000000000R", append([]byte{5, 0, 3, 38, 2, 1}, ucs2("認証コードは482913")...)),
		// linxGnu/gosmpp 56: the header of the user data in message_payload.
		submit(0x40, 8, "", nil, tlv(0x0424, append([]byte{5, 0, 3, 7, 2, 1}, ucs2("あ")...))),
		submit(0x40, 8, "", nil, tlv(0x0424, append([]byte{5, 0, 3, 7, 2, 2}, ucs2("い")...))),
		// python-smpplib 50: a reference of 16 bits.
		submit(0x40, 8, "", append([]byte{6, 8, 4, 1, 2, 2, 1}, ucs2("か")...)),
		submit(0x40, 8, "", append([]byte{6, 8, 4, 1, 2, 2, 2}, ucs2("き")...)),
		// farhadi/node-smpp 243: sar parameters, and one nobody knows.
		submit(0, 8, "", ucs2("さ"), tlv(0x020c, []byte{0, 9}), tlv(0x020e, []byte{2}), tlv(0x020f, []byte{1}), tlv(0x1401, []byte("x"))),
		submit(0, 8, "", ucs2("し"), tlv(0x020c, []byte{0, 9}), tlv(0x020e, []byte{2}), tlv(0x020f, []byte{2})),
	} {
		if p := say(raw); !p.IsOk() {
			t.Errorf("%x: %+v", raw, p)
		}
	}
	m, err := s.Snapshot(t.Context(), "mine")
	if err != nil {
		t.Fatal(err)
	}
	var bodies []string
	for _, one := range m.SMS.Messages {
		bodies = append(bodies, one.Body)
	}
	if got := strings.Join(bodies, "|"); got != "認証コードは482913です。|あい|かき|さし" {
		t.Errorf("the messages are %q", got)
	}
}
