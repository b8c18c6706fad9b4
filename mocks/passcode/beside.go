package passcode

import (
	"strings"
	"unicode/utf8"
)

// currencies stand before an amount, units behind what is counted. A unit that
// begins a longer word is none.
var (
	currencies = []string{"¥", "\\", "$", "€", "£", "jpy", "usd", "eur"}
	units      = []string{
		"円",
		"年",
		"月",
		"回",
		"人",
		"名",
		"件",
		"点",
		"ポイント",
		"マイル",
		"pt",
		"枚",
		"台",
		"個",
		"歩",
		"冊",
		"分",
		"秒",
		"時",
		"文字",
		"番地",
		"号室",
		"度",
		"%",
		"歳",
		"通",
		"キロ",
		"メートル",
		"グラム",
		"ドル",
		"ユーロ",
		"桁",
		"で終わる",
		"で始まる",
		"から始まる",
		"番の",
		"番窓口",
		"yen",
		"dollars",
		"points",
		"people",
		"miles",
		"minutes",
		"seconds",
		"hours",
		"days",
		"times",
		"users",
		"steps",
		"characters",
		"kg",
		"km",
		"mb",
		"gb",
	}
	longer = []string{"人確認", "人認証", "通知", "名前", "件名", "個人", "度数", "分間違", "点検", "台帳", "月間", "回答", "回線", "回目は"}
)

// beside judges a number by the characters at it: false where they say that it
// is no passcode.
func beside(text string, n *number) {
	before, after := text[:n.from], text[n.to:]
	if n.web || n.kind == no {
		return
	}
	c, width := utf8.DecodeLastRuneInString(before)
	switch {
	case letter(text, n.from-1), letter(text, n.to) && !unit(after), c == '_', strings.HasPrefix(after, "_"), strings.HasPrefix(after, "@"):
		n.not("part of a word or an address")
		return
	case c == '/' && n.from > 1 && (letter(text, n.from-2) || digit(text, n.from-2)):
		n.not("part of an address")
		return
	case c == '+':
		n.not("a telephone number")
		return
	case c == '〒':
		n.not("a postal code")
		return
	case c == '©' || strings.HasSuffix(before, "(c) "):
		n.not("a year")
		return
	case c == '-' && letter(text, n.from-2):
		start := n.from - 1
		for letter(text, start-1) {
			start--
		}
		if n.letters = n.from-1-start <= 2 && !digit(text, start-1); !n.letters && !known(text[start:n.from-1]) {
			n.not("part of a longer number")
			return
		}
	}
	if masked(before, width, after) {
		n.not("the end of a number that is hidden")
		return
	}
	trimmed := strings.TrimRight(before, " ")
	for _, s := range currencies {
		if strings.HasSuffix(trimmed, s) {
			n.not("an amount")
			return
		}
	}
	if unit(strings.TrimLeft(after, " ")) {
		n.not("a count, an amount or a time")
	}
}

// known tells whether letters before a hyphen call a number a passcode.
func known(letters string) bool {
	marks := marked(letters)
	return len(marks) == 1 && marks[0].to == len(letters) && (marks[0].means == names || marks[0].means == hints)
}

// masked tells whether what stands before a number hides its first digits.
func masked(before string, width int, after string) bool {
	before = strings.TrimRight(before, "- ")
	c, _ := utf8.DecodeLastRuneInString(before)
	switch c {
	case '*':
		return !strings.HasPrefix(after, "*") // which is how text is made bold
	case '•', '●', '○', '·', '…', '∙':
		last := before[:len(before)-utf8.RuneLen(c)]
		again, _ := utf8.DecodeLastRuneInString(last)
		return again == c || c == '…'
	case 'x':
		return strings.HasSuffix(before, "xx")
	}
	return false
}

// unit tells whether a text begins with a unit.
func unit(after string) bool {
	for _, u := range units {
		if !strings.HasPrefix(after, u) {
			continue
		}
		if letter(u, len(u)-1) && letter(after, len(u)) {
			continue
		}
		for _, l := range longer {
			if strings.HasPrefix(after, l) {
				return false
			}
		}
		return true
	}
	return strings.HasPrefix(after, "本") && !strings.HasPrefix(after, "本人") && !strings.HasPrefix(after, "本サ") &&
		!strings.HasPrefix(after, "本メ")
}
