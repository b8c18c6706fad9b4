// Package screen says what a member sees and can do: a screen as data, made once
// for a state at a moment. The pages of web and app render it, the JSON API
// returns it, and a browser must perceive just that.
//
// Everything is worded by the world's text table. Addresses are none of a
// screen: it says what an action is called and which screen it leads to.
package screen

// A Screen is what is before a member.
type Screen struct {
	Name     string    `json:"name" example:"passcode" doc:"which screen it is"`
	Title    string    `json:"title" doc:"what the screen is called"`
	Heading  string    `json:"heading" doc:"its main heading"`
	Progress *Progress `json:"progress,omitempty" doc:"how far the registration is"`
	Messages []Message `json:"messages,omitempty" doc:"what there is to say of what was just done"`
	Problem  string    `json:"problem,omitempty" doc:"heading above the messages that name a field"`
	Bar      []Element `json:"bar,omitempty" doc:"what stands at the top, above the heading"`
	Content  []Element `json:"content" doc:"what stands below the heading, in this order"`
	Tabs     []Action  `json:"tabs,omitempty" doc:"the tabs at the foot, from the left"`
}

// Progress is how far a registration is: on the web by named steps (p26-6), in
// the app by a number.
type Progress struct {
	Label   string   `json:"label"`
	Steps   []string `json:"steps,omitempty" doc:"their names, in order; left out where they are only counted"`
	Current int      `json:"current" doc:"the current one, from 1"`
	Of      int      `json:"of"`
}

// The tones of a message.
const (
	Alert   = "alert"   // something was refused, or went wrong
	Status  = "status"  // something was done
	Caution = "caution" // something to know before going on
)

// A Message tells the member something of what was done.
type Message struct {
	Tone  string `json:"tone" enum:"alert,status,caution"`
	Field string `json:"field,omitempty" doc:"name of the field it is about"`
	Label string `json:"label,omitempty" doc:"what that field is called"`
	Text  string `json:"text"`
}

// The kinds of an element.
const (
	Section  = "section"  // a part with a heading, or without
	Form     = "form"     // fields, and the action that sends them
	Group    = "group"    // fields that are one thing to the member
	Text     = "text"     // a sentence
	Heading  = "heading"  // a heading inside of a section
	List     = "list"     // its content, one below the other
	Item     = "item"     // one of a list
	Input    = "field"    // something to write in, to choose or to tick
	Act      = "action"   // something to press
	Values   = "values"   // labels and what stands at them
	Rows     = "table"    // rows under headings
	Terms    = "terms"    // the terms of use
	Image    = "picture"  // a picture, by what it says
	Note     = "message"  // a message among the content
	Keyboard = "keyboard" // a software keyboard for the field before it
	Meter    = "meter"    // what is said of the strength of the field before it
	Busy     = "busy"     // something is going on and will end
)

// An Element is a part of a screen. Kind says which of the others it has.
type Element struct {
	Kind    string     `json:"kind" enum:"section,form,group,text,heading,list,item,field,action,values,table,terms,picture,message,keyboard,meter,busy"`
	Name    string     `json:"name,omitempty" doc:"of a group or form"`
	Text    string     `json:"text,omitempty" doc:"the sentence; the heading of a section, the legend of a group, the title of terms, the name of a picture"`
	Tone    string     `json:"tone,omitempty" enum:"alert,status,caution" doc:"of a message"`
	Device  string     `json:"device,omitempty" enum:"pc,sp" doc:"shown on a desktop or a smartphone only; left out: on both"`
	Help    []string   `json:"help,omitempty" doc:"what is said beside a group"`
	Errors  []string   `json:"errors,omitempty" doc:"what is wrong with a group"`
	Must    string     `json:"must,omitempty" doc:"the word that marks a group as required"`
	Field   *Field     `json:"field,omitempty"`
	Action  *Action    `json:"action,omitempty"`
	Values  []Value    `json:"values,omitempty"`
	Columns []string   `json:"columns,omitempty" doc:"headings of a table"`
	Rows    [][]string `json:"rows,omitempty"`
	Keys    []string   `json:"keys,omitempty" doc:"of a software keyboard, in the order of its keys"`
	Percent int        `json:"percent,omitempty" doc:"how much of it is done"`
	Behind  string     `json:"behind,omitempty" doc:"the action that has to be pressed before it is seen; where the device does not show that action, it is always seen"`
	Content []Element  `json:"content,omitempty"`

	Style string `json:"-"` // how pages lay it out
	Src   string `json:"-"` // of a picture
	Chart *Chart `json:"-"` // of a picture that is drawn
}

// A Field is something to write in, to choose or to tick.
type Field struct {
	Name         string   `json:"name"`
	Label        string   `json:"label"`
	Kind         string   `json:"kind" enum:"text,password,choice,options,tick,search"`
	Required     bool     `json:"required,omitempty"`
	Must         string   `json:"must,omitempty" doc:"the word that marks it as required, where it is shown"`
	Value        string   `json:"value,omitempty" doc:"what stands in it; never what is secret"`
	Ticked       bool     `json:"ticked,omitempty"`
	Choices      []Choice `json:"choices,omitempty"`
	Help         []string `json:"help,omitempty"`
	Errors       []string `json:"errors,omitempty"`
	InputMode    string   `json:"input_mode,omitempty" doc:"as HTML's inputmode"`
	Autocomplete string   `json:"autocomplete,omitempty" doc:"as HTML's autocomplete"`
	MaxLength    int      `json:"max_length,omitempty"`

	Meter   bool   `json:"-"`
	Private string `json:"-"` // what stands in it on a page, and is told to nobody else: digits of a card
}

// A Choice is what can be chosen in a field.
type Choice struct {
	Value  string `json:"value"`
	Label  string `json:"label"`
	Chosen bool   `json:"chosen,omitempty"`
}

// An Action is something to press.
type Action struct {
	Name    string   `json:"name" doc:"what it does, as revise or reissue"`
	Label   string   `json:"label"`
	Kind    string   `json:"kind" enum:"button,link"`
	LeadsTo string   `json:"leads_to,omitempty" doc:"the screen that it leads to when all is well"`
	Errors  []string `json:"errors,omitempty" doc:"why it was refused"`
	Current bool     `json:"current,omitempty" doc:"of a tab: it is the one shown"`

	Style string `json:"-"`
	Arrow bool   `json:"-"` // a decoration after the label; no part of it
	Value string `json:"-"` // what a button sends besides
	Tel   string `json:"-"` // the number that it dials
	Popup string `json:"-"` // what it opens or closes on the same screen
}

// A Value is something shown at a label.
type Value struct {
	Label string  `json:"label"`
	Text  string  `json:"text,omitempty"`
	Parts []Value `json:"parts,omitempty" doc:"where it is several values"`
	Note  string  `json:"note,omitempty" doc:"what is said below it"`

	Style  string  `json:"-"`
	Action *Action `json:"action,omitempty" doc:"what the value leads to"`
	Timer  *Timer  `json:"-"`
}

// A Timer is a time that runs out.
type Timer struct {
	Seconds int
	Running bool
}

// A Chart is a picture drawn of bars.
type Chart struct {
	Width, Height, Base int
	Bars                []Bar
}

// A Bar is one of a chart.
type Bar struct {
	X, Y, Width, Height, Middle int
	Label                       string
}
