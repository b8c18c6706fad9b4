package mailbox

import (
	"encoding/base64"
	"strings"
)

// A piece is an encoded word (RFC 2047), decoded but for its character set.
type piece struct {
	charset string
	data    []byte
}

// oneLine takes line ends out of a header's text.
var oneLine = strings.NewReplacer("\r", "", "\n", "")

// decodeWords decodes the encoded words of a header's text as senders write them, not
// only as they should: a character cut by two words, a state of ISO-2022-JP that
// goes on in the next, spaces and no spaces between, words in quotes, padding
// left out, and text in no encoding at all.
func decodeWords(text string) string {
	if !strings.Contains(text, "=?") && ascii([]byte(text)) {
		return text
	}
	var out strings.Builder
	var run []piece // of one set, to be read together
	flush := func() {
		if len(run) == 0 {
			return
		}
		var all []byte
		for _, p := range run {
			all = append(all, p.data...)
		}
		said, _ := decoded(all, run[0].charset)
		out.WriteString(oneLine.Replace(said))
		run = nil
	}
	plain := func(s string) {
		if s == "" {
			return
		}
		flush()
		if !ascii([]byte(s)) {
			s, _ = decoded([]byte(s), "")
		}
		out.WriteString(s)
	}
	for text != "" {
		at := strings.Index(text, "=?")
		if at < 0 {
			break
		}
		p, rest, ok := encodedWord(text[at:])
		if !ok {
			plain(text[:at+2])
			text = text[at+2:]
			continue
		}
		if between := text[:at]; len(run) == 0 || strings.Trim(between, " \t\r\n") != "" {
			plain(between)
		}
		if len(run) > 0 && !strings.EqualFold(run[0].charset, p.charset) {
			flush()
		}
		run = append(run, p)
		text = rest
	}
	plain(text)
	flush()
	return out.String()
}

// maxWord bounds an encoded word; RFC 2047 says 75, and senders do not.
const maxWord = 16 << 10

// encodedWord reads "=?charset?B?text?=" at the beginning of a text.
func encodedWord(text string) (p piece, rest string, ok bool) {
	parts := strings.SplitN(text[2:min(len(text), maxWord)], "?", 3)
	if len(parts) < 3 || parts[0] == "" || len(parts[1]) != 1 {
		return p, "", false
	}
	end := strings.Index(parts[2], "?=")
	// "?=" may be the beginning of an encoded character in Q: =?utf-8?Q?=E3..?=
	if end == 0 && len(parts[2]) > 4 && strings.EqualFold(parts[1], "q") {
		if next := strings.Index(parts[2][2:], "?="); next >= 0 && hex(parts[2][2:4]) {
			end = next + 2
		}
	}
	if end < 0 {
		return p, "", false
	}
	body := parts[2][:end]
	p.charset, _, _ = strings.Cut(parts[0], "*") // RFC 2231, 5: with a language
	switch parts[1] {
	case "B", "b":
		p.data = looseBase64(body)
	case "Q", "q":
		p.data = looseQ(body)
	default:
		return p, "", false
	}
	return p, text[2+len(parts[0])+1+len(parts[1])+1+end+2:], true
}

func hex(s string) bool { return len(s) == 2 && nibble(s[0]) >= 0 && nibble(s[1]) >= 0 }

func nibble(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

// looseBase64 decodes what is base64 in a text, with padding or without. Where a
// part ends, another may follow.
func looseBase64(text string) []byte {
	if data, err := base64.StdEncoding.DecodeString(text); err == nil {
		return data
	}
	var out []byte
	clean := make([]byte, 0, len(text)) // of the part
	end := func(without int) {
		for len(clean)%4 != 0 {
			clean = append(clean, 'A')
		}
		// What the padding stands for is cut off by its own length.
		out, clean = append(out, decodeQuads(clean, without)...), clean[:0]
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			clean = append(clean, c)
		case c == '-':
			clean = append(clean, '+')
		case c == '_':
			clean = append(clean, '/')
		case c == '=' && len(clean)%4 != 0:
			end(strings.Count(text[i:min(len(text), i+2)], "="))
		}
	}
	end((4 - len(clean)%4) % 4)
	return out
}

// decodeQuads decodes base64 of a length that four divides, without the last so
// many bytes.
func decodeQuads(clean []byte, without int) []byte {
	out := make([]byte, base64.StdEncoding.DecodedLen(len(clean)))
	n, _ := base64.StdEncoding.Decode(out, clean) // it was made of nothing else
	return out[:max(0, n-without)]
}

// looseQ decodes the Q encoding; what is no code stays as it is.
func looseQ(text string) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '_':
			out = append(out, ' ')
		case text[i] == '=' && i+2 < len(text)+0 && hex(text[i+1:min(len(text), i+3)]):
			out = append(out, byte(nibble(text[i+1])<<4|nibble(text[i+2])))
			i += 2
		default:
			out = append(out, text[i])
		}
	}
	return out
}
