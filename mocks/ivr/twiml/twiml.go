// Package twiml lets a foreign backend decide what a caller hears, as Twilio's
// voice webhook does: the call is told to an address by a signed POST, and the
// answer is a TwiML document (https://www.twilio.com/docs/voice/twiml) whose
// verbs are carried out on the line.
//
// Modelled are Say, with the text of whatever stands in it as SSML, Play, Pause,
// Hangup, Redirect and Gather of keys with its action, by POST and GET, and the
// status call-back when a call has ended. What Twilio has and this does not, speech
// input included, is an error that says so, as is a document beyond the bounds. An
// element or attribute that Twilio does not have either is left out, as Twilio
// does (its warning 12200), and stands in the transcript. HTTP redirects are not
// followed.
package twiml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/ivr"
)

// The bounds of a document.
const (
	MaxDocument = 64 << 10 // bytes
	MaxVerbs    = 100      // prompts inside Gather and repetitions included
	MaxText     = 4096     // bytes of one Say, Play or Redirect
	MaxWait     = 60       // seconds of a Pause, or of a Gather's timeout
)

// ErrDocument is what every error of a document is.
var ErrDocument = errors.New("TwiML")

func wrong(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDocument, fmt.Sprintf(format, args...))
}

// Parse returns the script that a document holds, empty for one that says
// nothing.
func Parse(document []byte) ([]ivr.Verb, error) {
	if len(document) > MaxDocument {
		return nil, wrong("the document is longer than %d bytes", MaxDocument)
	}
	bare := bytes.TrimPrefix(document, []byte("\ufeff"))
	if begins := bytes.TrimLeft(bare, " \t\r\n"); len(begins) < len(bare) && bytes.HasPrefix(begins, []byte("<?xml")) {
		return nil, wrong("something stands before the declaration <?xml")
	}
	p := parser{xml: xml.NewDecoder(bytes.NewReader(bare))}
	root, err := p.next()
	if errors.Is(err, io.EOF) {
		return nil, wrong("the document is empty")
	} else if err != nil {
		return nil, err
	}
	start, ok := root.(xml.StartElement)
	if !ok || start.Name.Local != "Response" {
		return nil, wrong("the document does not begin with <Response>")
	}
	script, err := p.verbs("Response")
	if err != nil {
		return nil, err
	}
	if _, err := p.next(); !errors.Is(err, io.EOF) {
		return nil, wrong("something follows </Response>")
	}
	return script, nil
}

// A parser reads the tokens of one document.
type parser struct {
	xml   *xml.Decoder
	count int
	notes []ivr.Verb // about what is left out of the verb that is being read
}

// next is the next token that means something; at the end of the document its
// error is io.EOF.
func (p *parser) next() (xml.Token, error) {
	for {
		token, err := p.xml.Token()
		if errors.Is(err, io.EOF) {
			return nil, err
		} else if err != nil {
			return nil, wrong("%v", err)
		}
		switch t := token.(type) {
		case xml.ProcInst, xml.Comment:
		case xml.Directive:
			return nil, wrong("a document type is not taken")
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return nil, wrong("text stands outside of a verb")
			}
		default:
			return token, nil
		}
	}
}

// verbs reads what stands inside an element, up to its end.
func (p *parser) verbs(inside string) ([]ivr.Verb, error) {
	script := []ivr.Verb{}
	for {
		token, err := p.next()
		if err != nil {
			return nil, unended(err, inside)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			return script, nil // the end of inside: a decoder sees to it that ends fit
		}
		verb, times, err := p.verb(start, inside)
		if err != nil {
			return nil, err
		}
		script, p.notes = append(script, p.notes...), nil
		if p.count += times; p.count > MaxVerbs {
			return nil, wrong("there are more than %d verbs", MaxVerbs)
		}
		script = append(script, slices.Repeat([]ivr.Verb{verb}, times)...)
	}
}

func unended(err error, element string) error {
	if errors.Is(err, io.EOF) {
		return wrong("<%s> does not end", element)
	}
	return err
}

