package smpp_test

import (
	"testing"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"
)

func TestThePortOfAMessageIsTold(t *testing.T) {
	d := &gateway{}
	l := dial(t, serve(t, d, time.Minute, 10)).bind()
	concat := func(n byte) pdu.InfoElement { return pdu.NewIEConcatMessage(2, n, 9) }
	wide := pdu.InfoElement{ID: 0x05, Data: []byte{0x0B, 0x84, 0x23, 0xF0}}
	for name, tt := range map[string]struct {
		parts []pdu.UDH
		param []byte
		port  string
	}{
		"to nobody's port":             {[]pdu.UDH{nil}, nil, ""},
		"of 16 bits":                   {[]pdu.UDH{{wide}}, nil, "2948"},
		"of 8 bits":                    {[]pdu.UDH{{{ID: 0x04, Data: []byte{240, 241}}}}, nil, "240"},
		"cut short":                    {[]pdu.UDH{{{ID: 0x05, Data: []byte{0x0B, 0x84}}}}, nil, ""},
		"destination_port":             {[]pdu.UDH{nil}, []byte{0x13, 0x88}, "5000"},
		"of a long message":            {[]pdu.UDH{{wide, concat(1)}, {concat(2), wide}}, nil, "2948"},
		"of a long one that ends so":   {[]pdu.UDH{{concat(1)}, {concat(2), wide}}, nil, "2948"},
		"of a long one that begins so": {[]pdu.UDH{{wide, concat(1)}, {concat(2)}}, nil, "2948"},
	} {
		d.mu.Lock()
		d.drafts = nil
		d.mu.Unlock()
		for _, header := range tt.parts {
			p := message(t, "", data.GSM7BIT)
			if err := p.Message.SetMessageDataWithEncoding([]byte("\x01\x06482913"), data.BINARY8BIT2); err != nil {
				t.Fatal(err)
			}
			if header != nil {
				p.EsmClass = data.SM_UDH_GSM
				p.Message.SetUDH(header)
			}
			if tt.param != nil {
				p.RegisterOptionalParam(pdu.Field{Tag: pdu.TagDestinationPort, Data: tt.param})
			}
			l.say(p)
			if r, ok := l.hear().(*pdu.SubmitSMResp); !ok || r.CommandStatus != data.ESME_ROK {
				t.Fatalf("%s: %+v", name, r)
			}
		}
		if len(d.drafts) != 1 || d.drafts[0].Port != tt.port || !d.drafts[0].Binary {
			t.Errorf("%s: %+v, want port %q", name, d.drafts, tt.port)
		}
	}
}
