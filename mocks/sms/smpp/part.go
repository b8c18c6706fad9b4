package smpp

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"
)

// A piece is what one PDU, or several joined, bring of a message.
type piece struct {
	text       []byte
	coding     alphabet
	key        partKey
	total, num int // of a long message; total 0 or 1 of a whole one
	id         string
	ids        []string // of the parts it was joined from
	port       string   // of the application that it is for, "" for none
}

// A partKey tells the parts of one long message from those of others.
type partKey struct {
	from, to       string
	ref, total, by int
}

// How a long message is cut: by user data header with a reference of 8 or of 16
// bits, or by sar_ parameters.
const (
	byHeader = iota
	byWideHeader
	bySAR
)

// The information elements that are read beside those of 8 bits (3GPP TS 23.040,
// 9.2.3.24): a reference of 16 bits, and the ports of applications, of 8 and 16.
const (
	wideConcat = 0x08
	port       = 0x04
	widePort   = 0x05
)

// read takes the text and its place in a long message out of what came in.
func (in incoming) read() (piece, data.CommandStatusType) {
	alphabet, _ := coded(in.coding)
	out := piece{text: in.text, coding: alphabet}
	header := in.header
	if payload, ok := in.params[pdu.TagMessagePayload]; ok {
		if len(in.text) > 0 {
			return piece{}, data.ESME_RSUBMITFAIL // one or the other
		}
		out.text = payload.Data
		if in.class&data.SM_UDH_GSM != 0 {
			var inside pdu.UDH
			read, err := inside.UnmarshalBinary(payload.Data)
			if err != nil || read > len(payload.Data) {
				return piece{}, data.ESME_RINVESMCLASS
			}
			header, out.text = inside, payload.Data[read:]
		}
	} else if in.command == data.DATA_SM {
		return piece{}, data.ESME_RMISSINGOPTPARAM
	}
	if out.coding == unknown {
		return piece{}, data.ESME_RSUBMITFAIL
	}
	out.key = partKey{from: in.from.Address(), to: in.to[0].Address()}
	out.place(header, in.params)
	out.port = portOf(header, in.params)
	if out.total > 1 && (out.num < 1 || out.num > out.total) {
		return piece{}, data.ESME_RINVESMCLASS
	}
	return out, data.ESME_ROK
}

// place reads where in a long message the piece belongs.
func (p *piece) place(header pdu.UDH, params map[pdu.Tag]pdu.Field) {
	if total, num, ref, ok := header.GetConcatInfo(); ok {
		p.total, p.num, p.key.ref, p.key.by = int(total), int(num), int(ref), byHeader
	} else if e, ok := header.FindInfoElement(wideConcat); ok && len(e.Data) == 4 {
		p.total, p.num, p.key.ref, p.key.by = int(e.Data[2]), int(e.Data[3]), int(binary.BigEndian.Uint16(e.Data)), byWideHeader
	} else if total := params[pdu.TagSarTotalSegments].Data; len(total) == 1 {
		ref, num := params[pdu.TagSarMsgRefNum].Data, params[pdu.TagSarSegmentSeqnum].Data
		if len(ref) == 2 && len(num) == 1 {
			p.total, p.num, p.key.ref, p.key.by = int(total[0]), int(num[0]), int(binary.BigEndian.Uint16(ref)), bySAR
		}
	}
	p.key.total = p.total
}

// portOf is the port that a message is for: the first of an element, or that of
// destination_port (SMPP 3.4, 5.3.2.21).
func portOf(header pdu.UDH, params map[pdu.Tag]pdu.Field) string {
	number := params[pdu.TagDestinationPort].Data
	if e, ok := header.FindInfoElement(widePort); ok && len(e.Data) == 4 {
		number = e.Data[:2]
	} else if e, ok := header.FindInfoElement(port); ok && len(e.Data) == 2 {
		number = []byte{0, e.Data[0]}
	}
	if len(number) != 2 {
		return ""
	}
	return strconv.Itoa(int(binary.BigEndian.Uint16(number)))
}

// parts are the parts of long messages that are not whole yet, at most so many.
type parts struct {
	most  int
	held  int
	begun map[partKey][]piece
}

// add keeps a part. With the last one to come, the message is done, and whole.
func (p *parts) add(part piece) (whole piece, done bool, status data.CommandStatusType) {
	held := p.begun[part.key]
	same := slices.IndexFunc(held, func(h piece) bool { return h.num == part.num })
	switch {
	case same >= 0:
		held[same] = part // sent again
	case p.held >= p.most:
		return piece{}, false, data.ESME_RMSGQFUL
	default:
		held = append(held, part)
		p.held++
	}
	if len(held) < part.total {
		if p.begun == nil {
			p.begun = map[partKey][]piece{}
		}
		p.begun[part.key] = held
		return piece{}, false, data.ESME_ROK
	}
	delete(p.begun, part.key)
	p.held -= len(held)
	slices.SortFunc(held, func(a, b piece) int { return a.num - b.num })
	whole = piece{coding: part.coding, total: part.total}
	for _, h := range held {
		whole.text = append(whole.text, h.text...)
		whole.ids, whole.port = append(whole.ids, h.id), cmp.Or(whole.port, h.port)
	}
	return whole, true, data.ESME_ROK
}
