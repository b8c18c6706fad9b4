package mailbox

import (
	"mime"
	"net/url"
	"strconv"
	"strings"
)

// parameters reads a field with parameters. The library joins those that come in
// pieces, and knows ASCII and UTF-8 only.
func parameters(text string) (value string, params map[string]string, err error) {
	if value, params, err = mime.ParseMediaType(text); err != nil {
		return value, params, err
	}
	if strings.Contains(text, "*") {
		for name, whole := range joined(looseParams(text)) {
			params[name] = whole
		}
	}
	return value, params, nil
}

// joined are the parameters of which a piece is encoded, or the whole, as RFC 2231
// writes them (3 and 4): the character set stands before the first, and holds for
// all, so the pieces are put together before they are read.
func joined(params map[string]string) map[string]string {
	whole := map[string]string{}
	for key := range params {
		name, _, starred := strings.Cut(key, "*")
		if _, done := whole[name]; done || !starred {
			continue
		}
		if raw, charset, encoded := pieces(params, name); encoded {
			whole[name], _ = decoded([]byte(raw), charset)
		}
	}
	return whole
}

// pieces puts the pieces of a parameter together, up to the first that is missing.
func pieces(params map[string]string, name string) (raw, charset string, encoded bool) {
	if value, ok := params[name+"*"]; ok {
		charset, value = charsetOf(value)
		return unescaped(value), charset, true
	}
	var all strings.Builder
	for i := 0; ; i++ {
		key := name + "*" + strconv.Itoa(i)
		value, plain := params[key]
		if !plain {
			var ok bool
			if value, ok = params[key+"*"]; !ok {
				return all.String(), charset, encoded
			}
			if encoded = true; i == 0 {
				charset, value = charsetOf(value)
			}
			value = unescaped(value)
		}
		all.WriteString(value)
	}
}

// charsetOf cuts the character set and the language off a value.
func charsetOf(value string) (charset, rest string) {
	if parts := strings.SplitN(value, "'", 3); len(parts) == 3 {
		return parts[0], parts[2]
	}
	return "", value
}

// unescaped is a value without its escapes; as it is where one cannot be read.
func unescaped(value string) string {
	if text, err := url.PathUnescape(value); err == nil {
		return text
	}
	return value
}