// verb reads one verb and how often it is carried out.
func (p *parser) verb(start xml.StartElement, inside string) (ivr.Verb, int, error) {
	name := start.Name.Local
	if _, verb := allowed[name]; verb && inside == "Gather" && !slices.Contains([]string{"Say", "Play", "Pause"}, name) {
		return ivr.Verb{}, 0, wrong("<%s> cannot stand inside <Gather>", name)
	}
	if _, ok := allowed[name]; !ok {
		if slices.Contains(unmodelled, name) {
			return ivr.Verb{}, 0, wrong("<%s> is not modelled", name)
		}
		return note("<%s> is no verb, and is left out (12200)", name), 1, p.skip(name)
	}
	a, err := p.attributes(start, allowed[name])
	if err != nil {
		return ivr.Verb{}, 0, err
	}
	switch name {
	case "Redirect":
		text, err := p.text(name)
		action, wrong := a.action(text)
		return ivr.Verb{Kind: ivr.Redirect, Text: action}, 1, errors.Join(err, wrong)
	case "Say", "Play":
		text, err := p.text(name)
		if err != nil {
			return ivr.Verb{}, 0, err
		}
		times, err := a.number("loop", 1, 1, MaxVerbs)
		return ivr.Verb{Kind: ivr.Kind(strings.ToLower(name)), Text: text}, times, err
	case "Pause":
		length, err := a.number("length", 1, 1, MaxWait)
		if err != nil {
			return ivr.Verb{}, 0, err
		}
		return ivr.Verb{Kind: ivr.Pause, Length: time.Duration(length) * time.Second}, 1, p.empty(name)
	case "Hangup":
		return ivr.Verb{Kind: ivr.HangUp}, 1, p.empty(name)
	case "Gather":
		gather, err := p.gather(a)
		return ivr.Verb{Kind: ivr.GatherKeys, Gather: gather}, 1, err
	}
	return ivr.Verb{}, 0, wrong("<%s> is not modelled", name)
}

func (p *parser) gather(a attribute) (*ivr.Gather, error) {
	g := &ivr.Gather{Keys: ivr.Keys{Finish: "#"}}
	var err error
	if g.Action, err = a.action(a["action"]); err != nil {
		return nil, err
	}
	if finish, ok := a["finishOnKey"]; ok {
		g.Keys.Finish = finish
	}
	if len(g.Keys.Finish) > 1 || !strings.Contains("0123456789*#", g.Keys.Finish) {
		return nil, wrong("finishOnKey is one key or empty")
	}
	if g.Empty, err = a.truth("actionOnEmptyResult"); err != nil {
		return nil, err
	}
	switch inputs := strings.Fields(a["input"]); {
	case slices.Equal(inputs, []string{"speech"}):
		return nil, wrong("input=\"speech\": speech is not heard here; ask for keys with input=\"dtmf\"")
	case slices.Contains(inputs, "speech"):
		p.notes = append(p.notes, note("speech is not heard here, keys are"))
	case slices.ContainsFunc(inputs, func(i string) bool { return i != "dtmf" }):
		return nil, wrong("input=%q is not modelled", a["input"])
	}
	if g.Keys.Max, err = a.number("numDigits", 0, 1, ivr.MaxDigits); err != nil {
		return nil, err
	}
	timeout, err := a.number("timeout", 5, 1, MaxWait)
	if err != nil {
		return nil, err
	}
	g.Keys.Timeout = time.Duration(timeout) * time.Second
	g.Prompts, err = p.verbs("Gather")
	return g, err
}

// text reads the text of a verb, up to its end. What stands in elements of SSML is
// spoken as well, whatever it says of how.
func (p *parser) text(inside string) (string, error) {
	var text strings.Builder
	alias := 0 // how deep in an element that is spoken otherwise
	for depth := 0; ; {
		token, err := p.xml.Token()
		if err != nil {
			return "", unended(wrongXML(err), inside)
		}
		switch t := token.(type) {
		case xml.CharData:
			if alias == 0 {
				text.Write(t)
			}
		case xml.StartElement:
			if depth++; inside != "Say" || depth > maxDepth {
				return "", wrong("nothing but text stands in <%s>", inside)
			}
			switch t.Name.Local {
			case "break", "p", "s":
				text.WriteByte(' ')
			case "sub":
				for _, a := range t.Attr {
					if a.Name.Local == "alias" && alias == 0 {
						text.WriteString(a.Value)
						alias = depth
					}
				}
			}
		case xml.EndElement:
			if depth > 0 {
				if depth--; depth < alias {
					alias = 0
				}
				continue
			}
			said := strings.Join(strings.Fields(text.String()), " ")
			if said == "" || len(said) > MaxText {
				return "", wrong("<%s> has 1 to %d bytes of text", inside, MaxText)
			}
			return said, nil
		case xml.Directive:
			return "", wrong("a document type is not taken")
		}
	}
}

