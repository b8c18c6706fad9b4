package overview

import "example.com/netanswer/sandbox/world"

// A Sentence is one entry of the text table in a world's wording.
type Sentence struct {
	ID      string   `json:"id"`
	Text    string   `json:"text" doc:"{name} stands for a value"`
	Rules   []string `json:"rules" doc:"the rules that word it"`
	Changed bool     `json:"changed" doc:"this world words it differently"`
}

// Texts are all sentences of a world, in the order of the text table.
func Texts(m world.Snapshot) []Sentence {
	list := []Sentence{}
	for _, t := range m.Sentences("") {
		if t.Rules == nil {
			t.Rules = []string{}
		}
		list = append(list, Sentence{ID: t.ID, Text: t.Text, Rules: t.Rules, Changed: m.Texts.Has(t.ID)})
	}
	return list
}
