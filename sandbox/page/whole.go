package page

import (
	"html/template"
	"strings"
)

// wholeWords are words that a browser breaks in two on a phone. It looks for phrases
// (word-break: auto-phrase), and takes these for two, or breaks a phrase that is
// longer than a line anywhere.
var wholeWords = []string{"もしくは", "ご本人様確認", "受取方法", "お問い合わせ"}

var whole = func() *strings.Replacer {
	pairs := make([]string, 0, 2*len(wholeWords))
	for _, word := range wholeWords {
		pairs = append(pairs, word, `<span class="whole">`+word+`</span>`)
	}
	return strings.NewReplacer(pairs...)
}()

// keepWhole is a sentence for a page, with the words that no line may break.
func keepWhole(sentence string) template.HTML {
	return template.HTML(whole.Replace(template.HTMLEscapeString(sentence))) // the words have nothing to escape
}
