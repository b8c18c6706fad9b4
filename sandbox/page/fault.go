package page

import "example.com/netanswer/sandbox/middleware"

// A Fault is what is wrong with one field of the screen, as the summary at its
// top says it, with a link to where it can be put right.
type Fault struct {
	Field    string // as package registration names it
	Anchor   string // id of the control to go to
	Label    string // what the field is called
	Sentence string
}

// A Place is where a field stands on its screen, and the text that names it
// when it is named alone.
type Place struct {
	Anchor string // id of its first control
	Label  string // id of the text; "" where the field's sentences name it themselves
}

// Places are the fields of each screen that has some, by the names of screen
// and field.
type Places map[string]map[string]Place

// Tell puts a refusal into the frame, each sentence at its field where the
// screen has it, and returns the status of package middleware. What is no
// refusal panics.
func (f *Frame) Tell(refused error) (status int) {
	all := middleware.Each(refused)
	if len(all) == 0 {
		panic(refused) // Survive gives it an incident number
	}
	for _, e := range all {
		p, here := f.site.places[f.Screen][e.Field]
		if here {
			w := Fault{Field: e.Field, Anchor: p.Anchor, Sentence: f.Snapshot.Explain(e)}
			if p.Label != "" {
				w.Label = f.Say(p.Label)
			}
			f.Faults = append(f.Faults, w)
		} else {
			f.Alerts = append(f.Alerts, f.Snapshot.Explain(e))
		}
	}
	return middleware.Status(all[0].Kind)
}

// Wrong are the sentences at one field.
func (f Frame) Wrong(field string) []string {
	var sentences []string
	for _, w := range f.Faults {
		if w.Field == field {
			sentences = append(sentences, w.Sentence)
		}
	}
	return sentences
}
