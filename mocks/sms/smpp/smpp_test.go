package smpp_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"net"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/mocks/sms/smpp"
)

// gateway is a gateway that keeps what it is given.
type gateway struct {
	mu     sync.Mutex
	drafts []sms.Draft
	fails  error
}

func (d *gateway) Leave(string, smpp.Traffic) {}

func (d *gateway) Find(context.Context, string, string) (sms.Message, time.Time, bool, error) {
	return sms.Message{}, time.Time{}, false, nil
}

func (d *gateway) Cancel(context.Context, string, string, func(sms.Message) bool) error {
	return sms.ErrMessage
}

func (d *gateway) Replace(context.Context, string, string, func(sms.Message) (sms.Draft, error)) error {
	return sms.ErrMessage
}

func (d *gateway) Enter(systemID, _ string) error {
	if systemID == "nobody" {
		return errors.New("nobody may come in")
	}
	return nil
}

func (d *gateway) Submit(_ context.Context, _ string, drafts []sms.Draft) (taken []smpp.Taken) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, draft := range drafts {
		d.drafts = append(d.drafts, draft)
		taken = append(taken, smpp.Taken{ID: strconv.Itoa(len(d.drafts)), Err: d.fails})
	}
	return taken
}

func (d *gateway) Receipts(ctx context.Context, _ string, _ func([]smpp.Receipt) []smpp.Receipt) {
	<-ctx.Done()
}

// serve starts a server and returns its address.
func serve(t testing.TB, d *gateway, idle time.Duration, parts int) string {
	t.Helper()
	s := smpp.New(smpp.Config{Gateway: d, Machine: clock.Machine, Idle: idle, Parts: parts, Log: slog.New(slog.DiscardHandler)})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), <-done); err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// A line is a connection by hand.
type line struct {
	testing.TB
	net.Conn
}

func dial(t testing.TB, address string) line {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // it may be closed already
	return line{t, conn}
}

func (l line) say(p pdu.PDU) {
	l.Helper()
	b := pdu.NewBuffer(nil)
	p.Marshal(b)
	if _, err := l.Write(b.Bytes()); err != nil {
		l.Fatal(err)
	}
}

func (l line) hear() pdu.PDU {
	l.Helper()
	p, err := pdu.Parse(l.Conn)
	if err != nil {
		l.Fatal(err)
	}
	return p
}

func (l line) bind() line {
	l.Helper()
	b := pdu.NewBindRequest(pdu.Transmitter)
	b.SystemID = "mine"
	l.say(b)
	if p := l.hear(); !p.IsOk() {
		l.Fatalf("%+v", p)
	}
	return l
}

