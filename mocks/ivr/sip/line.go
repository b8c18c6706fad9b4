package sip

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"net"
	"time"

	"github.com/pion/rtp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr"
)

// RTP carries 20 ms of G.711 a packet.
const (
	packetTime = 20 * time.Millisecond
	packetSize = 160
	silence    = 0xFF
)

// A line carries sound to one caller over RTP, and keys back. Hear and Digits
// are for one goroutine.
type line struct {
	conn   net.PacketConn
	peer   *net.UDPAddr
	events uint8
	deaf   bool // nothing is sent

	beat   *clock.Beat
	header rtp.Header
	packet [12 + packetSize]byte
	keys   chan string // pressed and not yet asked for
}

// openLine opens the RTP end of a call. Sound goes to the machine the call came
// from, whatever address its offer names.
func openLine(host, source net.IP, o offer) (*line, error) {
	conn, err := net.ListenPacket("udp", (&net.UDPAddr{IP: host}).String())
	if err != nil {
		return nil, err
	}
	var start [10]byte         // where RTP begins nobody can guess (RFC 3550, 5.1)
	_, _ = rand.Read(start[:]) // it never fails
	return &line{conn: conn, peer: &net.UDPAddr{IP: source, Port: o.port}, events: o.events, deaf: o.deaf,
		header: rtp.Header{Version: 2, Marker: true, SSRC: binary.BigEndian.Uint32(start[:]),
			Timestamp: binary.BigEndian.Uint32(start[4:]), SequenceNumber: binary.BigEndian.Uint16(start[8:])},
		keys: make(chan string, 2*ivr.MaxDigits)}, nil
}

func (l *line) port() int {
	local, _ := l.conn.LocalAddr().(*net.UDPAddr) // it was opened as such
	return local.Port
}

// Hear implements ivr.Line.
func (l *line) Hear(ctx context.Context, s ivr.Sound) error {
	_, err := l.hear(ctx, s, func() bool { return false })
	return err
}

// hear sends a sound until enough says so.
func (l *line) hear(ctx context.Context, s ivr.Sound, enough func() bool) (cut bool, err error) {
	samples := s.ULaw
	for left := s.Lasts(); left > 0; left -= packetTime {
		n := min(packetSize, len(samples))
		if err := l.send(ctx, samples[:n]); err != nil {
			return false, err
		}
		if samples = samples[n:]; enough() {
			return true, nil
		}
	}
	return false, nil
}

// send waits for the time of the next packet and sends it, the rest of it silent.
func (l *line) send(ctx context.Context, samples []byte) error {
	if l.beat == nil {
		l.beat = clock.NewBeat(packetTime)
	}
	if err := l.beat.Wait(ctx); err != nil {
		if errors.Is(context.Cause(ctx), ivr.ErrHungUp) {
			return ivr.ErrHungUp
		}
		return err
	}
	n, err := l.header.MarshalTo(l.packet[:])
	if err != nil {
		return err
	}
	n += copy(l.packet[n:], samples)
	for i := n; i < len(l.packet); i++ {
		l.packet[i] = silence
	}
	l.header.Marker = false
	l.header.SequenceNumber++
	l.header.Timestamp += packetSize
	if !l.deaf {
		// A packet can be lost on its way as well; the caller's end may not
		// listen yet, or not any more.
		_, _ = l.conn.WriteTo(l.packet[:], l.peer)
	}
	return nil
}

// Digits implements ivr.Line. Keys pressed before it is asked do not count.
func (l *line) Digits(ctx context.Context, prompts []ivr.Sound, k ivr.Keys) (string, error) {
	for len(l.keys) > 0 {
		<-l.keys
	}
	digits, finished, pressed := "", false, false
	take := func() bool {
		for len(l.keys) > 0 && !finished {
			key := <-l.keys
			pressed = true
			if key == k.Finish {
				finished = true
			} else {
				digits += key
				finished = k.Full(digits)
			}
		}
		return pressed
	}
	for _, p := range prompts {
		if cut, err := l.hear(ctx, p, take); err != nil {
			return "", err
		} else if cut {
			break
		}
	}
	for quiet := time.Duration(0); !finished && quiet < k.Timeout; quiet += packetTime {
		if err := l.send(ctx, nil); err != nil {
			return "", err
		}
		if pressed = false; take() {
			quiet = 0
		}
	}
	return digits, nil
}

// press takes a key. More than anybody is asked for are dropped.
func (l *line) press(key string) {
	select {
	case l.keys <- key:
	default:
	}
}

// listen reads what the caller sends until the line is closed: keys are taken,
// sound is not listened to, and anything else is dropped.
func (l *line) listen() {
	buffer := make([]byte, 1500)
	var last eventTime
	for {
		n, from, err := l.conn.ReadFrom(buffer)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // an answer of the network to something sent
		}
		if peer, ok := from.(*net.UDPAddr); !ok || !peer.IP.Equal(l.peer.IP) {
			continue
		}
		if key, at := event(buffer[:n], l.events); key != "" && at != last {
			last = at
			l.press(key)
		}
	}
}

// close ends the line.
func (l *line) close() error {
	if l.beat != nil {
		l.beat.Stop()
	}
	return l.conn.Close()
}
