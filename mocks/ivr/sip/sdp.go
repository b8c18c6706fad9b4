package sip

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/pion/sdp/v3"
)

// An offer is what of a caller's SDP (RFC 3264, 8866) matters here.
type offer struct {
	port   int
	events uint8 // payload type of telephone events, 0 if there are none
	deaf   bool  // the caller takes no sound (sendonly, inactive)
	alaw   bool  // the sound is PCMA
	ours   bool  // it is our offer: the caller made none
	media  []*sdp.MediaDescription
	audio  int // which of media is answered
}

// The codecs, by their payload types (RFC 3551).
const pcmu, pcma = "0", "8"

// Why an offer is not taken.
var (
	errNoSound = errors.New("the offer has no audio as PCMU or PCMA over RTP/AVP")
	errSRTP    = errors.New("the offer has encrypted audio only: SRTP is not modelled")
)

func readOffer(body []byte) (offer, error) {
	var d sdp.SessionDescription
	if err := d.Unmarshal(body); err != nil {
		return offer{}, fmt.Errorf("read SDP: %w", err)
	}
	refused := errNoSound
	for i, m := range d.MediaDescriptions {
		if m.MediaName.Media != "audio" || m.MediaName.Port.Value < 1 || m.MediaName.Port.Value > 65535 {
			continue
		}
		plain, ulaw := protocol(m) == "RTP/AVP", slices.Contains(m.MediaName.Formats, pcmu)
		if !plain || !ulaw && !slices.Contains(m.MediaName.Formats, pcma) {
			if strings.Contains(protocol(m), "SAVP") {
				refused = errSRTP
			}
			continue
		}
		o := offer{port: m.MediaName.Port.Value, media: d.MediaDescriptions, audio: i, events: eventType(m), alaw: !ulaw}
		attributes := append(slices.Clone(d.Attributes), m.Attributes...) // those of the media come last and hold
		for _, a := range attributes {
			switch a.Key {
			case "sendonly", "inactive":
				o.deaf = true
			case "sendrecv", "recvonly":
				o.deaf = false
			}
		}
		return o, nil
	}
	return offer{}, refused
}

func protocol(m *sdp.MediaDescription) string {
	return strings.ToUpper(strings.Join(m.MediaName.Protos, "/"))
}

// ownOffer is what is offered to a caller who offers nothing (RFC 3261, 13.3.1.4).
func ownOffer() offer {
	return offer{ours: true, events: ownEvents, media: []*sdp.MediaDescription{nil}}
}

// ownEvents is the payload type of telephone events in an offer of ours.
const ownEvents = 101

// answered reads the caller's answer to an offer of ours.
func (o offer) answered(body []byte) (offer, error) {
	a, err := readOffer(body)
	if err != nil {
		return o, fmt.Errorf("the answer in the ACK: %w", err)
	}
	return a, nil
}

// eventType is the payload type of telephone events at 8 kHz.
func eventType(m *sdp.MediaDescription) uint8 {
	for _, a := range m.Attributes {
		number, codec, _ := strings.Cut(a.Value, " ")
		if a.Key != "rtpmap" || !strings.EqualFold(codec, "telephone-event/8000") {
			continue
		}
		if n, err := strconv.ParseUint(number, 10, 7); err == nil && n > 0 && slices.Contains(m.MediaName.Formats, number) {
			return uint8(n)
		}
	}
	return 0
}

// answer is the SDP of the callee, who takes G.711 and keys at an address and
// refuses all else.
func (o offer) answer(host net.IP, port int) ([]byte, error) {
	kind := "IP4"
	if host.To4() == nil {
		kind = "IP6"
	}
	d := sdp.SessionDescription{
		Origin: sdp.Origin{
			Username:       "-",
			SessionID:      1,
			SessionVersion: 1,
			NetworkType:    "IN",
			AddressType:    kind,
			UnicastAddress: host.String(),
		},
		SessionName: "netanswer",
		ConnectionInformation: &sdp.ConnectionInformation{
			NetworkType: "IN",
			AddressType: kind,
			Address:     &sdp.Address{Address: host.String()},
		},
		TimeDescriptions: []sdp.TimeDescription{{}},
	}
	for i, m := range o.media {
		if i != o.audio {
			name := m.MediaName
			name.Port = sdp.RangedPort{} // refused
			d.MediaDescriptions = append(d.MediaDescriptions, &sdp.MediaDescription{MediaName: name})
			continue
		}
		audio := &sdp.MediaDescription{
			MediaName: sdp.MediaName{Media: "audio", Port: sdp.RangedPort{Value: port}, Protos: []string{"RTP", "AVP"}},
		}
		if !o.alaw {
			audio.MediaName.Formats = append(audio.MediaName.Formats, pcmu)
			audio.WithValueAttribute("rtpmap", "0 PCMU/8000")
		}
		if o.alaw || o.ours {
			audio.MediaName.Formats = append(audio.MediaName.Formats, pcma)
			audio.WithValueAttribute("rtpmap", "8 PCMA/8000")
		}
		if o.events != 0 {
			events := strconv.Itoa(int(o.events))
			audio.MediaName.Formats = append(audio.MediaName.Formats, events)
			audio.WithValueAttribute("rtpmap", events+" telephone-event/8000").WithValueAttribute("fmtp", events+" 0-15")
		}
		audio.WithValueAttribute("ptime", "20")
		if o.deaf {
			audio.WithPropertyAttribute("recvonly")
		} else {
			audio.WithPropertyAttribute("sendrecv")
		}
		d.MediaDescriptions = append(d.MediaDescriptions, audio)
	}
	return d.Marshal()
}
