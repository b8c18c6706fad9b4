package api

import (
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

// screen is what the API says that a member sees and can do. Nothing is known
// of a screen but this.
type screen struct {
	Name     string    `json:"name"`
	Title    string    `json:"title"`
	Heading  string    `json:"heading"`
	Progress *progress `json:"progress"`
	Messages []struct {
		Tone  string `json:"tone"`
		Field string `json:"field"`
		Label string `json:"label"`
		Text  string `json:"text"`
	} `json:"messages"`
	Bar     []element `json:"bar"`
	Content []element `json:"content"`
	Tabs    []action  `json:"tabs"`
}

type progress struct {
	Steps   []string `json:"steps"`
	Current int      `json:"current"`
}

type element struct {
	Kind    string     `json:"kind"`
	Name    string     `json:"name"`
	Text    string     `json:"text"`
	Tone    string     `json:"tone"`
	Help    []string   `json:"help"`
	Errors  []string   `json:"errors"`
	Field   *field     `json:"field"`
	Action  *action    `json:"action"`
	Values  []value    `json:"values"`
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
	Content []element  `json:"content"`
}

type field struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Kind    string   `json:"kind"`
	Value   string   `json:"value"`
	Ticked  bool     `json:"ticked"`
	Help    []string `json:"help"`
	Errors  []string `json:"errors"`
	Choices []struct {
		Value string `json:"value"`
		Label string `json:"label"`
	} `json:"choices"`
}

type action struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Kind    string   `json:"kind"`
	LeadsTo string   `json:"leads_to"`
	Errors  []string `json:"errors"`
}

type value struct {
	Label  string  `json:"label"`
	Text   string  `json:"text"`
	Parts  []value `json:"parts"`
	Note   string  `json:"note"`
	Action *action `json:"action"`
}

// perceived is the screen as a person reads it.
func (s screen) perceived() driver.Screen {
	p := reader{out: driver.Screen{Title: s.Title, Heading: s.Heading, Values: map[string]string{}, Errors: map[string][]string{},
		Choices: map[string][]string{}}}
	if s.Progress != nil && len(s.Progress.Steps) >= s.Progress.Current && s.Progress.Current > 0 {
		p.out.Progress = s.Progress.Steps[s.Progress.Current-1]
	}
	p.all(s.Bar)
	p.say(s.Heading)
	for _, m := range s.Messages {
		p.out.Messages = append(p.out.Messages, m.Text)
		p.say(m.Text)
	}
	p.all(s.Content)
	for _, tab := range s.Tabs {
		p.press(tab)
	}
	p.out.Text = strings.Join(p.lines, "\n")
	return p.out
}

// A reader reads a screen from its top.
type reader struct {
	out   driver.Screen
	lines []string
}

func (p *reader) say(lines ...string) {
	for _, line := range lines {
		if line != "" {
			p.lines = append(p.lines, line)
		}
	}
}

func (p *reader) all(elements []element) {
	for _, e := range elements {
		p.read(e)
	}
}

func (p *reader) read(e element) {
	switch {
	case e.Kind == "keyboard":
		p.out.Actions = append(p.out.Actions, e.Text)
	case e.Field != nil:
		p.write(*e.Field)
	case e.Action != nil:
		p.press(*e.Action)
		p.say(e.Action.Errors...)
	case e.Kind == "group":
		p.out.Fields = append(p.out.Fields, e.Text)
		p.say(e.Text)
		p.all(e.Content)
		p.say(e.Help...)
		p.wrong(e.Text, e.Errors)
	case e.Kind == "values":
		p.values(e.Values)
	case e.Kind == "table":
		p.say(strings.Join(e.Columns, " "))
		for _, row := range e.Rows {
			p.say(strings.Join(row, " "))
		}
	case e.Kind == "picture":
		p.out.Pictures = append(p.out.Pictures, e.Text)
	case e.Kind == "item":
		p.say(line(e))
		p.all(slices.DeleteFunc(slices.Clone(e.Content), func(c element) bool { return c.Kind == "text" }))
	case e.Kind == "message":
		p.out.Messages = append(p.out.Messages, e.Text)
		p.say(e.Text)
	default:
		p.say(e.Text)
		p.all(e.Content)
	}
}

// line is the sentences of an item, which stand in one line.
func line(e element) string {
	var parts []string
	for _, c := range e.Content {
		if c.Kind == "text" {
			parts = append(parts, c.Text)
		}
	}
	return strings.Join(parts, " ")
}

func (p *reader) write(f field) {
	p.out.Fields = append(p.out.Fields, f.Label)
	for _, c := range f.Choices {
		p.out.Choices[f.Label] = append(p.out.Choices[f.Label], c.Label)
		if f.Kind == "options" {
			p.say(c.Label)
		}
	}
	if f.Kind != "tick" && f.Kind != "options" && f.Value != "" {
		p.out.Values[f.Label] = f.Value
	}
	p.say(f.Label)
	p.say(f.Help...)
	p.wrong(f.Label, f.Errors)
}

func (p *reader) wrong(label string, errors []string) {
	if len(errors) > 0 {
		p.out.Errors[label] = append(p.out.Errors[label], errors...)
		p.say(errors...)
	}
}

func (p *reader) press(a action) {
	p.out.Actions = append(p.out.Actions, a.Label)
	p.say(a.Label)
}

func (p *reader) values(all []value) {
	for _, v := range all {
		p.say(v.Label)
		if v.Text != "" {
			p.out.Values[v.Label] = v.Text
		}
		if v.Action != nil {
			p.out.Actions = append(p.out.Actions, v.Action.Label)
		}
		p.say(v.Text)
		p.values(v.Parts)
		p.say(v.Note)
	}
}

// actions are everything that can be pressed, with the form it is part of.
func (s screen) actions() (all []pressable) {
	all = within("", append(slices.Clone(s.Bar), s.Content...))
	for _, tab := range s.Tabs {
		all = append(all, pressable{"", tab})
	}
	return all
}

type pressable struct {
	form string
	action
}

func within(form string, elements []element) (all []pressable) {
	for _, e := range elements {
		if e.Action != nil {
			all = append(all, pressable{form, *e.Action})
		}
		for _, v := range e.Values {
			if v.Action != nil {
				all = append(all, pressable{form, *v.Action})
			}
		}
		inner := form
		if e.Kind == "form" {
			inner = e.Name
		}
		all = append(all, within(inner, e.Content)...)
	}
	return all
}

// chosen is the value of a choice of a field, by what it is called.
func (s screen) chosen(name, label string) (string, bool) {
	var find func([]element) (string, bool)
	find = func(elements []element) (string, bool) {
		for _, e := range elements {
			if e.Field != nil && e.Field.Name == name {
				for _, c := range e.Field.Choices {
					if c.Label == label {
						return c.Value, true
					}
				}
			}
			if v, ok := find(e.Content); ok {
				return v, true
			}
		}
		return "", false
	}
	return find(s.Content)
}

// ticked tells whether a box is ticked as the screen offers it; false, false where there
// is none of that name.
func (s screen) ticked(name string) (is, there bool) {
	var find func([]element)
	find = func(elements []element) {
		for _, e := range elements {
			if f := e.Field; f != nil && f.Name == name && f.Kind == "tick" {
				is, there = f.Ticked, true
			}
			find(e.Content)
		}
	}
	find(s.Content)
	return is, there
}
