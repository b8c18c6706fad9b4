package smpp

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/linxGnu/gosmpp/data"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
)

// An alphabet is what the characters of a message are in.
type alphabet byte

const (
	unknown  alphabet = iota
	standard          // the default alphabet of 3GPP TS 23.038, a byte a character
	ia5
	ucs2
	octet
	latin
	cyrillic
	hebrew
	jis
	jisKanji
	korea
)

// coded reads data_coding (SMPP 3.4, 5.2.19; 3GPP TS 23.038, 4): the alphabet,
// and the message class, "" for none.
func coded(dcs byte) (a alphabet, class string) {
	known := [16]alphabet{
		0x00: standard,
		0x01: ia5,
		0x02: octet,
		0x03: latin,
		0x04: octet,
		0x05: jis,
		0x06: cyrillic,
		0x07: hebrew,
		0x08: ucs2,
		0x0A: jis,
		0x0D: jisKanji,
		0x0E: korea,
	}
	switch group := dcs >> 4; {
	case group == 0:
		return known[dcs], ""
	case group <= 0x3, group >= 0x4 && group <= 0x7: // general, and deleted when read
		if dcs&0x20 != 0 {
			return unknown, "" // compressed
		}
		if dcs&0x10 != 0 {
			class = strconv.Itoa(int(dcs & 3))
		}
		return [...]alphabet{standard, octet, ucs2, unknown}[dcs>>2&3], class
	case group == 0xC || group == 0xD: // a message waits, in the default alphabet
		return standard, ""
	case group == 0xE:
		return ucs2, ""
	case group == 0xF:
		if dcs&8 != 0 {
			return unknown, ""
		}
		return [...]alphabet{standard, octet}[dcs>>2&1], strconv.Itoa(int(dcs & 3))
	}
	return unknown, ""
}

// decode reads text in an alphabet. gsm is how a world reads IA5 that takes it for
// the default alphabet; "" for the same.
func (a alphabet) decode(text []byte) (body, gsm string, ok bool) {
	switch a {
	case standard:
		body, ok = septets(text)
	case ia5:
		gsm, ok = septets(text)
		if other := bytes.ContainsFunc(text, func(c rune) bool {
			return c < ' ' && c != '\r' && c != '\n' && c != '\t' ||
				c >= 0x80
		}); !ok ||
			!other {
			return plainASCII(text), gsm, true
		}
		return gsm, "", true // control characters are no text: it can be meant in one way only
	case ucs2:
		var err error
		body, err = data.UCS2.Decode(text)
		ok = err == nil && len(text)%2 == 0
	case octet, latin:
		body, ok = charmapped(charmap.ISO8859_1, text), true
	case cyrillic:
		body, ok = charmapped(charmap.ISO8859_5, text), true
	case hebrew:
		body, ok = charmapped(charmap.ISO8859_8, text), true
	case jis:
		body, ok = japaneseText(text, ""), true
	case jisKanji:
		body, ok = japaneseText(text, "\x1b$(D"), true
	case korea:
		body, ok = charmapped(korean.EUCKR, text), true
	}
	return body, "", ok
}

func charmapped(e encoding.Encoding, text []byte) string {
	body, err := e.NewDecoder().Bytes(text)
	if err != nil {
		return strings.ToValidUTF8(string(text), "\ufffd")
	}
	return string(body)
}

// plainASCII is text of IA5; what is beyond it is read as ISO 8859-1, as it is
// mostly meant.
func plainASCII(text []byte) string { return charmapped(charmap.ISO8859_1, text) }

// japaneseText reads JIS as it is sent: with escapes (ISO-2022-JP), as Shift_JIS,
// or characters of two bytes alone, which begin behind an escape.
func japaneseText(text []byte, escape string) string {
	high := bytes.ContainsFunc(text, func(c rune) bool { return c >= 0x80 })
	switch {
	case bytes.IndexByte(text, 0x1B) >= 0:
		return charmapped(japanese.ISO2022JP, text)
	case high && escape == "":
		return charmapped(japanese.ShiftJIS, text)
	case len(text)%2 != 0:
		return plainASCII(text)
	}
	if escape == "" {
		escape = "\x1b$B"
	}
	return charmapped(japanese.ISO2022JP, append([]byte(escape), text...))
}

// septets reads the default alphabet, a byte a character; false where a byte is
// none.
func septets(text []byte) (string, bool) {
	body, err := data.GSM7BIT.Decode(text)
	return body, err == nil
}