func message(t testing.TB, text string, enc data.Encoding) *pdu.SubmitSM {
	t.Helper()
	p := pdu.NewSubmitSM().(*pdu.SubmitSM)
	if err := errors.Join(p.DestAddr.SetAddress("09000001001"), p.Message.SetMessageWithEncoding(text, enc)); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestASenderIsNoLongerThanItsField: twenty characters (5.2.8), sixty-four in data_sm.
func TestASenderIsNoLongerThanItsField(t *testing.T) {
	l := dial(t, serve(t, &gateway{}, time.Minute, 10)).bind()
	for length, want := range map[int]data.CommandStatusType{
		0: data.ESME_ROK, 20: data.ESME_ROK, 21: data.ESME_RINVSRCADR, 5000: data.ESME_RINVSRCADR} {
		b := pdu.NewBuffer(nil)
		message(t, "hello", data.GSM7BIT).Marshal(b)
		const source = 16 + 1 + 2 // behind the header, an empty service_type, TON and NPI
		raw := slices.Insert(b.Bytes(), source, bytes.Repeat([]byte("5"), length)...)
		binary.BigEndian.PutUint32(raw, uint32(len(raw)))
		if _, err := l.Write(raw); err != nil {
			t.Fatal(err)
		}
		if got := l.hear().(*pdu.SubmitSMResp); got.CommandStatus != want {
			t.Errorf("a sender of %d: %v, want %v", length, got.CommandStatus, want)
		}
	}
}

func TestEachRefusalHasItsStatus(t *testing.T) {
	d := &gateway{}
	l := dial(t, serve(t, d, time.Minute, 10)).bind()
	for err, want := range map[error]data.CommandStatusType{nil: 0, fault.Fault{Kind: fault.Refuse}.Fails(): data.ESME_RTHROTTLED,
		sms.ErrFull: data.ESME_RMSGQFUL, sms.ErrRecipient: data.ESME_RINVDSTADR, sms.ErrBody: data.ESME_RINVMSGLEN,
		io.EOF: data.ESME_RSYSERR} {
		d.mu.Lock()
		d.fails = err
		d.mu.Unlock()
		p := message(t, "hello", data.GSM7BIT)
		l.say(p)
		got := l.hear().(*pdu.SubmitSMResp)
		if got.CommandStatus != want || got.SequenceNumber != p.SequenceNumber || (got.MessageID == "") != (err != nil) {
			t.Errorf("%v: %+v", err, got)
		}
	}
	d.mu.Lock()
	d.fails = fault.ErrTimeOut
	d.mu.Unlock()
	l.say(message(t, "no answer", data.GSM7BIT))
	l.say(pdu.NewEnquireLink())
	if _, ok := l.hear().(*pdu.EnquireLinkResp); !ok {
		t.Error("a planned time-out was answered, or stopped the connection")
	}
}

func TestPartsBeyondTheBoundAreRefused(t *testing.T) {
	d := &gateway{}
	l := dial(t, serve(t, d, time.Minute, 2)).bind()
	part := func(ref, total, num byte) data.CommandStatusType {
		p := message(t, "部分", data.UCS2)
		p.EsmClass = data.SM_UDH_GSM
		p.Message.SetUDH(pdu.UDH{pdu.NewIEConcatMessage(total, num, ref)})
		l.say(p)
		return l.hear().(*pdu.SubmitSMResp).CommandStatus
	}
	for i, tt := range []struct {
		ref, total, num byte
		want            data.CommandStatusType
	}{{1, 2, 2, 0}, {2, 2, 1, 0}, {3, 2, 1, data.ESME_RMSGQFUL}, {1, 2, 2, 0}, {9, 2, 3, data.ESME_RINVESMCLASS}} {
		if got := part(tt.ref, tt.total, tt.num); got != tt.want {
			t.Errorf("part %d: %v, want %v", i, got, tt.want)
		}
	}
	if len(d.drafts) != 0 {
		t.Errorf("%d messages although none is whole", len(d.drafts))
	}
}

func TestLongMessagesToTwoRecipientsUnderOneReferenceStayApart(t *testing.T) {
	d := &gateway{}
	l := dial(t, serve(t, d, time.Minute, 10)).bind()
	for _, p := range []struct {
		to, text string
		num      byte
	}{{"09000001001", "あ", 1}, {"08000001002", "か", 1}, {"08000001002", "き", 2}, {"09000001001", "い", 2}} {
		m := message(t, p.text, data.UCS2)
		m.EsmClass = data.SM_UDH_GSM
		m.Message.SetUDH(pdu.UDH{pdu.NewIEConcatMessage(2, p.num, 7)})
		if err := m.DestAddr.SetAddress(p.to); err != nil {
			t.Fatal(err)
		}
		l.say(m)
		l.hear()
	}
	got := map[string]string{}
	for _, draft := range d.drafts {
		got[draft.To] = draft.Body
	}
	if len(d.drafts) != 2 || got["09000001001"] != "あい" || got["08000001002"] != "かき" {
		t.Errorf("the messages are %v", got)
	}
}

func TestWhatIsNoPDUIsRefused(t *testing.T) {
	address := serve(t, &gateway{}, time.Minute, 10)
	for name, tt := range map[string]struct {
		length, command uint32
		rest            int
		ends            bool
		want            data.CommandStatusType
	}{
		"too long":        {1 << 30, 4, 0, true, data.ESME_RINVCMDLEN},
		"too short":       {8, 4, 0, true, data.ESME_RINVCMDLEN},
		"negative":        {1 << 31, 4, 0, true, data.ESME_RINVCMDLEN},
		"unknown command": {20, 0x77, 4, false, data.ESME_RINVCMDID},
		"rubbish":         {40, 4, 24, false, data.ESME_RSYSERR},
	} {
		l := dial(t, address).bind()
		var raw bytes.Buffer
		for _, v := range []uint32{tt.length, tt.command, 0, 99} {
			_ = binary.Write(&raw, binary.BigEndian, v) // a buffer takes everything
		}
		raw.Write(bytes.Repeat([]byte{0xff}, tt.rest))
		if _, err := l.Write(raw.Bytes()); err != nil {
			t.Fatal(err)
		}
		p, ok := l.hear().(*pdu.GenericNack)
		if !ok || p.CommandStatus != tt.want || p.SequenceNumber != 99 {
			t.Errorf("%s: %+v", name, p)
		}
		if !tt.ends {
			continue
		}
		if _, err := pdu.Parse(l.Conn); !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v, want the end", name, err)
		}
	}
}

