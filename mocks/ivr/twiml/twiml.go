// Package twiml lets a foreign backend decide what a caller hears, as Twilio's
// voice webhook does: the call is told to an address by a signed POST, and the
// answer is a TwiML document (https://www.twilio.com/docs/voice/twiml) whose
// verbs are carried out on the line.
//
// Modelled are Say, Play, Pause, Hangup, Redirect and Gather of keys with its
// action, and the status call-back when a call has ended. A verb or attribute of
// any other kind, speech input included, is an error, as is a document beyond the
// bounds. HTTP redirects are not followed.
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
	p := parser{xml: xml.NewDecoder(bytes.NewReader(document))}
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
	if inside == "Gather" && !slices.Contains([]string{"Say", "Play", "Pause"}, name) {
		return ivr.Verb{}, 0, wrong("<%s> cannot stand inside <Gather>", name)
	}
	a, err := attributes(start, allowed[name])
	if err != nil {
		return ivr.Verb{}, 0, err
	}
	switch name {
	case "Redirect":
		text, err := p.text(name)
		if method, ok := a["method"]; ok && method != "POST" {
			err = errors.Join(err, wrong("method=%q is not modelled", method))
		}
		return ivr.Verb{Kind: ivr.Redirect, Text: text}, 1, err
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
	g := &ivr.Gather{Action: a["action"], Keys: ivr.Keys{Finish: "#"}}
	if finish, ok := a["finishOnKey"]; ok {
		g.Keys.Finish = finish
	}
	if len(g.Keys.Finish) > 1 || !strings.Contains("0123456789*#", g.Keys.Finish) {
		return nil, wrong("finishOnKey is one key or empty")
	}
	for name, only := range map[string]string{"input": "dtmf", "method": "POST", "actionOnEmptyResult": "false"} {
		if value, ok := a[name]; ok && value != only {
			return nil, wrong("%s=%q is not modelled", name, value)
		}
	}
	var err error
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

// text reads the text of a verb, up to its end.
func (p *parser) text(inside string) (string, error) {
	var text strings.Builder
	for {
		token, err := p.xml.Token()
		if err != nil {
			return "", unended(wrongXML(err), inside)
		}
		switch t := token.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.Comment:
		case xml.EndElement:
			said := strings.Join(strings.Fields(text.String()), " ")
			if said == "" || len(said) > MaxText {
				return "", wrong("<%s> has 1 to %d bytes of text", inside, MaxText)
			}
			return said, nil
		default:
			return "", wrong("nothing but text stands in <%s>", inside)
		}
	}
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
// that is heard here.
var allowed = map[string][]string{
	"Say":      {"voice", "language", "loop"},
	"Play":     {"loop"},
	"Pause":    {"length"},
	"Redirect": {"method"},
	"Gather":   {"input", "action", "method", "numDigits", "finishOnKey", "timeout", "language", "actionOnEmptyResult"},
}

// attribute are the attributes of one verb by name.
type attribute map[string]string

func attributes(start xml.StartElement, names []string) (attribute, error) {
	a := attribute{}
	for _, given := range start.Attr {
		if !slices.Contains(names, given.Name.Local) {
			return nil, wrong("the attribute %s of <%s> is not modelled", given.Name.Local, start.Name.Local)
		}
		a[given.Name.Local] = given.Value
	}
	return a, nil
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
