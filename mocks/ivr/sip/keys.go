package sip

import (
	"strconv"
	"strings"

	"github.com/pion/rtp"
)

// keys are the keys of a telephone in the order of their events (RFC 4733, 3.2).
const keys = "0123456789*#ABCD"

// An eventTime tells one press from the next: all packets of one have it alike.
type eventTime struct {
	ssrc, at uint32
	set      bool
}

// event is the key of a telephone event, "" for any other packet.
func event(packet []byte, payloadType uint8) (string, eventTime) {
	var p rtp.Packet
	if payloadType == 0 || p.Unmarshal(packet) != nil || p.PayloadType != payloadType || len(p.Payload) < 4 ||
		int(p.Payload[0]) >= len(keys) {
		return "", eventTime{}
	}
	return keys[p.Payload[0] : p.Payload[0]+1], eventTime{p.SSRC, p.Timestamp, true}
}

// infoKey is the key that an INFO tells of, as application/dtmf-relay or
// application/dtmf write it; "" for anything else.
func infoKey(media string, body []byte) string {
	text := strings.TrimSpace(string(body))
	switch strings.ToLower(strings.TrimSpace(strings.SplitN(media, ";", 2)[0])) {
	case "application/dtmf-relay":
		for line := range strings.Lines(text) {
			name, value, _ := strings.Cut(line, "=")
			if strings.EqualFold(strings.TrimSpace(name), "signal") {
				return oneKey(value)
			}
		}
	case "application/dtmf":
		return oneKey(text)
	}
	return ""
}

// oneKey is a key by its sign, or, beyond the digits, by its event, as Asterisk and
// others take it too.
func oneKey(text string) string {
	key := strings.ToUpper(strings.TrimSpace(text))
	if len(key) == 1 && strings.Contains(keys, key) {
		return key
	}
	if event, err := strconv.Atoi(key); err == nil && event >= 10 && event < len(keys) && len(key) == 2 {
		return keys[event : event+1]
	}
	return ""
}
