package sip

import (
	"bytes"
	"errors"
	"net"

	wire "github.com/emiago/sipgo/sip"

	"example.com/netanswer/mocks/listener"
)

// oversized is a packet connection that answers a request longer than it may be
// with 513, where it can be read, and hands it to nobody. It reads on after an
// error, until it is closed.
type oversized struct {
	net.PacketConn
	most int
}

// ReadFrom implements net.PacketConn. Headers come unfolded.
func (o oversized) ReadFrom(p []byte) (int, net.Addr, error) {
	again := listener.Backoff{}
	for {
		n, from, err := o.PacketConn.ReadFrom(p)
		if err != nil && !errors.Is(err, net.ErrClosed) {
			again.Wait(nil)
			continue
		}
		if err != nil {
			return n, from, err
		}
		if n <= o.most {
			return unfolded(p[:n]), from, nil
		}
		if answer := tooLarge(p[:n]); answer != nil {
			_, _ = o.WriteTo(answer, from) // it can be lost on its way as well
		}
	}
}

// tooLarge is the answer to a request that is too large; nil where nobody waits
// for one, or its headers cannot be read.
func tooLarge(packet []byte) []byte {
	head, _, ok := bytes.Cut(packet, []byte("\r\n\r\n"))
	if !ok {
		return nil
	}
	q, ok := parsed(head).(*wire.Request)
	if !ok || q.SipVersion != "SIP/2.0" || q.IsAck() || q.Via() == nil || q.From() == nil || q.To() == nil || q.CallID() == nil ||
		q.CSeq() == nil {
		return nil
	}
	return []byte(wire.NewResponseFromRequest(q, 513, "Message Too Large", nil).String())
}

// parsed is a message of headers only, whatever length they name of a body.
func parsed(head []byte) wire.Message {
	var without []byte
	for line := range bytes.Lines(head) {
		name, _, _ := bytes.Cut(line, []byte(":"))
		if name := bytes.ToLower(bytes.TrimSpace(name)); string(name) != "content-length" && string(name) != "l" {
			without = append(without, line...)
		}
	}
	m, err := wire.ParseMessage(append(bytes.TrimRight(without, "\r\n"), "\r\nContent-Length: 0\r\n\r\n"...))
	if err != nil {
		return nil
	}
	return m
}
