// Package walk tries an implementation by walks: sequences of acts that nobody wrote
// down, each drawn from a seed, whose every step is judged by package model. A walk is
// told and carried out in the steps of the scenarios, so that what fails can be put
// into a feature file as it stands. What fails is shrunk to the fewest acts first.
//
// It is not a property-testing library's shrinking: acts are taken out whole, and the
// model says which of the rest can still be done. In a browser an act costs a
// second, so few tries count more than small numbers.
package walk

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"strconv"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v34"

	"example.com/netanswer/steps/model"
	"example.com/netanswer/steps/runner"
)

// A Book knows the step definitions and carries a step out by its sentence.
type Book struct{ definitions []definition }

type definition struct {
	expression *regexp.Regexp
	function   reflect.Value
}

// NewBook is a book of the definitions that define makes.
func NewBook(define func(runner.Definitions)) *Book {
	b := &Book{}
	define(b)
	return b
}

// Step implements runner.Definitions, as the other three do.
func (b *Book) Step(expression, step any) {
	var compiled *regexp.Regexp
	switch e := expression.(type) {
	case string:
		compiled = regexp.MustCompile(e)
	case *regexp.Regexp:
		compiled = e
	default:
		panic(fmt.Sprintf("walk: a %T is no expression", expression))
	}
	b.definitions = append(b.definitions, definition{compiled, reflect.ValueOf(step)})
}

func (b *Book) Given(expression, step any) { b.Step(expression, step) }
func (b *Book) When(expression, step any)  { b.Step(expression, step) }
func (b *Book) Then(expression, step any)  { b.Step(expression, step) }

// Do carries one step out. A sentence that no definition or more than one matches is
// an error.
func (b *Book) Do(ctx context.Context, line model.Line) error {
	var found []definition
	for _, d := range b.definitions {
		if d.expression.MatchString(line.Text) {
			found = append(found, d)
		}
	}
	if len(found) != 1 {
		return fmt.Errorf("「%s」に当てはまる定義は%d個です", line.Text, len(found))
	}
	d := found[0]
	arguments, err := d.arguments(ctx, line)
	if err != nil {
		return fmt.Errorf("「%s」: %w", line.Text, err)
	}
	out := d.function.Call(arguments)
	if len(out) == 0 || out[len(out)-1].IsNil() {
		return nil
	}
	err, _ = out[len(out)-1].Interface().(error)
	return err
}

var contextType = reflect.TypeFor[context.Context]()

func (d definition) arguments(ctx context.Context, line model.Line) ([]reflect.Value, error) {
	t := d.function.Type()
	groups := d.expression.FindStringSubmatch(line.Text)[1:]
	var values []reflect.Value
	for i := range t.NumIn() {
		switch in := t.In(i); {
		case in == contextType:
			values = append(values, reflect.ValueOf(ctx))
		case in == reflect.TypeFor[*godog.Table]():
			values = append(values, reflect.ValueOf(table(line.Rows)))
		case in == reflect.TypeFor[*godog.DocString]():
			values = append(values, reflect.ValueOf(&godog.DocString{Content: line.Doc}))
		case len(groups) == 0:
			return nil, fmt.Errorf("it has too few groups")
		case in.Kind() == reflect.Int:
			n, err := strconv.Atoi(groups[0])
			if err != nil {
				return nil, err
			}
			values, groups = append(values, reflect.ValueOf(n)), groups[1:]
		default:
			values, groups = append(values, reflect.ValueOf(groups[0])), groups[1:]
		}
	}
	return values, nil
}

func table(rows [][]string) *godog.Table {
	t := &godog.Table{}
	for _, row := range rows {
		r := &messages.PickleTableRow{}
		for _, value := range row {
			r.Cells = append(r.Cells, &messages.PickleTableCell{Value: value})
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}