// maxDepth is how deep elements of SSML may nest.
const maxDepth = 10

// skip reads up to the end of an element that is left out.
func (p *parser) skip(element string) error {
	for depth := 0; ; {
		token, err := p.xml.Token()
		if err != nil {
			return unended(wrongXML(err), element)
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth == 0 {
				return nil
			}
			depth--
		}
	}
}

func note(format string, args ...any) ivr.Verb {
	return ivr.Verb{Kind: ivr.Note, Text: fmt.Sprintf(format, args...)}
}

func wrongXML(err error) error {
	if errors.Is(err, io.EOF) {
		return err
	}
	return wrong("%v", err)
}

// empty reads up to the end of a verb that holds nothing.
func (p *parser) empty(inside string) error {
	token, err := p.next()
	if err != nil {
		return unended(err, inside)
	}
	if _, ok := token.(xml.EndElement); !ok {
		return wrong("<%s> is empty", inside)
	}
	return nil
}

// allowed are the attributes of each verb. Voice and language change nothing
// that is heard here, nor does what is about speech.
var allowed = map[string][]string{
	"Say":      {"voice", "language", "loop"},
	"Play":     {"loop"},
	"Pause":    {"length"},
	"Redirect": {"method"},
	"Hangup":   {},
	"Gather": {"input", "action", "method", "numDigits", "finishOnKey", "timeout", "language", "actionOnEmptyResult", "speechTimeout",
		"hints", "profanityFilter", "speechModel", "enhanced",
		"partialResultCallback", "partialResultCallbackMethod", "bargeIn", "barge", "debug", "maxSpeechTime"},
}

// unmodelled are the verbs that Twilio has besides, and attributes.
var unmodelled = []string{"Connect", "Dial", "Enqueue", "Leave", "Pay", "Prompt", "Queue", "Record", "Refer", "Reject", "Start", "Stop",
	"Message", "Sms", "Number", "Sip", "Client", "Conference", "Stream",
	"Siprec", "Transcription", "Assistant", "Autopilot", "Echo", "Room", "VirtualAgent", "ConversationRelay", "Application", "Task"}

var unmodelledAttributes = []string{"digits"}

// attribute are the attributes of one verb by name.
type attribute map[string]string

// attributes reads those of a verb. One that Twilio does not have is left out.
func (p *parser) attributes(start xml.StartElement, names []string) (attribute, error) {
	a := attribute{}
	for _, given := range start.Attr {
		name := given.Name.Local
		switch {
		case slices.Contains(names, name):
			a[name] = given.Value
		case slices.Contains(unmodelledAttributes, name):
			return nil, wrong("the attribute %s of <%s> is not modelled", name, start.Name.Local)
		case len(p.notes) < MaxVerbs:
			p.notes = append(p.notes, note("the attribute %s of <%s> is none, and is left out (12200)", name, start.Name.Local))
		}
	}
	return a, nil
}

// action is an address and how it is asked.
func (a attribute) action(address string) (string, error) {
	switch strings.ToUpper(a["method"]) {
	case "", "POST":
		return address, nil
	case "GET":
		return ivr.ByGet + address, nil
	}
	return "", wrong("method=%q is GET or POST", a["method"])
}

// truth is true or false, false if it is not given.
func (a attribute) truth(name string) (bool, error) {
	switch strings.ToLower(a[name]) {
	case "", "false":
		return false, nil
	case "true":
		return true, nil
	}
	return false, wrong("%s is true or false", name)
}

// number is a whole number from low to high, otherwise if it is not given.
func (a attribute) number(name string, otherwise, low, high int) (int, error) {
	value, ok := a[name]
	if !ok {
		return otherwise, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < low || n > high {
		return 0, wrong("%s is a number from %d to %d", name, low, high)
	}
	return n, nil
}
