package sip

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/pion/rtp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/g711"
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
	conn net.PacketConn
	peer net.IP // the machine at the other end

	mu    sync.Mutex
	to    *net.UDPAddr // where sound goes
	offer offer        // as it was agreed on last

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
	return &line{conn: conn, peer: source, to: &net.UDPAddr{IP: source, Port: o.port}, offer: o,
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
	to, o := l.agreed()
	quiet := byte(silence)
	if l.header.PayloadType = 0; o.alaw {
		l.header.PayloadType, quiet = 8, g711.ToALaw[silence]
	}
	n, err := l.header.MarshalTo(l.packet[:])
	if err != nil {
		return err
	}
	sound := l.packet[n:]
	n = copy(sound, samples)
	for i := 0; o.alaw && i < n; i++ {
		sound[i] = g711.ToALaw[sound[i]]
	}
	for i := n; i < len(sound); i++ {
		sound[i] = quiet
	}
	l.header.Marker = false
	l.header.SequenceNumber++
	l.header.Timestamp += packetSize
	if !o.deaf && to.Port != 0 {
		// A packet can be lost on its way as well; the caller's end may not
		// listen yet, or not any more.
		_, _ = l.conn.WriteTo(l.packet[:], to)
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
	var heard tones
	for {
		n, from, err := l.conn.ReadFrom(buffer)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // an answer of the network to something sent
		}
		if peer, ok := from.(*net.UDPAddr); !ok || !peer.IP.Equal(l.peer) {
			continue
		}
		_, o := l.agreed()
		if key, at := event(buffer[:n], o.events); key != "" && at != last {
			last = at
			l.press(key)
		}
		if o.events == 0 { // keys are tones then
			for _, key := range heard.hear(soundOf(buffer[:n])) {
				l.press(string(key))
			}
		}
	}
}

// agreed is what was agreed on last, and where sound goes.
func (l *line) agreed() (to *net.UDPAddr, o offer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to, l.offer
}

// agree takes what was agreed on anew.
func (l *line) agree(o offer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.to, l.offer = &net.UDPAddr{IP: l.peer, Port: o.port}, o
}

// soundOf is the sound in a packet, and whether it is PCMA; nothing where the
// packet is something else.
func soundOf(packet []byte) (samples []byte, alaw bool) {
	var p rtp.Packet
	if p.Unmarshal(packet) != nil || p.PayloadType != 0 && p.PayloadType != 8 {
		return nil, false
	}
	return p.Payload, p.PayloadType == 8
}

// close ends the line.
func (l *line) close() error {
	if l.beat != nil {
		l.beat.Stop()
	}
	return l.conn.Close()
}