func TestACommandThatIsNotModelledIsRefusedUnread(t *testing.T) {
	l := dial(t, serve(t, &gateway{}, time.Minute, 10)).bind()
	for name, command := range map[string]data.CommandIDType{"outbind": data.OUTBIND, "broadcast_sm": 0x111} {
		body := []byte{0, 0, 0, 0}
		raw := pdu.NewBuffer(nil)
		(&pdu.Header{CommandLength: int32(16 + len(body)), CommandID: command, SequenceNumber: 99}).Marshal(raw)
		if _, err := l.Write(append(raw.Bytes(), body...)); err != nil {
			t.Fatal(err)
		}
		p, ok := l.hear().(*pdu.GenericNack)
		if !ok || p.CommandStatus != data.ESME_RINVCMDID || p.SequenceNumber != 99 {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestASilentClientIsAskedAndThenCutOff(t *testing.T) {
	l := dial(t, serve(t, &gateway{}, 500*time.Millisecond, 10)).bind()
	if _, ok := l.hear().(*pdu.EnquireLink); !ok {
		t.Error("it was not asked")
	}
	if _, err := pdu.Parse(l.Conn); !errors.Is(err, io.EOF) {
		t.Errorf("%v, want the end", err)
	}
}

func TestAPDUThatDoesNotEndIsCutOff(t *testing.T) {
	address := serve(t, &gateway{}, 500*time.Millisecond, 10)
	for name, sent := range map[string][]byte{"half a header": {0, 0, 0}, "half a body": {0, 0, 0, 200, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 0}} {
		l := dial(t, address)
		if _, err := l.Write(sent); err != nil {
			t.Fatal(err)
		}
		if _, err := pdu.Parse(l.Conn); !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v, want the end", name, err)
		}
	}
	half := dial(t, address)
	if err := half.Conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if _, err := pdu.Parse(half.Conn); !errors.Is(err, io.EOF) {
		t.Errorf("half-closed: %v, want the end", err)
	}
}

func FuzzPDUsNeverFailUs(f *testing.F) {
	for _, p := range []pdu.PDU{message(f, "hello", data.GSM7BIT), message(f, "日本語", data.UCS2), pdu.NewEnquireLink(), pdu.NewUnbind(),
		pdu.NewDataSM(), pdu.NewSubmitMulti(),
		pdu.NewSubmitSM(), pdu.NewQuerySM(), pdu.NewCancelSM(), pdu.NewReplaceSM(), pdu.NewDeliverSMResp(),
		pdu.NewBindTransceiver(), pdu.NewOutbind(), pdu.NewGenericNack()} {
		b := pdu.NewBuffer(nil)
		p.Marshal(b)
		f.Add(b.Bytes())
		parameter := []byte{0x04, 0x24, 0, 2, 0, 'a'} // message_payload
		b.Write(parameter)
		binary.BigEndian.PutUint32(b.Bytes(), uint32(b.Len()))
		f.Add(b.Bytes())
	}
	d := &gateway{}
	log := &lines{}
	s := smpp.New(
		smpp.Config{Gateway: d, Machine: clock.Machine, Idle: time.Second, Parts: 10, Log: slog.New(slog.NewTextHandler(log, nil))},
	)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		f.Fatal(err)
	}
	go func() { _ = s.Serve(l) }() // ends with Close
	f.Cleanup(func() { _ = s.Close() })
	f.Fuzz(func(t *testing.T, raw []byte) {
		c := dial(t, l.Addr().String()).bind()
		_, _ = c.Write(raw)                                        // it may be cut off meanwhile
		_ = c.Conn.(*net.TCPConn).CloseWrite()                     // or already
		n, _ := io.Copy(io.Discard, io.LimitReader(c.Conn, 1<<20)) // it ends in either case
		if n >= 1<<20 {
			t.Error("there is no end to the answers")
		}
		_ = c.Close()
		if failed := log.take(); failed != "" {
			t.Error("the connection failed: ", failed)
		}
	})
}

// lines is where a log goes.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// take returns what was written since it was asked last.
func (l *lines) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.text.Reset()
	return l.text.String()
}
