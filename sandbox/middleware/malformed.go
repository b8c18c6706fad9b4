package middleware

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// malformed says in Japanese what huma, and what reads JSON strictly, say of a request
// that cannot be read. What is not known stays as it is.
func malformed(said string) string {
	for _, w := range malformedWords() {
		if m := w.said.FindStringSubmatchIndex(said); m != nil {
			return string(w.said.ExpandString(nil, w.told, said, m))
		}
	}
	return said
}

// bounded ends the name of a group before the letters behind it.
var bounded = strings.NewReplacer("$1", "${1}", "$2", "${2}")

// malformedWords are the sentences, the narrower before the wider.
var malformedWords = sync.OnceValue(func() (all []struct {
	said *regexp.Regexp
	told string
}) {
	for _, w := range [][2]string{
		{`validation failed`, "リクエストに誤りがあります。"},
		{`request body is required`, "本文がありません。"},
		{`request body is too large.*`, "本文が大きすぎます。"},
		{`unexpected property`, "この名前の項目はありません。"},
		{`unknown query parameter`, "この名前のパラメーターはありません。"},
		{`required \w+ parameter is missing`, "このパラメーターは必須です。"},
		{`expected required property (.+) to be present`, "項目 $1 は必須です。"},
		{`expected property (.+) to be present when (.+) is present`, "項目 $2 があるときは、項目 $1 も必須です。"},
		{`expected boolean|invalid boolean`, "true か false にしてください。"},
		{`expected integer|invalid integer`, "整数にしてください。"},
		{`expected number|invalid float.*`, "数値にしてください。"},
		{`expected string`, "文字列にしてください。"},
		{`expected array`, "配列にしてください。"},
		{`expected object`, "オブジェクトにしてください。"},
		{`expected array items to be unique`, "同じ値を二度書くことはできません。"},
		{`expected value to be one of "(.+)"`, "次のどれかにしてください: $1"},
		{`expected number >= (\S+)`, "$1 以上にしてください。"},
		{`expected number > (\S+)`, "$1 より大きくしてください。"},
		{`expected number <= (\S+)`, "$1 以下にしてください。"},
		{`expected number < (\S+)`, "$1 より小さくしてください。"},
		{`expected number to be a multiple of (\S+)`, "$1 の倍数にしてください。"},
		{`expected length >= (\d+)`, "$1 文字以上にしてください。"},
		{`expected length <= (\d+)`, "$1 文字以下にしてください。"},
		{`expected array length >= (\d+)`, "$1 個以上にしてください。"},
		{`expected array length <= (\d+)`, "$1 個以下にしてください。"},
		{`expected object with at least (\d+) properties`, "項目を $1 個以上にしてください。"},
		{`expected object with at most (\d+) properties`, "項目を $1 個以下にしてください。"},
		{`expected string to match pattern (.+)`, "次の形（正規表現）にしてください: $1"},
		{`expected string to be RFC 3339 date-time`, "RFC 3339 の日時にしてください。"},
		{`expected string to be RFC 3339 date`, "RFC 3339 の日付にしてください。"},
		{`expected string to be RFC 5322 email: .*`, "メールアドレスにしてください。"},
		{`expected string to be RFC 3986 uri: .*`, "URI にしてください。"},
		{`expected string to be base64 encoded`, "Base64 の文字列にしてください。"},
		{`expected string to be regex: .*`, "正規表現にしてください。"},
		{`expected duration: .*`, "9m59s のような長さにしてください。"},
		{`expected string to be (.+)`, "次の形にしてください: $1"},
		{`expected value to match at least one schema but matched none`, "どの形にも合いません。"},
		{`expected value to match exactly one schema but matched none`, "どの形にも合いません。"},
		{`is there twice`, "同じ名前の項目が二つあります。"},
		{`is no UTF-8`, "UTF-8 の文字列ではありません。"},
		{`holds the character NUL`, "使えない文字（NUL）があります。"},
		{`holds half of a surrogate pair`, "サロゲートペアの片方だけがあります。"},
		{`nested deeper than (\d+)`, "入れ子が $1 段より深くなっています。"},
		{`unexpected end of JSON input`, "JSON が途中で終わっています。"},
		{`((?:invalid character|json:).+)`, "JSON として読めません（$1）。"},
		{`unknown content type: (.*)`, "この種別（$1）の本文は読めません。application/json にしてください。"},
	} {
		all = append(all, struct {
			said *regexp.Regexp
			told string
		}{regexp.MustCompile("^(?:" + w[0] + ")$"), bounded.Replace(w[1])})
	}
	return all
})

// pointer is the JSON pointer (RFC 6901, as a fragment of a URI) of a place like
// body.cards[0].number; "" where it is not in the body.
func pointer(place string) string {
	rest, ok := strings.CutPrefix(place, "body")
	if !ok || rest != "" && rest[0] != '.' && rest[0] != '[' {
		return ""
	}
	var b strings.Builder
	b.WriteByte('#')
	for rest != "" {
		var name string
		if rest[0] == '[' {
			name, rest, _ = strings.Cut(rest[1:], "]")
		} else if end := strings.IndexAny(rest[1:], ".["); end >= 0 {
			name, rest = rest[1:end+1], rest[end+1:]
		} else {
			name, rest = rest[1:], ""
		}
		b.WriteString("/" + pointed(name))
	}
	return b.String()
}

// pointed is a name as a part of a pointer.
func pointed(name string) string {
	const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@?"
	name = strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
	var b strings.Builder
	for i := range len(name) {
		if c := name[i]; strings.IndexByte(unreserved, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
