package page

import (
	"html/template"
	"slices"
	"strings"

	"example.com/netanswer/sandbox/screen"
)

// A node is one element of a view, with what its partial needs.
type node struct {
	screen.Element
	view   *View
	before string // what separates a box from the one before
	of     []screen.Element
	at     int // where it stands among its siblings
}

// nodes are the elements of a part of a screen.
type nodes struct {
	Each []node
}

// in makes nodes of elements, for the templates.
func in(v View, elements []screen.Element) nodes { return nodesOf(&v, elements) }

func nodesOf(v *View, elements []screen.Element) (n nodes) {
	for i, e := range elements {
		if e.Kind == screen.Meter || e.Kind == screen.Keyboard {
			continue // they stand in the field before them
		}
		n.Each = append(n.Each, node{Element: e, view: v, of: elements, at: i})
	}
	return n
}

// Each are the nodes of the content.
func (n node) Each() []node { return nodesOf(n.view, n.Content).Each }

// Say returns a sentence in the world's wording.
func (n node) Say(id string) string { return n.view.Say(id) }

// Screen is the screen that the node is part of.
func (n node) Screen() screen.Screen { return n.view.Screen }

// Class is the style of the node, and on which width it is shown.
func (n node) Class() string {
	classes := n.Style
	switch n.Kind {
	case screen.Form:
		classes = strings.TrimSpace("form-" + n.Name + " " + n.Style)
		if n.Name == "back" {
			classes = "back"
		}
	case screen.Act:
		classes = n.actionClass()
	}
	switch n.Device {
	case "pc":
		classes += " wide-only"
	case "sp":
		classes += " narrow-only"
	}
	return strings.TrimSpace(classes)
}

func (n node) actionClass() string {
	switch n.Action.Style {
	case "quiet", "heading", "row":
		return ""
	case "":
		return "button"
	}
	if n.Action.Name == "back" {
		return "button back " + n.Action.Style
	}
	return "button " + n.Action.Style
}

// Landmark is the HTML element of a section.
func (n node) Landmark() string {
	switch {
	case strings.Contains(n.Style, "rows"):
		return "nav"
	case n.Text != "" || strings.Contains(n.Style, "card"):
		return "section"
	}
	return "div"
}

// Ordered tells whether the order of a list means something.
func (n node) Ordered() bool { return n.Style == "prepare" || n.Style == "results" }

// Inline tells whether a sentence stands in one line with others.
func (n node) Inline() bool {
	return slices.ContainsFunc(n.of, func(e screen.Element) bool { return e.Style == "price" })
}

// Label names a part for whoever cannot see it.
func (n node) Label() string {
	if n.Text != "" {
		return n.Text
	}
	return n.view.Say("app_menu.procedures")
}

// Unknown panics: an element of a kind that no partial shows is our mistake.
func (n node) Unknown() string { panic("page: no partial for " + n.Kind) }

// A shown is a value and what shows it.
type shown struct {
	screen.Value
	node
}

// Action is what the value leads to.
func (s shown) Action() *node {
	if s.Value.Action == nil {
		return nil
	}
	a := *s.Value.Action
	a.Style = "row"
	return &node{Element: screen.Element{Kind: screen.Act, Action: &a}, view: s.view}
}

// Style is how the value is laid out.
func (s shown) Style() string { return s.Value.Style }

// Text is the value itself.
func (s shown) Text() string { return s.Value.Text }

// Shown are the values.
func (n node) Shown() (all []shown) {
	for _, v := range n.Values {
		all = append(all, shown{v, n})
	}
	return all
}

// Card tells whether each value is a card of its own.
func (n node) Card() bool { return n.Style == "figures" }

// Last tells whether a column is the last one.
func (n node) Last(i int) bool { return i == len(n.Columns)-1 }

// TermsClass is how the terms are laid out: in the page, or over the screen.
func (n node) TermsClass() string {
	if strings.HasPrefix(n.Style, "inline") {
		return "terms"
	}
	return n.Style
}

// Unread is what is said where the terms were not read (a-26).
func (n node) Unread() string {
	if n.TermsClass() != "terms" {
		return ""
	}
	return n.view.Say("input.terms_unread")
}

// Read tells that the terms were read before.
func (n node) Read() bool { return strings.HasSuffix(n.Style, " read") }

// Closers are what closes the terms, Articles what stands in them.
func (n node) Closers() (all []node) {
	for _, e := range n.Each() {
		if e.Kind == screen.Act {
			all = append(all, e)
		}
	}
	return all
}

func (n node) Articles() (all []node) {
	for _, e := range n.Each() {
		if e.Kind != screen.Act {
			all = append(all, e)
		}
	}
	return all
}

// Picture is the address of a picture of our own making.
func (n node) Picture() template.URL { return template.URL(n.Src) }
