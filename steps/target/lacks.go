package target

import (
	"fmt"
	"regexp"
	"strings"
)

// person is how a scenario calls somebody.
var person = regexp.MustCompile(`[^\s「」『』、|（）がのはにでとをも]+さん`)

// byTelephone are the words of scenarios about the identity check by telephone.
var byTelephone = regexp.MustCompile(`電話番号認証|電話をかけ|認証を完了|からかけて|回の電話は|電話で「`)

// assumed is the form of an assumed rule's id.
var assumed = regexp.MustCompile(`^a-\d+$`)

// Lacks tells why a scenario cannot be asked, "" where it can, by the rules that
// it proves and the sentences of its steps; and the line of the file by which it
// could, "" where there is none.
func (t Target) Lacks(rules, steps []string) (why, line string) {
	for _, w := range t.Without {
		for _, rule := range rules {
			if rule == w.Rule || strings.HasPrefix(rule, w.Rule+"-") {
				return fmt.Sprintf("規則 %s は without にあります（%s）", rule, w.Reason), ""
			}
		}
	}
	for _, rule := range rules {
		if assumed.MatchString(rule) && t.GuideOnly {
			return "仮定 " + rule + " は、-profile guide では確かめません", ""
		}
		if assumed.MatchString(rule) && !t.Assumes[rule] {
			return "仮定 " + rule + " を採らない", "assumes: {" + rule + ": true}"
		}
	}
	text, cast := strings.Join(steps, "\n"), t.Cast()
	for _, name := range person.FindAllString(text, -1) {
		if _, there := cast[name]; !there {
			kinds := Kinds(name)
			return fmt.Sprintf("members に%s（%s）がいません", name, join(kinds)),
				fmt.Sprintf("members: [{called: %s, card: …, expiry: …, code: …}]", name)
		}
	}
	if !t.Able(Telephone) && byTelephone.MatchString(text) {
		return "電話による確認（call）が can にありません", "can: [call]"
	}
	return "", ""
}

func join(kinds []Kind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	return strings.Join(words, "、")
}
