package page

import (
	"strings"

	"example.com/netanswer/sandbox/screen"
)

// Method is how a form is sent.
func (n node) Method() string {
	if n.Name == "search" {
		return "get"
	}
	return "post"
}

// Address is where a form or an action leads.
func (n node) Address() string {
	if n.Kind == screen.Form {
		return n.view.Address("form", n.Name)
	}
	return n.view.Address("screen", n.Action.LeadsTo)
}

// Token and Once are the hidden fields of a form.
func (n node) Token() string { return n.ofRegistration(n.view.Token) }
func (n node) Once() string  { return n.ofRegistration(n.view.Once) }

func (n node) ofRegistration(hidden string) string {
	if n.Name == "search" {
		return ""
	}
	return hidden
}

// BackTo is the earlier step that the form goes back to, "" for any other form.
func (n node) BackTo() string {
	if n.Name != "back" {
		return ""
	}
	return n.Content[0].Action.Value
}

// Boxes are the fields of a group, Ways the actions beside them.
func (n node) Boxes() (boxes []node) {
	for _, e := range n.Each() {
		if e.Kind == screen.Input {
			if len(boxes) > 0 {
				e.before = map[string]string{"boxes number": "-", "boxes expiry": "/"}[n.Style]
			}
			e.Errors, e.Name = n.Errors, n.Name
			boxes = append(boxes, e)
		}
	}
	return boxes
}

// Before is what separates a box from the one before; the guide draws it.
func (n node) Before() string { return n.before }

func (n node) Ways() (ways []node) {
	for _, e := range n.Each() {
		if e.Kind == screen.Act {
			ways = append(ways, e)
		}
	}
	return ways
}

// Invalid tells whether something is wrong with a field or its group.
func (n node) Invalid() bool { return len(n.Errors) > 0 || n.Field != nil && len(n.Field.Errors) > 0 }

// DescribedBy are the ids of what is said of a field or group.
func (n node) DescribedBy() string {
	var ids []string
	if n.Kind == screen.Group {
		if len(n.Help) > 0 {
			ids = append(ids, n.Name+"-help")
		}
		if len(n.Errors) > 0 {
			ids = append(ids, n.Name+"-error")
		}
		return strings.Join(ids, " ")
	}
	if n.Name != "" && len(n.Errors) > 0 { // a box: its group says what is wrong
		return n.Name + "-error"
	}
	if len(n.Field.Help) > 0 {
		ids = append(ids, n.Field.Name+"-help")
	}
	if n.Field.Meter {
		ids = append(ids, n.Field.Name+"-strength")
	}
	if len(n.Field.Errors) > 0 {
		ids = append(ids, n.Field.Name+"-error")
	}
	return strings.Join(ids, " ")
}

// InputType is the type of an input.
func (n node) InputType() string { return n.Field.Kind }

// Stands is what stands in the field: never what is secret.
func (n node) Stands() string {
	if n.Field.Kind == "password" {
		return ""
	}
	return n.Field.Value + n.Field.Private
}

// Plain tells whether what is written is no prose.
func (n node) Plain() bool {
	return n.Field.InputMode == "email" || n.Field.Autocomplete == "username"
}

// Code and Short are fields for a few digits.
func (n node) Code() bool  { return n.Field.Name == "passcode" || n.Field.Name == "pin" }
func (n node) Short() bool { return n.Field.Name == "security_code" || n.Field.Name == "expiry" }

// after is what stands behind a field and belongs to it.
func (n node) after(kind string) *node {
	for i, e := range n.of {
		if e.Kind == kind && e.Name == n.Field.Name {
			return &node{Element: e, view: n.view, of: n.of, at: i}
		}
	}
	return nil
}

// Meter and Keyboard are those of a field, nil for none.
func (n node) Meter() *node    { return n.after(screen.Meter) }
func (n node) Keyboard() *node { return n.after(screen.Keyboard) }

// Level is the level of a meter that speaks.
func (n node) Level() string {
	for _, level := range []string{"very_high", "low", "fair", "high"} {
		if n.Text != "" && n.Text == n.view.Say("input.strength", "level", n.view.Say("strength."+level)) {
			return level
		}
	}
	return ""
}

// An option is one radio button.
type option struct {
	screen.Choice
	ID, Name string
	Invalid  bool
}

// Options are the choices of a field that are all shown.
func (n node) Options() (all []option) {
	for _, c := range n.Field.Choices {
		all = append(all, option{c, n.Field.Name + "-" + c.Value, n.Field.Name, n.Invalid()})
	}
	return all
}
