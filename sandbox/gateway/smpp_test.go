package gateway_test

import (
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/world"
)

func smppOf(g *gateway.Gateway) func(tls.Certificate) protocol {
	return func(c tls.Certificate) protocol { return g.SMPP(c) }
}

// A bound is an SMPP connection by hand.
type bound struct {
	testing.TB
	net.Conn
}

func bind(t testing.TB, address, system string, kind pdu.BindingType) bound {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // it may be closed already
	b := bound{t, conn}
	p := pdu.NewBindRequest(kind)
	p.SystemID = system
	b.say(p)
	if answer := b.hear(); !answer.IsOk() {
		t.Fatalf("%+v", answer)
	}
	return b
}

func (b bound) say(p pdu.PDU) {
	b.Helper()
	out := pdu.NewBuffer(nil)
	p.Marshal(out)
	if _, err := b.Write(out.Bytes()); err != nil {
		b.Fatal(err)
	}
}

func (b bound) hear() pdu.PDU {
	b.Helper()
	p, err := pdu.Parse(b.Conn)
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// submit sends a message whose receipt is wanted, and returns its number.
func (b bound) submit(to, text string) string {
	b.Helper()
	p := pdu.NewSubmitSM().(*pdu.SubmitSM)
	p.RegisteredDelivery = 1
	if err := errors.Join(p.DestAddr.SetAddress(to), p.Message.SetMessageWithEncoding(text, data.UCS2)); err != nil {
		b.Fatal(err)
	}
	b.say(p)
	answer, ok := b.hear().(*pdu.SubmitSMResp)
	if !ok || !answer.IsOk() || answer.MessageID == "" {
		b.Fatalf("%+v", answer)
	}
	return answer.MessageID
}

// receipt waits for one and returns the number it is for and its words.
func (b bound) receipt() (id, text string) {
	b.Helper()
	p, ok := b.hear().(*pdu.DeliverSM)
	if !ok {
		b.Fatal("it is no receipt")
	}
	text, err := p.Message.GetMessage()
	if err != nil {
		b.Fatal(err)
	}
	field := p.OptionalParameters[pdu.TagReceiptedMessageID]
	b.say(p.GetResponse())
	return field.String(), text
}

func TestAReceiptComesWhenTheClockSaysSoToWhoeverListensThen(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	address := listen(t, smppOf(g))
	plan(t, s, "mine", world.ProviderSMS, fault.Fault{Kind: fault.Delay, Times: 1, By: time.Hour},
		fault.Fault{Kind: fault.Lose, Times: 1, Reason: fault.Unreachable}, fault.Fault{Kind: fault.Lose, Times: 1})
	sender := bind(t, address, "mine", pdu.Transmitter)
	late := sender.submit("09000001001", "late")
	failed := sender.submit("09000001001", "unreachable")
	sender.submit("09000001001", "lost, and nobody knows")

	listener := bind(t, address, "mine", pdu.Receiver) // after they were sent
	if id, text := listener.receipt(); id != failed || !strings.Contains(text, "stat:UNDELIV err:003") {
		t.Errorf("%s %q, want %s", id, text, failed)
	}
	_ = listener.Close() // it may not listen for ever
	advance(t, s, "mine", time.Hour)
	again := bind(t, address, "mine", pdu.Transceiver)
	id, text := again.receipt()
	if id != late || !strings.Contains(text, "stat:DELIVRD err:000") ||
		!strings.Contains(text, "submit date:2611241000 done date:2611241100") {
		t.Errorf("%s %q, want %s", id, text, late)
	}
}

func TestASystemOfNoWorldReachesWhoClaimedTheNumber(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	if _, err := s.Control().Claim(t.Context(), "mine", "090-0000-1001"); err != nil {
		t.Fatal(err)
	}
	any := bind(t, listen(t, smppOf(g)), world.AnyWorld, pdu.Transceiver)
	numbers := map[string]bool{}
	for to, name := range map[string]string{"09000001001": "mine", "09000001002": world.DefaultName} {
		id := any.submit(to, "for "+name)
		receipted, _ := any.receipt()
		if id != receipted || numbers[id] {
			t.Errorf("%s: receipt of %s for %s", name, receipted, id)
		}
		numbers[id] = true
		m, err := s.Snapshot(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		if found, ok := m.SMS.Latest(to, "", m.Now); !ok || found.Body != "for "+name || found.Account != world.AnyWorld {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

func TestALongMessageHasAReceiptForEachPart(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	b := bind(t, listen(t, smppOf(g)), "mine", pdu.Transceiver)
	var parts []string
	for i := range 2 {
		p := pdu.NewSubmitSM().(*pdu.SubmitSM)
		p.RegisteredDelivery, p.EsmClass = 1, data.SM_UDH_GSM
		if err := errors.Join(p.DestAddr.SetAddress("09000001001"), p.Message.SetMessageWithEncoding("部分。", data.UCS2)); err != nil {
			t.Fatal(err)
		}
		p.Message.SetUDH(pdu.UDH{pdu.NewIEConcatMessage(2, byte(i+1), 9)})
		b.say(p)
		parts = append(parts, b.hear().(*pdu.SubmitSMResp).MessageID)
	}
	for _, want := range parts {
		if id, _ := b.receipt(); id != want {
			t.Errorf("receipt of %s, want %s", id, want)
		}
	}
	if m, err := s.Snapshot(t.Context(), "mine"); err != nil || len(m.SMS.Messages) != 1 || m.SMS.Messages[0].Body != "部分。部分。" {
		t.Errorf("%+v %v", m.SMS.Messages, err)
	}
}
