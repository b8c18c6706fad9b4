package screen

import (
	"slices"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// Told is what was just done: what was refused of it, what else there is to say,
// and what the member had written, which stands in the fields again. The zero
// value is nothing.
type Told struct {
	Refused error             // of package registration; nil for nothing
	Alerts  []string          // sentences
	Notices []string          // sentences
	Entered map[string]string // by field; nil shows what was accepted before
}

// A maker makes one screen.
type maker struct {
	m    world.Snapshot
	name string // whose texts it says
	told Told
	s    Screen
}

// begin begins a screen with its title and heading, if it has one of its own.
func begin(m world.Snapshot, name string, told Told) *maker {
	k := &maker{m: m, name: name, told: told}
	k.s = Screen{Name: name, Title: k.say("title"), Heading: k.say("heading"), Content: []Element{}}
	return k
}

// say returns a sentence of the screen.
func (k *maker) say(what string, pairs ...string) string { return k.m.Say(k.name+"."+what, pairs...) }

// add adds to the content.
func (k *maker) add(elements ...Element) { k.s.Content = append(k.s.Content, elements...) }

// text is a sentence of the screen.
func (k *maker) text(what, style string, pairs ...string) Element {
	return Element{Kind: Text, Text: k.say(what, pairs...), Style: style}
}

// entered is what stands in a field: what was written before a refusal, else
// what was accepted before.
func (k *maker) entered(field, accepted string) string {
	if k.told.Entered != nil {
		return k.told.Entered[field]
	}
	return accepted
}

// input is a field of the screen, called by its text.
func (k *maker) input(name, kind string, more ...func(*Field)) Element {
	f := &Field{Name: name, Label: k.say(name), Kind: kind}
	for _, change := range more {
		change(f)
	}
	return Element{Kind: Input, Field: f}
}

func required(f *Field)                { f.Required = true }
func digits(f *Field)                  { f.InputMode, f.Autocomplete = "numeric", "off" }
func address(f *Field)                 { f.InputMode, f.Autocomplete = "email", "email" }
func metered(f *Field)                 { f.Meter = true }
func value(text string) func(*Field)   { return func(f *Field) { f.Value = text } }
func private(text string) func(*Field) { return func(f *Field) { f.Private = text } }
func most(n int) func(*Field)          { return func(f *Field) { f.MaxLength = n } }
func must(word string) func(*Field)    { return func(f *Field) { f.Required, f.Must = true, word } }
func fills(with string) func(*Field)   { return func(f *Field) { f.Autocomplete = with } }

// help is what is said beside a field, by the names of the screen's texts.
func (k *maker) help(whats ...string) func(*Field) {
	return func(f *Field) {
		for _, what := range whats {
			f.Help = append(f.Help, k.say(what))
		}
	}
}

// press is an action of the screen, called by its text of that name.
func (k *maker) press(name, kind, leadsTo string, more ...func(*Action)) Element {
	a := &Action{Name: name, Label: k.say(name), Kind: kind, LeadsTo: leadsTo}
	for _, change := range more {
		change(a)
	}
	return Element{Kind: Act, Action: a}
}

// The kinds of an action.
const (
	button = "button"
	link   = "link"
)

func plain(a *Action)  { a.Style = "plain" }
func accent(a *Action) { a.Style = "accent" }
func quiet(a *Action)  { a.Style = "quiet" } // a link in the text
func row(a *Action)    { a.Style = "row" }   // one of rows that lead on
func arrow(a *Action)  { a.Arrow = true }

// form is fields and what sends them; name is the action's.
func form(name string, content ...Element) Element {
	return Element{Kind: Form, Name: name, Content: content}
}

// section is a part of the screen; heading is a sentence, "" for none.
func section(style, heading string, content ...Element) Element {
	return Element{Kind: Section, Text: heading, Style: style, Content: content}
}

// caution is a message among the content.
func caution(text string) Element { return Element{Kind: Note, Tone: Caution, Text: text} }

// done finishes the screen: what was refused stands at its field where the
// screen has it, and above everything.
func (k *maker) done() Screen {
	for _, text := range k.told.Alerts {
		k.s.Messages = append(k.s.Messages, Message{Tone: Alert, Text: text})
	}
	for _, e := range middleware.Each(k.told.Refused) {
		m := Message{Tone: Alert, Text: k.m.Explain(e)}
		if label, ok := place(k.s.Content, e.Field, m.Text); ok {
			m.Field, m.Label = e.Field, label
			k.s.Problem = k.m.Say("problem.heading")
		}
		if !slices.Contains(k.s.Messages, m) {
			k.s.Messages = append(k.s.Messages, m)
		}
	}
	for _, text := range k.told.Notices {
		k.s.Messages = append(k.s.Messages, Message{Tone: Status, Text: text})
	}
	return k.s
}

// place puts a sentence at the field, group or action of that name, and returns
// what it is called where it is named alone.
func place(content []Element, name, sentence string) (label string, ok bool) {
	if name == "" {
		return "", false
	}
	for i := range content {
		switch e := &content[i]; {
		case e.Kind == Group && e.Name == name:
			e.Errors = append(e.Errors, sentence)
			return e.Text, true
		case e.Kind == Input && e.Field.Name == name:
			e.Field.Errors = append(e.Field.Errors, sentence)
			return e.Field.Label, true
		case e.Kind == Act && e.Action.Name == name, e.Kind == Act && name == registration.FieldTerms && e.Action.Value == agreed:
			e.Action.Errors = append(e.Action.Errors, sentence)
			return "", true
		default:
			if label, ok := place(e.Content, name, sentence); ok {
				return label, true
			}
		}
	}
	return "", false
}

// agreed is what the button sends that agrees to the terms.
const agreed = "yes"

// Trouble is the screen of a request that no other can answer.
func Trouble(m world.Snapshot, told Told) Screen {
	k := begin(m, "trouble", told)
	k.add(k.press("home", link, "home", plain))
	return k.done()
}
