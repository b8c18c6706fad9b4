package runner

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// errEncoding is the error of a file that is no text.
var errEncoding = errors.New("the file is no text of UTF-8: save it as UTF-8")

// decode reads a file in whatever a Japanese editor saves: UTF-8, UTF-16 with its
// byte order mark, Shift_JIS or EUC-JP. Of the last two, which nothing marks, only
// a text with a line that begins like a feature is taken.
func decode(text []byte) ([]byte, error) {
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(text)
	}
	if utf8.Valid(text) {
		return text, nil
	}
	for _, e := range []encoding.Encoding{japanese.ShiftJIS, japanese.EUCJP} {
		read, err := e.NewDecoder().Bytes(text)
		if err == nil && !bytes.ContainsRune(read, utf8.RuneError) && language(written(read)) == japaneseDialect {
			return read, nil
		}
	}
	return nil, errEncoding
}
