package runner

import (
	"regexp"
	"unicode/utf16"

	messages "github.com/cucumber/messages/go/v34"
)

// A Definition is a step definition, as reports name it.
type Definition struct {
	Pattern string // a regular expression
	File    string // without the folders of this machine
	Line    int
}

// reported are the definitions of a plan, in the order in which steps name them.
func (p *Plan) reported() []Definition {
	var list []Definition
	for _, d := range p.defs {
		list = append(list, Definition{Pattern: d.expr.String(), File: d.file, Line: d.line})
	}
	return list
}

// definitions tells of every step definition.
func (t *teller) definitions() {
	for _, d := range t.result.Definitions {
		id := t.id()
		expr, _ := regexp.Compile(d.Pattern) // messages may come from elsewhere: nil is nothing told of values
		t.defined, t.patterns = append(t.defined, id), append(t.patterns, expr)
		t.tell(messages.Envelope{StepDefinition: &messages.StepDefinition{Id: id,
			Pattern: &messages.StepDefinitionPattern{
				Source: d.Pattern,
				Type:   messages.StepDefinitionPatternType_REGULAR_EXPRESSION,
			},
			SourceReference: &messages.SourceReference{Uri: d.File, Location: &messages.Location{Line: int64(d.Line)}}}})
	}
}

// match tells which definition a step has, and where its values stand. A text
// that is masked may not match any more: then nothing is told of the values.
func (t *teller) match(to *messages.TestStep, step Step) {
	to.StepDefinitionIds, to.StepMatchArgumentsLists = []string{}, []*messages.StepMatchArgumentsList{}
	if step.definition == 0 || step.definition > len(t.defined) {
		return
	}
	to.StepDefinitionIds = []string{t.defined[step.definition-1]}
	values := &messages.StepMatchArgumentsList{StepMatchArguments: []*messages.StepMatchArgument{}}
	if expr := t.patterns[step.definition-1]; expr != nil {
		if at := expr.FindStringSubmatchIndex(step.Text); len(at) > 2 {
			for i := 2; i < len(at); i += 2 {
				values.StepMatchArguments = append(values.StepMatchArguments, argument(step.Text, at[i], at[i+1]))
			}
		}
	}
	to.StepMatchArgumentsLists = append(to.StepMatchArgumentsLists, values)
}

// argument is a value of a step. Messages count in UTF-16, as JavaScript does.
func argument(text string, from, to int) *messages.StepMatchArgument {
	group := &messages.Group{Children: []*messages.Group{}}
	if from >= 0 {
		group.Start, group.Value = int64(len(utf16.Encode([]rune(text[:from])))), text[from:to]
	}
	return &messages.StepMatchArgument{Group: group}
}
