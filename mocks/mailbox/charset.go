package mailbox

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
)

// labels are what Japanese mail programs and languages call character sets
// beside the registered names. What vendors have added to a set is part of the
// tables that the registered name is read by (https://encoding.spec.whatwg.org/).
var labels = func() map[string]encoding.Encoding {
	all := map[string]encoding.Encoding{}
	for e, names := range map[encoding.Encoding]string{
		japanese.ShiftJIS: "cp932 cp-932 ms932 ms-932 windows-31j windows31j windows-932 windows-932-2000 sjis sjis-win sjiswin x-sjis x-sjis-win shift-jis shiftjis shift_jis ms_kanji " +
			"x-ms-cp932 x-windows-31j ibm-943 ibm943 cp943 cp943c shift_jis-2004 shift_jisx0213 sjis-2004 sjis-mac x-mac-japanese csshiftjis cswindows31j 932 shift_jis-mobile sjis-mobile#docomo sjis-mobile#kddi sjis-mobile#softbank",
		japanese.ISO2022JP: "iso-2022-jp iso2022jp iso2022-jp iso-2022jp iso_2022_jp iso-2022-jp-ms iso2022jp-ms iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 iso-2022-jp-2004 iso-2022-jp-kddi iso-2022-jp-mobile " +
			"iso-2022-jp-mobile#kddi cp50220 cp50221 cp50222 cp50220raw windows-50220 windows-50221 windows-50222 x-windows-50220 x-windows-50221 csiso2022jp csiso2022jp2 jis jis-ms x-jis jis7 junet 50220 50221",
		japanese.EUCJP: "euc-jp eucjp euc_jp eucjp-ms eucjp-win eucjpms euc-jp-ms cp51932 cp-51932 windows-51932 x-euc-jp x-eucjp x-euc ujis euc-jis-2004 euc-jisx0213 csucpkdfmtjapanese cseucpkdfmtjapanese 51932",
		encoding.Nop:   "utf-8 utf8 utf_8 utf8mb4 utf-8n utf-8-mac utf8-mac utf-8-bom utf-8-sig x-utf-8 x-utf8 cp65001 65001 unicode-1-1-utf-8 utf-8-mobile",
	} {
		for name := range strings.FieldsSeq(names) {
			all[name] = e
		}
	}
	return all
}()

// plainLabels say nothing but that the text is ASCII, which is not always so.
var plainLabels = map[string]bool{
	"":               true,
	"us-ascii":       true,
	"ascii":          true,
	"ansi_x3.4-1968": true,
	"iso646-us":      true,
	"us":             true,
	"7bit":           true,
	"8bit":           true,
	"unknown-8bit":   true,
	"x-unknown":      true,
	"unknown":        true,
	"default":        true,
	"binary":         true,
}

// encodingOf is the character set that a label means; nil where nobody knows it.
func encodingOf(label string) encoding.Encoding {
	if e := labels[label]; e != nil {
		return e
	}
	if e, err := htmlindex.Get(label); err == nil {
		if name, err := htmlindex.Name(e); err == nil && name == "replacement" {
			return nil // sets that browsers refuse to read
		}
		return e
	}
	if e, err := ianaindex.MIME.Encoding(label); err == nil {
		return e // nil where it is registered and cannot be read
	}
	return nil
}

// decoded reads text by the label it came with. note tells where it was read
// otherwise than the label says, or without one.
func decoded(raw []byte, label string) (text, note string) {
	label = strings.ToLower(strings.Trim(label, " \t\"'"))
	if ascii(raw) && (plainLabels[label] || labels[label] == encoding.Nop) {
		return string(raw), ""
	}
	if plainLabels[label] {
		e, name := guessed(raw)
		if label == "" {
			return read(e, raw), "no charset is given; read as " + name
		}
		return read(e, raw), "it is not the " + label + " it says; read as " + name
	}
	e := encodingOf(label)
	switch {
	case e == nil:
		e, name := guessed(raw)
		return read(e, raw), "charset " + label + " is unknown; read as " + name
	case e == encoding.Nop && !utf8.Valid(raw) && !mostly(raw):
		if e, name := guessed(raw); e != encoding.Nop {
			return read(e, raw), "it is not the " + label + " it says; read as " + name
		}
	case unicodeAfterAll(raw, e):
		return read(encoding.Nop, raw), "it is not the " + label + " it says; read as UTF-8"
	}
	return read(e, raw), ""
}

