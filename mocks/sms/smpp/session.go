package smpp

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"sync"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/mocks/sms"
)

// A session is one connection.
type session struct {
	server *Server
	conn   net.Conn
	in     *bufio.Reader

	bound    bool
	may      pdu.BindingType
	systemID string
	old      bool // it speaks SMPP 3.3
	traffic  Traffic
	parts    parts
	waiting  []submission // taken from the wire and not yet answered
	receipts sync.WaitGroup

	// order keeps the receipt of a message behind the response to it.
	order sync.Mutex

	mu      sync.Mutex // of all below
	out     *bufio.Writer
	flights []flight
}

// maxBatch is how many submissions are handed to the gateway at once.
const maxBatch = 64

const headerLen = 16

func newSession(s *Server, conn net.Conn) *session {
	return &session{server: s, conn: conn, in: bufio.NewReaderSize(conn, 32<<10), out: bufio.NewWriterSize(conn, 32<<10),
		parts: parts{most: s.Parts}}
}

// run serves the connection to its end.
func (n *session) run(ctx context.Context) {
	for {
		header, err := n.header()
		if err != nil {
			return
		}
		if header.CommandLength < headerLen || header.CommandLength > maxPDU {
			_ = n.nack(header, data.ESME_RINVCMDLEN) // the connection is cut in any case
			n.flush()
			return
		}
		if err := n.arriving(); err != nil {
			return
		}
		raw := make([]byte, header.CommandLength)
		if _, err := io.ReadFull(n.in, raw); err != nil {
			return
		}
		if !n.handle(ctx, header, raw) {
			n.submitted(ctx)
			n.flush()
			return
		}
		if n.in.Buffered() < headerLen || len(n.waiting) >= maxBatch {
			n.submitted(ctx)
			if n.in.Buffered() < headerLen && !n.flush() {
				return
			}
		}
	}
}

// arriving gives what is on its way the time it may take.
func (n *session) arriving() error {
	return n.conn.SetReadDeadline(n.server.Machine().Add(n.server.Idle))
}

// header waits for the header of the next PDU and leaves it unread. A client
// that is silent is asked once whether it is there.
func (n *session) header() (h pdu.Header, err error) {
	for asked := false; ; {
		if n.in.Buffered() < headerLen {
			if err := n.arriving(); err != nil {
				return h, err
			}
		}
		raw, err := n.in.Peek(headerLen)
		if err == nil {
			return pdu.ParseHeader([headerLen]byte(raw)), nil
		}
		silent := errors.Is(err, os.ErrDeadlineExceeded) && len(raw) == 0
		if !silent || asked || !n.bound {
			return h, err
		}
		asked = true
		if n.send(pdu.NewEnquireLink()) != nil || !n.flush() {
			return h, err
		}
	}
}

// handle carries out one PDU. It tells false where the connection is to end.
func (n *session) handle(ctx context.Context, header pdu.Header, raw []byte) bool {
	p := modelled(header.CommandID)
	switch {
	case p != nil:
	case header.CommandID&respond != 0:
		return true // the answer to an enquire_link of ours
	default:
		return n.nack(header, data.ESME_RINVCMDID) == nil
	}
	if err := p.Unmarshal(pdu.NewBuffer(raw)); err != nil {
		return n.nack(header, data.ESME_RSYSERR) == nil
	}
	switch p := p.(type) {
	case *pdu.SubmitSM, *pdu.SubmitMulti, *pdu.DataSM:
		n.submit(incomingOf(p, raw))
		return true
	case *pdu.QuerySM:
		n.submitted(ctx)
		return n.query(ctx, p) == nil
	case *pdu.CancelSM:
		n.submitted(ctx)
		return n.cancel(ctx, p) == nil
	case *pdu.ReplaceSM:
		n.submitted(ctx)
		return n.replace(ctx, p) == nil
	case *pdu.BindRequest:
		n.submitted(ctx)
		return n.bind(ctx, p) == nil
	case *pdu.EnquireLink:
		n.submitted(ctx) // answers keep the order of the questions
		return n.send(p.GetResponse()) == nil
	case *pdu.DeliverSMResp:
		n.acknowledge(p.GetSequenceNumber())
		return true
	case *pdu.Unbind:
		n.submitted(ctx)
		_ = n.send(p.GetResponse()) // the connection ends in any case
		return false
	}
	return true
}

