package apidocs

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words.tsv
var wordsText string

// words are the sentences of our documents: in English, as programs' authors read
// them beside their types, and in Japanese, a pair a line.
var words = sync.OnceValue(func() map[string]string {
	pairs := map[string]string{}
	for line := range strings.Lines(wordsText) {
		if english, japanese, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); ok {
			pairs[english] = japanese
		}
	}
	return pairs
})

// inJapanese is a sentence of a document in Japanese; as it is, where nobody has
// put it into Japanese.
func inJapanese(text string) string {
	if japanese, ok := words()[text]; ok {
		return japanese
	}
	return text
}

// typeNames are types, and types with their formats, in words.
var typeNames = map[string]string{
	"string": "文字", "string date-time": "日時（RFC 3339）", "string duration": "時間", "string date": "日付", "string binary": "ファイル",
	"integer": "整数", "number": "数", "boolean": "true か false", "array": "並び", "object": "まとまり",
}

// places are where parameters stand.
var places = map[string]string{"path": "アドレスの中", "query": "クエリー", "header": "ヘッダー", "cookie": "クッキー"}
