package runner

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"regexp"
	"regexp/syntax"
	"runtime"
	"strings"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v34"
)

// Definitions is where step definitions are made. It is the part of a
// *godog.ScenarioContext that does so; what the expressions and functions may
// be is told there, but they must not return godog.Steps. An expression's
// groups (and a step's table or text) must be as many as its function takes.
type Definitions interface {
	Step(expr, step any)  // after any keyword
	Given(expr, step any) // after 前提 only
	When(expr, step any)  // after もし only
	Then(expr, step any)  // after ならば only
}

// A definition is one step definition, compiled once for all scenarios.
type definition struct {
	keyword messages.PickleStepType // Unknown: any
	expr    *regexp.Regexp
	must    string // stands in every text that expr matches
	step    any
	values  int    // how many its function takes, besides a context
	file    string // where it was made
	line    int
}

// at is where the definition stands, without the folders of this machine.
func (d definition) at() string { return fmt.Sprintf("%s:%d", d.file, d.line) }

// catalogue collects definitions and finds those of a step.
type catalogue struct {
	list     []definition
	problems Problems
	found    map[findKey][]int
}

type findKey struct {
	match messages.PickleStepType
	text  string
}

func (c *catalogue) Step(expr, step any)  { c.define(messages.PickleStepType_UNKNOWN, expr, step) }
func (c *catalogue) Given(expr, step any) { c.define(messages.PickleStepType_CONTEXT, expr, step) }
func (c *catalogue) When(expr, step any)  { c.define(messages.PickleStepType_ACTION, expr, step) }
func (c *catalogue) Then(expr, step any)  { c.define(messages.PickleStepType_OUTCOME, expr, step) }

func (c *catalogue) define(keyword messages.PickleStepType, expr, step any) {
	_, file, line, _ := runtime.Caller(2)
	d := definition{keyword: keyword, step: step, line: line,
		file: filepath.Base(filepath.Dir(file)) + "/" + filepath.Base(file)}
	wrong := func(format string, args ...any) { c.problems.add(d.file, d.line, format, args...) }
	var err error
	switch e := expr.(type) {
	case *regexp.Regexp:
		d.expr = e
	case string:
		d.expr, err = regexp.Compile(e)
	case []byte:
		d.expr, err = regexp.Compile(string(e))
	default:
		err = fmt.Errorf("a %T is no regular expression", expr)
	}
	if err != nil {
		wrong("step definition: %v", err)
		return
	}
	if d.values, err = values(step); err != nil {
		wrong("step definition %s: %v", d.expr, err)
		return
	}
	// godog checks the rest itself, by a panic.
	if err := probe(d); err != nil {
		wrong("step definition %s: %v", d.expr, err)
		return
	}
	d.must = literal(d.expr)
	c.list = append(c.list, d)
}

// literal is the longest text that stands in whatever an expression matches, "" if
// none is seen. To look for it costs a hundredth of matching.
func literal(expr *regexp.Regexp) (longest string) {
	tree, err := syntax.Parse(expr.String(), syntax.Perl)
	if err != nil { // which cannot be, for it was compiled
		return ""
	}
	parts := []*syntax.Regexp{tree}
	if tree.Op == syntax.OpConcat {
		parts = tree.Sub
	}
	for _, p := range parts {
		if text := string(p.Rune); p.Op == syntax.OpLiteral && p.Flags&syntax.FoldCase == 0 && len(text) > len(longest) {
			longest = text
		}
	}
	return longest
}

var (
	contextType = reflect.TypeFor[context.Context]()
	stepsType   = reflect.TypeFor[godog.Steps]()
)

func values(step any) (int, error) {
	t := reflect.TypeOf(step)
	if t == nil || t.Kind() != reflect.Func {
		return 0, fmt.Errorf("a %T is no function", step)
	}
	if t.NumOut() > 0 && t.Out(0) == stepsType {
		return 0, fmt.Errorf("a step made of other steps is not supported: call a function")
	}
	n := t.NumIn()
	if n > 0 && t.In(0).Implements(contextType) {
		n--
	}
	return n, nil
}

// probe makes the definition known to godog, which panics if it does not like it.
func probe(d definition) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	godog.TestSuite{
		ScenarioInitializer: func(sc *godog.ScenarioContext) { d.register(sc) },
		Options:             &godog.Options{ShowStepDefinitions: true, Format: silentFormat, Output: io.Discard, NoColors: true},
	}.Run() // its exit code is the same whatever it showed
	return nil
}

func (d definition) register(to Definitions) {
	switch d.keyword {
	case messages.PickleStepType_CONTEXT:
		to.Given(d.expr, d.step)
	case messages.PickleStepType_ACTION:
		to.When(d.expr, d.step)
	case messages.PickleStepType_OUTCOME:
		to.Then(d.expr, d.step)
	default:
		to.Step(d.expr, d.step)
	}
}

// find lists the definitions that match a step, as godog would.
func (c *catalogue) find(s Step) []int {
	key := findKey{s.match, s.Text}
	if found, ok := c.found[key]; ok {
		return found
	}
	var found []int
	for i, d := range c.list {
		free := d.keyword == messages.PickleStepType_UNKNOWN || s.match == messages.PickleStepType_UNKNOWN
		if (free || d.keyword == s.match) && strings.Contains(s.Text, d.must) && d.expr.MatchString(s.Text) {
			found = append(found, i)
		}
	}
	c.found[key] = found
	return found
}

var quoted = regexp.MustCompile(`「[^」]*」`)
