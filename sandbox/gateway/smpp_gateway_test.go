package gateway_test

import (
	"crypto/tls"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/mocks/sms"
)

func (b bound) submitWith(change func(*pdu.SubmitSM)) *pdu.SubmitSMResp {
	b.Helper()
	p := pdu.NewSubmitSM().(*pdu.SubmitSM)
	for _, err := range []error{p.SourceAddr.SetAddress("SAISON"), p.DestAddr.SetAddress("09000001001"),
		p.Message.SetMessageWithEncoding("hello", data.GSM7BIT)} {
		if err != nil {
			b.Fatal(err)
		}
	}
	change(p)
	b.say(p)
	got, ok := b.hear().(*pdu.SubmitSMResp)
	if !ok {
		b.Fatal("no submit_sm_resp")
	}
	return got
}

func (b bound) query(id string) *pdu.QuerySMResp {
	b.Helper()
	p := pdu.NewQuerySM().(*pdu.QuerySM)
	p.MessageID = id
	p.SetSequenceNumber(77)
	b.say(p)
	return b.hear().(*pdu.QuerySMResp)
}

func TestAMessageOfSMPPIsHeldAskedForTakenBackAndReplaced(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	b := bind(t, listen(t, smppOf(g)), "mine", pdu.Transmitter)
	hourly := func(p *pdu.SubmitSM) {
		p.ScheduleDeliveryTime, p.ValidityPeriod = "000000010000000R", "000000020000000R"
	}
	one, two := b.submitWith(hourly), b.submitWith(hourly)
	for text, want := range map[string]data.CommandStatusType{"garbage": data.ESME_RINVSCHED, "200101000000000+": data.ESME_RINVSCHED} {
		if got := b.submitWith(func(p *pdu.SubmitSM) { p.ScheduleDeliveryTime = text }); got.CommandStatus != want {
			t.Errorf("schedule_delivery_time %q: %v", text, got.CommandStatus)
		}
	}
	if got := b.submitWith(func(p *pdu.SubmitSM) { p.ValidityPeriod = "200101000000000+" }); got.CommandStatus != data.ESME_RINVEXPIRY {
		t.Errorf("a validity_period that is over: %v", got.CommandStatus)
	}
	now := b.submitWith(func(*pdu.SubmitSM) {})
	if q := b.query(one.MessageID); q.MessageState != 6 || q.FinalDate != "" {
		t.Errorf("before its time: %+v", q)
	}
	if q := b.query(now.MessageID); q.MessageState != 2 || !strings.HasPrefix(q.FinalDate, "2611241000") {
		t.Errorf("delivered: %+v", q)
	}
	if q := b.query("nothing"); q.CommandStatus != data.ESME_RINVMSGID {
		t.Errorf("of nothing: %v", q.CommandStatus)
	}
	cancel := func(id, from string) data.CommandStatusType {
		p := pdu.NewCancelSM().(*pdu.CancelSM)
		p.MessageID = id
		if err := p.SourceAddr.SetAddress(from); err != nil {
			t.Fatal(err)
		}
		b.say(p)
		return b.hear().(*pdu.CancelSMResp).CommandStatus
	}
	replace := func(id, text string) data.CommandStatusType {
		p := pdu.NewReplaceSM().(*pdu.ReplaceSM)
		p.MessageID = id
		if err := p.Message.SetMessageWithEncoding(text, data.GSM7BIT); err != nil {
			t.Fatal(err)
		}
		b.say(p)
		return b.hear().(*pdu.ReplaceSMResp).CommandStatus
	}
	got := []data.CommandStatusType{
		cancel(one.MessageID, "OTHER"),
		cancel(one.MessageID, "SAISON"),
		cancel(one.MessageID, ""),
		cancel(now.MessageID, ""),
		replace(two.MessageID, "new"),
		replace(now.MessageID, "new"),
		replace("nothing", "new"),
	}
	want := []data.CommandStatusType{
		data.ESME_RINVMSGID,
		data.ESME_ROK,
		data.ESME_RCANCELFAIL,
		data.ESME_RCANCELFAIL,
		data.ESME_ROK,
		data.ESME_RREPLACEFAIL,
		data.ESME_RINVMSGID,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if q := b.query(one.MessageID); q.MessageState != 4 {
		t.Errorf("taken back: %+v", q)
	}
	advance(t, s, "mine", time.Hour)
	m, err := s.Snapshot(t.Context(), "mine")
	if err != nil {
		t.Fatal(err)
	}
	var bodies []string
	for _, m := range m.SMS.List("", m.Now) {
		bodies = append(bodies, m.Body)
	}
	if diff := cmp.Diff([]string{"hello", "new"}, bodies); diff != "" {
		t.Errorf("on the phone (-want +got):\n%s", diff)
	}
}

func TestAMessageToManyAndDataSM(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	b := bind(t, listen(t, smppOf(g)), "mine", pdu.Transceiver)
	multi := pdu.NewSubmitMulti().(*pdu.SubmitMulti)
	multi.RegisteredDelivery = 1
	for _, number := range []string{"09000001001", "nobody", "09000001002"} {
		a, err := pdu.NewAddressWithAddr(number)
		if err != nil {
			t.Fatal(err)
		}
		d := pdu.NewDestinationAddress()
		d.SetAddress(a)
		multi.DestAddrs.Add(d)
	}
	if err := multi.Message.SetMessageWithEncoding("認証", data.UCS2); err != nil {
		t.Fatal(err)
	}
	b.say(multi)
	got := b.hear().(*pdu.SubmitMultiResp)
	if bad := got.UnsuccessSMEs.Get(); got.CommandStatus != 0 || got.MessageID == "" || len(bad) != 1 ||
		bad[0].Address.Address() != "nobody" ||
		bad[0].ErrorStatusCode() != data.ESME_RINVDSTADR {
		t.Errorf("%+v", got)
	}
	for range 2 {
		receipt := b.hear().(*pdu.DeliverSM)
		b.say(receipt.GetResponse())
		if text, _ := receipt.Message.GetMessage(); !strings.Contains(text, "id:"+got.MessageID+" ") ||
			!strings.Contains(text, "stat:DELIVRD") {
			t.Errorf("a receipt: %s", text)
		}
	}
	if q := b.query(got.MessageID); q.MessageState != 2 {
		t.Errorf("%+v", q)
	}
	list := pdu.NewSubmitMulti().(*pdu.SubmitMulti)
	d := pdu.NewDestinationAddress()
	dl, err := pdu.NewDistributionList("everybody")
	if err != nil {
		t.Fatal(err)
	}
	d.SetDistributionList(dl)
	list.DestAddrs.Add(d)
	b.say(list)
	if got := b.hear().(*pdu.SubmitMultiResp); got.CommandStatus != data.ESME_RINVDLNAME {
		t.Errorf("a distribution list: %v", got.CommandStatus)
	}
	dat := pdu.NewDataSM().(*pdu.DataSM)
	if err := dat.DestAddr.SetAddress("819000001003"); err != nil {
		t.Fatal(err)
	}
	dat.DestAddr.SetTon(1)
	dat.DataCoding = 0x18
	b.say(dat)
	if got := b.hear().(*pdu.DataSMResp); got.CommandStatus != data.ESME_RMISSINGOPTPARAM {
		t.Errorf("data_sm without its text: %v", got.CommandStatus)
	}
	dat.RegisterOptionalParam(pdu.Field{Tag: pdu.TagMessagePayload, Data: []byte{0x8a, 0x8d, 0x8a, 0x3c}})
	b.say(dat)
	if got := b.hear().(*pdu.DataSMResp); got.CommandStatus != 0 || got.MessageID == "" {
		t.Errorf("data_sm: %+v", got)
	}
	m, err := s.Snapshot(t.Context(), "mine")
	if err != nil {
		t.Fatal(err)
	}
	flash := m.SMS.List("090-0000-1003", m.Now)
	if len(flash) != 1 || flash[0].Body != "認証" || flash[0].Class != "0" {
		t.Errorf("%+v", flash)
	}
}

// TestPartsComeInAnyOrderAndEachHasItsReceipt sends the third part first.
func TestPartsComeInAnyOrderAndEachHasItsReceipt(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	b := bind(t, listen(t, smppOf(g)), "mine", pdu.Transceiver)
	ids := map[string]bool{}
	texts := []string{"一番", "二番", "三番"}
	for _, i := range []int{2, 0, 1} {
		got := b.submitWith(func(p *pdu.SubmitSM) {
			p.RegisteredDelivery, p.EsmClass = 1, data.SM_UDH_GSM
			if err := p.Message.SetMessageWithEncoding(texts[i], data.UCS2); err != nil {
				t.Fatal(err)
			}
			p.Message.SetUDH(pdu.UDH{pdu.NewIEConcatMessage(3, byte(i+1), 9)})
			p.RegisterOptionalParam(pdu.Field{Tag: pdu.TagUserMessageReference, Data: []byte{0, 7}})
		})
		ids[got.MessageID] = true
	}
	for range 3 {
		r := b.hear().(*pdu.DeliverSM)
		b.say(r.GetResponse())
		text, _ := r.Message.GetMessage()
		id, _, _ := strings.Cut(strings.TrimPrefix(text, "id:"), " ")
		if !ids[id] {
			t.Errorf("a receipt of no part, or twice: %s", text)
		}
		delete(ids, id)
		if ref := r.OptionalParameters[pdu.TagUserMessageReference].Data; string(ref) != "\x00\x07" {
			t.Errorf("user_message_reference %x", ref)
		}
	}
	m, err := s.Snapshot(t.Context(), "mine")
	if err != nil {
		t.Fatal(err)
	}
	if all := m.SMS.List("", m.Now); len(all) != 1 || all[0].Body != "一番二番三番" {
		t.Errorf("%+v", all)
	}
}

func TestAWorldMayTakeIA5ForTheDefaultAlphabet(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	b := bind(t, listen(t, smppOf(g)), "mine", pdu.Transmitter)
	say := func() {
		if got := b.submitWith(func(p *pdu.SubmitSM) {
			if err := p.Message.SetMessageDataWithEncoding([]byte("a@b [ok]"), data.ASCII); err != nil {
				t.Fatal(err)
			}
		}); got.CommandStatus != 0 {
			t.Fatal(got.CommandStatus)
		}
	}
	say()
	if err := s.Providers().ChangeSMS(t.Context(), "mine", func(b *sms.Box, _ time.Time) error { b.IA5IsGSM = true; return nil }); err != nil {
		t.Fatal(err)
	}
	say()
	m, err := s.Snapshot(t.Context(), "mine")
	if all := m.SMS.List("", m.Now); err != nil || len(all) != 2 || all[0].Body != "a@b [ok]" || all[1].Body != "a¡b ÄokÑ" {
		t.Errorf("%+v %v", all, err)
	}
}

func TestSMPPWithTLSAndOlderVersions(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	address := listen(t, smppOf(g))
	conn, err := tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	plain, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	for name, c := range map[string]net.Conn{"TLS": conn, "none": plain} {
		b := bound{t, c}
		p := pdu.NewBindRequest(pdu.Transceiver)
		p.SystemID, p.InterfaceVersion = "mine", 0x33
		b.say(p)
		got := b.hear().(*pdu.BindResp)
		if !got.IsOk() || len(got.OptionalParameters) != 0 { // it knows none
			t.Errorf("%s, version 3.3: %+v", name, got)
		}
		b.submitWith(func(p *pdu.SubmitSM) { p.RegisteredDelivery = 1 })
		if r := b.hear().(*pdu.DeliverSM); len(r.OptionalParameters) != 0 {
			t.Errorf("%s, a receipt: %+v", name, r.OptionalParameters)
		}
	}
}
