package page

import (
	"strings"
)

// Popup is the class of what opens or closes something on the same screen.
func (n node) Popup() string {
	switch {
	case n.Action.Popup == "":
		return ""
	case n.Closes():
		return strings.TrimSpace("close " + n.deviceClass())
	}
	return strings.TrimSpace("submit " + n.deviceClass())
}

func (n node) deviceClass() string {
	return map[string]string{"pc": "wide-only", "sp": "narrow-only"}[n.Device]
}

// Closes tells whether it closes what is open.
func (n node) Closes() bool { return strings.HasSuffix(n.Action.Name, "_close") }

// Wrapped and Wrap are the paragraph around a link: none in a bar, in rows and
// behind a sentence of a list.
func (n node) Wrapped() bool {
	return n.Action.Style != "small" && n.Action.Style != "plain small" && n.Action.Style != "row" && !n.inItem()
}

func (n node) inItem() bool { return false }

func (n node) Wrap() string {
	switch n.Action.Style {
	case "quiet":
		return "way"
	case "heading":
		return "result"
	}
	return "submit"
}

// ID, SendsAs and FormAction are what a button has besides its words.
func (n node) ID() string {
	if n.Action.Value == "yes" {
		return "terms_agreed"
	}
	return ""
}

func (n node) SendsAs() string {
	switch {
	case n.Action.Value == "":
		return ""
	case n.Action.Value == "yes":
		return "terms_agreed"
	case n.Action.Name == "back":
		return "" // its form says where to
	}
	return "answer"
}

func (n node) FormAction() string { return n.view.Address("action", n.Action.Name) }

// TelDigits is a telephone number as a link dials it.
func (n node) TelDigits() string { return strings.ReplaceAll(n.Action.Tel, "-", "") }
