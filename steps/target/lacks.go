package target

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// person is how a scenario calls somebody.
var person = regexp.MustCompile(`[^\s「」、|（）がのはにで]+さん`)

// byTelephone are the words of scenarios about the identity check by telephone.
var byTelephone = regexp.MustCompile(`電話番号認証|電話をかけ|認証を完了|からかけて|回の電話は|電話で「`)

// Lacks tells why a scenario cannot be asked, "" where it can, by the rules that
// it proves and the sentences of its steps.
func (t Target) Lacks(rules, steps []string) string {
	for _, w := range t.Without {
		for _, rule := range rules {
			if rule == w.Rule || strings.HasPrefix(rule, w.Rule+"-") {
				return fmt.Sprintf("規則 %s は without にあります（%s）", rule, w.Reason)
			}
		}
	}
	text := strings.Join(steps, "\n")
	for _, name := range person.FindAllString(text, -1) {
		if !slices.ContainsFunc(t.Members, func(m Member) bool { return m.Called == name }) {
			return fmt.Sprintf("members に%sがいません", name)
		}
	}
	if !t.Able(Telephone) && byTelephone.MatchString(text) {
		return "電話による確認（call）が can にありません"
	}
	return ""
}
