package external

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"example.com/netanswer/fixtures"
)

// texts are the sandbox's sentences, by which scenarios word what is an
// implementation's own, and the implementation's where it has told them.
type texts struct {
	ours   []ours
	theirs map[string]string // by id, or by the scenario's whole sentence
}

// ours is a sentence of the sandbox's, its values left open.
type ours struct {
	id     string
	form   *regexp.Regexp
	values []string
}

var placeholder = regexp.MustCompile(`\{([a-z_]+)\}`)

// ownTexts reads the texts of a target.yaml, which may name those of the
// sandbox's table by their ids.
func ownTexts(theirs map[string]string) (texts, error) {
	table, err := fixtures.Texts()
	if err != nil {
		return texts{}, err
	}
	t := texts{theirs: theirs}
	known := map[string]bool{}
	for _, text := range table {
		known[text.ID] = true
		o := ours{id: text.ID}
		form := regexp.QuoteMeta(fixtures.Fold(text.Text))
		for _, found := range placeholder.FindAllStringSubmatch(text.Text, -1) {
			o.values = append(o.values, found[1])
			form = strings.Replace(form, `\{`+found[1]+`\}`, "(.+)", 1)
		}
		o.form = regexp.MustCompile("^" + form + "$")
		t.ours = append(t.ours, o)
	}
	for _, name := range slices.Sorted(maps.Keys(theirs)) {
		if strings.Contains(name, ".") && !strings.ContainsAny(name, "。、「」") && !known[name] {
			err = errors.Join(err, fmt.Errorf("texts の「%s」という文はありません。fixtures/texts.yaml の id か、シナリオの文を書いてください", name))
		}
	}
	return t, err
}

// own is the implementation's sentence for one of a scenario, with the values
// that the scenario's has; "" where it has told none.
func (t texts) own(sentence string) string {
	if said := t.theirs[sentence]; said != "" {
		return said
	}
	for _, o := range t.ours {
		said := t.theirs[o.id]
		if said == "" {
			continue
		}
		if found := o.form.FindStringSubmatch(fixtures.Fold(sentence)); found != nil {
			for i, value := range o.values {
				said = strings.ReplaceAll(said, "{"+value+"}", found[i+1])
			}
			return said
		}
	}
	return ""
}

// is tells whether a sentence is one of the sandbox's.
func (t texts) is(sentence string) bool {
	return slices.ContainsFunc(t.ours, func(o ours) bool { return len(o.values) == 0 && o.form.MatchString(fixtures.Fold(sentence)) })
}

// refusal tells whether a sentence refuses something.
func (t texts) refusal(sentence string) bool {
	for _, o := range t.ours {
		// That a step is skipped need not be said: that it is not skipped is enough.
		if strings.HasPrefix(o.id, "error.") && o.id != "error.step" && o.form.MatchString(fixtures.Fold(sentence)) {
			return true
		}
	}
	return false
}