// unicodeAfterAll tells whether text that says that it is in a Japanese set is UTF-8:
// it can be, has characters of three bytes, which no half-width kana look like, and
// looks more like Japanese then.
func unicodeAfterAll(raw []byte, e encoding.Encoding) bool {
	if e != japanese.ISO2022JP && e != japanese.ShiftJIS && e != japanese.EUCJP {
		return false
	}
	wide := bytes.ContainsFunc(raw, func(c rune) bool { return c >= 0x800 && c != utf8.RuneError })
	return wide && utf8.Valid(raw) && likely(encoding.Nop, raw) > likely(e, raw)
}

// ascii tells whether there is nothing but ASCII, and no escape into another set.
func ascii(raw []byte) bool {
	for _, c := range raw {
		if c >= utf8.RuneSelf || c == 0x1B || c == 0x0E {
			return false
		}
	}
	return true
}

// cutEscape is the beginning of an escape, where a sender cut a text short.
var cutEscape = regexp.MustCompile(`\x1b[$(]?$`)

// read reads text; what is none in the set becomes U+FFFD.
func read(e encoding.Encoding, raw []byte) string {
	if e == encoding.Nop {
		return strings.ToValidUTF8(string(bytes.TrimPrefix(raw, []byte("\ufeff"))), "\ufffd")
	}
	if e == japanese.ISO2022JP {
		raw = shifted(cutEscape.ReplaceAll(raw, nil))
	}
	text, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\ufffd")
	}
	return strings.TrimPrefix(string(text), "\ufeff")
}

// shifted writes what variants of ISO-2022-JP do beyond it in its own terms:
// SO and SI around half-width kana (CP50222), kana of eight bits, and lines that
// end without an escape back to ASCII.
func shifted(raw []byte) []byte {
	out := make([]byte, 0, len(raw)+16)
	kanji, kana := false, false
	to := func(escape string, toKanji, toKana bool) {
		out = append(out, escape...)
		kanji, kana = toKanji, toKana
	}
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == 0x1B && i+2 < len(raw):
			if kana = raw[i+1] == '(' && raw[i+2] == 'I'; raw[i+1] == '$' {
				kanji = true
			} else if raw[i+1] == '(' {
				kanji = false
			}
			out = append(out, raw[i:i+3]...)
			i += 2
		case c == 0x0E:
			to("\x1b(I", false, true)
		case c == 0x0F:
			to("\x1b(B", false, false)
		case (c == '\n' || c == '\r') && (kanji || kana):
			to("\x1b(B", false, false)
			out = append(out, c)
		case c >= 0xA1 && c <= 0xDF && !kanji:
			if !kana {
				out = append(out, "\x1b(I"...)
			}
			if out = append(out, c&0x7F); !kana {
				out = append(out, "\x1b(B"...)
			}
		default:
			out = append(out, c)
		}
	}
	return out
}

// mostly tells whether text is UTF-8 but for a few bytes, as one that was cut is.
func mostly(raw []byte) bool {
	good, bad := 0, 0
	for len(raw) > 0 {
		c, width := utf8.DecodeRune(raw)
		if c == utf8.RuneError && width <= 1 {
			bad++
		} else if width > 1 {
			good++
		}
		raw = raw[width:]
	}
	return good >= bad
}

// guessed is the set that text without a label is most likely in, and its name.
func guessed(raw []byte) (encoding.Encoding, string) {
	if bytes.Contains(raw, []byte("\x1b$")) || bytes.Contains(raw, []byte("\x1b(")) {
		return japanese.ISO2022JP, "ISO-2022-JP"
	}
	if utf8.Valid(raw) {
		return encoding.Nop, "UTF-8"
	}
	raw = raw[:min(len(raw), 16<<10)]
	sjis, euc := likely(japanese.ShiftJIS, raw), likely(japanese.EUCJP, raw)
	switch {
	case sjis < 0 && euc < 0:
		return encoding.Nop, "UTF-8"
	case euc > sjis:
		return japanese.EUCJP, "EUC-JP"
	}
	return japanese.ShiftJIS, "Shift_JIS"
}

// likely is how much text looks like Japanese when it is read by a set.
func likely(e encoding.Encoding, raw []byte) int {
	score := 0
	for _, c := range read(e, raw) {
		switch {
		case c == utf8.RuneError:
			score -= 10
		case c >= 0x3040 && c <= 0x30FF: // kana
			score += 3
		case c >= 0x4E00 && c <= 0x9FFF, c >= 0x3000 && c <= 0x303F:
			score++
		case c >= 0xFF61 && c <= 0xFF9F: // in half width, as EUC looks in Shift_JIS
			score -= 2
		}
	}
	return score
}