// modelled is an empty PDU of a command that is carried out, or nil. What is not
// carried out is not decoded.
func modelled(command data.CommandIDType) pdu.PDU {
	switch command {
	case data.SUBMIT_SM:
		return pdu.NewSubmitSM()
	case data.SUBMIT_MULTI:
		return pdu.NewSubmitMulti()
	case data.DATA_SM:
		return pdu.NewDataSM()
	case data.QUERY_SM:
		p := pdu.NewQuerySM().(*pdu.QuerySM)
		p.OptionalParameters = map[pdu.Tag]pdu.Field{} // the library forgets it
		return p
	case data.CANCEL_SM:
		return pdu.NewCancelSM()
	case data.REPLACE_SM:
		return pdu.NewReplaceSM()
	case data.BIND_TRANSMITTER:
		return pdu.NewBindTransmitter()
	case data.BIND_RECEIVER:
		return pdu.NewBindReceiver()
	case data.BIND_TRANSCEIVER:
		return pdu.NewBindTransceiver()
	case data.ENQUIRE_LINK:
		return pdu.NewEnquireLink()
	case data.DELIVER_SM_RESP:
		return pdu.NewDeliverSMResp()
	case data.UNBIND:
		return pdu.NewUnbind()
	}
	return nil
}

// respond is the bit of a command_id that makes it a response.
const respond = -1 << 31

// bind is a bind_transmitter, bind_receiver or bind_transceiver.
func (n *session) bind(ctx context.Context, p *pdu.BindRequest) error {
	answer := pdu.NewBindResp(*p)
	answer.SystemID = "netanswer"
	switch {
	case n.bound:
		answer.CommandStatus = data.ESME_RALYBND
	case len(p.SystemID) > maxSystemID || n.server.Gateway.Enter(p.SystemID, kinds[p.BindingType]) != nil:
		answer.CommandStatus = data.ESME_RINVSYSID
	default:
		n.bound, n.may, n.systemID = true, p.BindingType, p.SystemID
		if n.old = p.InterfaceVersion < data.SMPP_V34; n.old { // it knows no optional parameters (3.4, 2.8)
			break
		}
		answer.RegisterOptionalParam(pdu.Field{Tag: interfaceVersion, Data: []byte{data.SMPP_V34}})
	}
	if answer.CommandStatus != data.ESME_ROK && p.BindingType != pdu.Transceiver {
		return n.bare(answer.Header)
	}
	if err := n.send(answer); err != nil || answer.CommandStatus != data.ESME_ROK {
		return err
	}
	if n.may != pdu.Transmitter {
		n.flush()
		n.receipts.Go(func() {
			n.server.Gateway.Receipts(ctx, n.systemID, func(all []Receipt) []Receipt { return n.deliver(ctx, all) })
		})
	}
	return nil
}

// maxSystemID is how long a system_id may be, without its end (5.2.1).
const maxSystemID = 15

// kinds are the names of the requests to bind.
var kinds = map[pdu.BindingType]string{
	pdu.Transmitter: "bind_transmitter",
	pdu.Receiver:    "bind_receiver",
	pdu.Transceiver: "bind_transceiver",
}

// interfaceVersion is sc_interface_version.
const interfaceVersion pdu.Tag = 0x0210

// nack refuses a PDU that cannot be answered in its own kind.
func (n *session) nack(h pdu.Header, status data.CommandStatusType) error {
	p := pdu.NewGenericNack().(*pdu.GenericNack)
	p.CommandStatus = status
	p.SetSequenceNumber(h.SequenceNumber)
	return n.send(p)
}

// bare sends a refusal without a body, as some clients want it of a bind_transmitter
// and bind_receiver, though not of a bind_transceiver.
func (n *session) bare(h pdu.Header) error {
	h.CommandLength = headerLen
	b := pdu.NewBuffer(nil)
	h.Marshal(b)
	return n.write(b)
}

// send puts a PDU into the buffer of what goes out.
func (n *session) send(p pdu.PDU) error {
	b := pdu.NewBuffer(nil)
	p.Marshal(b)
	return n.write(b)
}

func (n *session) write(b *pdu.ByteBuffer) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.out.Available() < b.Len() {
		if err := n.conn.SetWriteDeadline(n.server.Machine().Add(n.server.Idle)); err != nil {
			return err
		}
	}
	_, err := n.out.Write(b.Bytes())
	return err
}

// flush sends what is in the buffer; false where the client is gone, or does
// not read.
func (n *session) flush() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.conn.SetWriteDeadline(n.server.Machine().Add(n.server.Idle)) == nil && n.out.Flush() == nil
}

// submitted hands what is waiting to the gateway, and answers it in order.
func (n *session) submitted(ctx context.Context) {
	if len(n.waiting) == 0 {
		return
	}
	var drafts []sms.Draft
	for _, w := range n.waiting {
		drafts = append(drafts, w.drafts...)
	}
	n.order.Lock()
	defer n.order.Unlock()
	taken := n.server.Gateway.Submit(ctx, n.systemID, drafts)
	for _, w := range n.waiting {
		n.answer(w, taken[:len(w.drafts)])
		taken = taken[len(w.drafts):]
	}
	n.waiting = n.waiting[:0]
}
