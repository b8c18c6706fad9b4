package gateway_test

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"testing"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"
)

// smppLine is a bound connection, as lean as a client can be, so that what is
// measured is the server's work.
func smppLine(b *testing.B, address, system string) (net.Conn, *bufio.Reader) {
	b.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.Close() }) // the benchmark is over
	bind := pdu.NewBindRequest(pdu.Transmitter)
	bind.SystemID = system
	buf := pdu.NewBuffer(nil)
	bind.Marshal(buf)
	if _, err := conn.Write(buf.Bytes()); err != nil {
		b.Fatal(err)
	}
	in := bufio.NewReaderSize(conn, 64<<10)
	if p, err := pdu.Parse(in); err != nil || !p.IsOk() {
		b.Fatalf("%+v %v", p, err)
	}
	return conn, in
}

// BenchmarkSMPP submits Japanese messages, each decoded, stored and to be found,
// with so many requests under way at once. A world is made anew before it is full.
func BenchmarkSMPP(b *testing.B) {
	for _, window := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("window=%d", window), func(b *testing.B) {
			s, g := open(b)
			server := g.SMPP(tls.Certificate{})
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				b.Fatal(err)
			}
			go func() { _ = server.Serve(l) }() // ends with Close
			b.Cleanup(func() { _ = server.Close() })
			p := pdu.NewSubmitSM().(*pdu.SubmitSM)
			if err := p.DestAddr.SetAddress("09000001001"); err != nil {
				b.Fatal(err)
			}
			if err := p.Message.SetMessageWithEncoding("パスコード 012345\nご利用のサービスに入力して手続きを進めてください。", data.UCS2); err != nil {
				b.Fatal(err)
			}
			raw := pdu.NewBuffer(nil)
			p.Marshal(raw)
			answer := make([]byte, 16)
			name, in := "", (*bufio.Reader)(nil)
			var conn net.Conn
			b.ReportAllocs()
			b.ResetTimer()
			for sent, answered := 0, 0; answered < b.N; {
				if per := s.Bounds().Messages - 1000; sent == answered && (conn == nil || sent/per != (sent-1)/per) {
					b.StopTimer()
					if conn != nil {
						_ = conn.Close()
						if err := s.Control().Delete(b.Context(), name); err != nil {
							b.Fatal(err)
						}
					}
					name = "b" + strconv.Itoa(sent)
					conn, in = smppLine(b, l.Addr().String(), name)
					b.StartTimer()
				}
				n := min(window, b.N-sent)
				if err := write(conn, raw.Bytes(), n); err != nil {
					b.Fatal(err)
				}
				sent += n
				for range n {
					if _, err := io.ReadFull(in, answer); err != nil {
						b.Fatal(err)
					}
					if answer[7] != 4 || answer[11] != 0 {
						b.Fatalf("refused with %x", answer)
					}
					if _, err := in.Discard(int(answer[3]) - 16); err != nil {
						b.Fatal(err)
					}
				}
				answered = sent
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "SMS/s")
			if m, err := s.Snapshot(b.Context(), name); err != nil || len(m.SMS.Messages) == 0 {
				b.Errorf("nothing is stored: %v", err)
			}
		})
	}
}

// write sends a PDU n times at once.
func write(w io.Writer, raw []byte, n int) error {
	all := make([]byte, 0, len(raw)*n)
	for range n {
		all = append(all, raw...)
	}
	_, err := w.Write(all)
	return err
}

// BenchmarkSMPPReceipts submits with a window of 100 and takes and acknowledges a
// receipt for each message on the same connection.
func BenchmarkSMPPReceipts(b *testing.B) {
	s, g := large(b, b.N+1000)
	c := bind(b, listen(b, smppOf(g)), "bench", pdu.Transceiver)
	p := pdu.NewSubmitSM().(*pdu.SubmitSM)
	p.RegisteredDelivery = 1
	if err := errors.Join(p.DestAddr.SetAddress("09000001001"), p.Message.SetMessageWithEncoding("パスコード 012345", data.UCS2)); err != nil {
		b.Fatal(err)
	}
	raw := pdu.NewBuffer(nil)
	p.Marshal(raw)
	in := bufio.NewReaderSize(c.Conn, 64<<10)
	b.ResetTimer()
	receipts := 0
	for sent := 0; receipts < b.N; {
		n := min(100, b.N-sent)
		if err := write(c.Conn, raw.Bytes(), n); err != nil {
			b.Fatal(err)
		}
		sent += n
		for answered := 0; answered < n || sent == b.N && receipts < b.N; {
			heard, err := pdu.Parse(in)
			if err != nil {
				b.Fatal(err)
			}
			switch heard := heard.(type) {
			case *pdu.SubmitSMResp:
				answered++
			case *pdu.DeliverSM:
				receipts++
				c.say(heard.GetResponse())
			}
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "SMS/s")
	if m, err := s.Snapshot(b.Context(), "bench"); err != nil || len(m.SMS.Reports) != 0 {
		b.Errorf("%d receipts are left, %v", len(m.SMS.Reports), err)
	}
}
