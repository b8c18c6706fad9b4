package smtp

import "bytes"

// words are what the library says, and what is said instead: the codes of the
// standard for parameters that are not known (RFC 5321, 4.1.1.11), commands out of
// their order (4.1.4; RFC 3030, 2; RFC 3207, 4), and what AUTH cannot read (RFC 4954, 4).
var words = [][2]string{
	{"500 5.5.4 Unknown MAIL FROM argument", "555 5.5.4 Unknown MAIL FROM argument"},
	{"500 5.5.4 Unknown RCPT TO argument", "555 5.5.4 Unknown RCPT TO argument"},
	{"500 5.5.4 Malformed AUTH parameter", "501 5.5.4 Malformed AUTH parameter"},
	{"502 5.5.1 Missing MAIL FROM command", "503 5.5.1 Missing MAIL FROM command"},
	{"502 5.5.1 Missing RCPT TO command", "503 5.5.1 Missing RCPT TO command"},
	{"502 5.5.1 Please introduce yourself", "503 5.5.1 Please introduce yourself"},
	{"502 5.5.1 DATA not allowed", "503 5.5.1 DATA not allowed"},
	{"502 5.5.1 MAIL not allowed", "503 5.5.1 MAIL not allowed"},
	{"502 5.5.1 RCPT not allowed", "503 5.5.1 RCPT not allowed"},
	{"502 5.5.4 Missing parameter", "501 5.5.4 Missing parameter"},
	{"454 4.7.0 Invalid base64 data", "501 5.5.2 Invalid base64 data"},
}

// worded is a line of the library's as it is said.
func (f *front) worded(said []byte) []byte {
	if len(said) < 4 {
		return said
	}
	switch said[0] {
	case '2': // EHLO
		if bytes.Equal(said[4:], f.of.counted) {
			return append(said[:4:4], f.of.told...)
		}
	case '4', '5':
		for _, w := range words {
			if bytes.HasPrefix(said, []byte(w[0])) {
				return append([]byte(w[1]), said[len(w[0]):]...)
			}
		}
		if !f.secure {
			break
		}
		if tail, is := bytes.CutPrefix(said, []byte("502 5.5.1 TLS not supported")); is {
			return append([]byte("503 5.5.1 Already running in TLS"), tail...)
		}
	}
	return said
}
