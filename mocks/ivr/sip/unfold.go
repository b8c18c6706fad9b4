package sip

import "bytes"

// unfolded writes headers that go on in a further line, which begins with a blank
// (RFC 3261, 7.3.1), in one line, for the library does not read them. It changes
// packet and returns how long it then is.
func unfolded(packet []byte) int {
	end := bytes.Index(packet, []byte("\r\n\r\n"))
	if end < 0 {
		end = len(packet)
	}
	head := packet[:end]
	if !bytes.Contains(head, []byte("\r\n ")) && !bytes.Contains(head, []byte("\r\n\t")) {
		return len(packet)
	}
	out := packet[:0]
	for i := 0; i < len(head); i++ {
		if i+2 < len(head) && head[i] == '\r' && head[i+1] == '\n' && (head[i+2] == ' ' || head[i+2] == '\t') {
			i += 2
			for i+1 < len(head) && (head[i+1] == ' ' || head[i+1] == '\t') {
				i++
			}
			if i+1 < len(head) && head[i+1] != ';' { // before which the library takes no blank
				out = append(out, ' ')
			}
			continue
		}
		out = append(out, head[i])
	}
	return len(append(out, packet[end:]...))
}
