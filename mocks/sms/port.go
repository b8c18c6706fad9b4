package sms

import (
	"encoding/hex"
	"fmt"
)

// shown is the body as the phone's owner is told of it. What is for an application
// (3GPP TS 23.040, 9.2.3.24.3) is not shown as a text: it says the port, and of bytes
// what they are.
func (d Draft) shown() string {
	switch {
	case d.Port == "":
		return d.Body
	case !d.Binary:
		return "[port " + d.Port + "] " + d.Body
	}
	bytes := make([]byte, 0, len(d.Body))
	for _, c := range d.Body { // each is a character of ISO 8859-1
		bytes = append(bytes, byte(c))
	}
	return fmt.Sprintf("[port %s, %d bytes] %s", d.Port, len(bytes), hex.EncodeToString(bytes))
}
