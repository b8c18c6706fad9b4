package clients_test

import (
	"net"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/linxGnu/gosmpp"
	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/client"
	"example.com/netanswer/test/sandboxtest"
)

type smppReport struct {
	Unbound, Bound, Again, Refused int
	Statuses                       []int
	IDs                            int
	Window                         bool
	Bad, Empty, Alive, Query, Bye  int
	Receipts                       []smppReceipt
}

type smppReceipt struct {
	Of         string
	State, Esm int
	Stat       string
	ID         bool
}

func TestNpmSMPP(t *testing.T) {
	t.Parallel()
	s, controls := sandboxtest.Controlled(t)
	_, port, err := net.SplitHostPort(s.SMPP)
	if err != nil {
		t.Fatal(err)
	}
	var got smppReport
	node(t, "smpp.mjs", map[string]string{"port": port, "system": "npm", "to": "819000001001"}, &got)
	want := smppReport{Unbound: 4, Again: 5, Refused: 15, Statuses: make([]int, 9), IDs: 109, Window: true, Bad: 0x0B, Empty: 0x01,
		Receipts: []smppReceipt{{"japanese", 2, 4, "DELIVRD 000", true}, {"landline", 5, 4, "UNDELIV 006", true}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the client saw (-want +got):\n%s", diff)
	}
	found, err := controls.SMS(t.Context(), "npm", "090-0000-1001")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]client.SMS{}
	for _, m := range found {
		texts[m.Body] = m
	}
	for body, want := range map[string]int{"【テスト】パスコード 123456": 1, "Hello {world} €5": 1, "一つ目、二つ目、三つ目。": 1, "UDH one, UDH two": 1} {
		if m, ok := texts[body]; !ok || m.Segments != want {
			t.Errorf("%q: %+v", body, m)
		}
	}
	if i := slices.IndexFunc(found, func(m client.SMS) bool { return m.Segments == 2 && len([]rune(m.Body)) == 120 }); i < 0 {
		t.Error("the payload did not arrive whole")
	}
	if len(found) != 105 {
		t.Errorf("%d messages", len(found))
	}
}

func TestGosmppsClient(t *testing.T) {
	t.Parallel()
	s, controls := sandboxtest.Controlled(t)
	if err := controls.Claim(t.Context(), "gosmpp", "090-0000-1001"); err != nil {
		t.Fatal(err)
	}
	if err := controls.PlanFaults(t.Context(), "gosmpp", client.ProviderSMS, client.Fault{Kind: "refuse"}); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	statuses := map[data.CommandStatusType]int{}
	done, receipt := make(chan struct{}), make(chan string, 10)
	session, err := gosmpp.NewSession(
		gosmpp.TRXConnector(gosmpp.NonTLSDialer, gosmpp.Auth{SMSC: s.SMPP, SystemID: "netanswer", Password: "x"}),
		gosmpp.Settings{
			EnquireLink: time.Second, ReadTimeout: 5 * time.Second,
			OnAllPDU: func(p pdu.PDU) (pdu.PDU, bool) {
				switch p := p.(type) {
				case *pdu.SubmitSMResp:
					mu.Lock()
					defer mu.Unlock()
					if statuses[p.CommandStatus]++; statuses[data.ESME_ROK] == 3 {
						close(done)
					}
				case *pdu.DeliverSM:
					text, _ := p.Message.GetMessage() // an empty one fails below
					receipt <- text
					return p.GetResponse(), false
				}
				return nil, false
			},
		},
		-1,
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() }) // the sandbox ends anyway
	submit := func(text string, registered byte) {
		t.Helper()
		p := pdu.NewSubmitSM().(*pdu.SubmitSM)
		if err := p.DestAddr.SetAddress("09000001001"); err != nil {
			t.Fatal(err)
		}
		p.RegisteredDelivery = registered
		if err := p.Message.SetLongMessageWithEnc(text, data.UCS2); err != nil {
			t.Fatal(err)
		}
		parts, err := p.Split()
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range parts {
			part.AssignSequenceNumber()
			if err := session.Transceiver().Submit(part); err != nil {
				t.Fatal(err)
			}
		}
	}
	long := ""
	for i := range 30 {
		long += "番号" + strconv.Itoa(i) + "。"
	}
	submit("断られる", 0)
	submit("届く", 1)
	submit(long, 0)
	<-done
	mu.Lock()
	if statuses[data.ESME_RTHROTTLED] != 1 {
		t.Errorf("answers %v, want one throttled", statuses)
	}
	mu.Unlock()
	if text := <-receipt; len(text) < 40 || text[:3] != "id:" {
		t.Errorf("receipt %q", text)
	}
	found, err := controls.SMS(t.Context(), "gosmpp", "")
	if err != nil || len(found) != 2 || found[0].Body != "届く" || found[1].Body != long {
		t.Errorf("on the phone: %+v %v", found, err)
	}
}
