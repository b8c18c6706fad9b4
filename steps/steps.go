// Package steps holds the step definitions of features/, one line each, one
// file a subject. A definition turns the words of a step into a call of package
// actor, and holds no state.
//
// A team that has scenarios of its own runs them with `netanswer verify
// -features DIR`, or, where it has steps of its own as well, from a Go program
// or test: see the example of Define.
package steps

import (
	"fmt"
	"strings"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/hidego"
)

func init() { hidego.Done() }

// Definitions is what step definitions are given to.
type Definitions interface {
	Step(expression, step any)
}

// Define gives every definition to the runner.
func Define(to Definitions) {
	entrance(to)
	form(to)
	keyboard(to)
	detail(to)
	terms(to)
	confirm(to)
	passcode(to)
	call(to)
	completed(to)
	login(to)
	journey(to)
	download(to)
	app(to)
	pin(to)
	setting(to)
	portal(to)
	fault(to)
	screen(to)
	message(to)
	clock(to)
	backend(to)
}

// Parts that many expressions share. A step reads on in a 前提 as what has been done,
// and where nothing comes of it as what was tried.
const (
	later  = `「([^」]*)」(?:後に|がたってから|をおいて|に)` // after a while, or at a limit
	times  = `「?(\d+|上限[^「」]*?)」?回?`         // how often: 3回, 上限まで
	onward = `(?:進む|進んでいる|進もうとする|進もうとしている)$` // goes on to where is written before
	trying = `(?:する|している|しようとする|しようとしている)$`  // does what is written before
)

// column is the one column of a table.
func column(table *godog.Table) ([]string, error) {
	var values []string
	for _, row := range table.Rows {
		if len(row.Cells) != 1 {
			return nil, fmt.Errorf("this table has one column, not %d", len(row.Cells))
		}
		values = append(values, strings.TrimSpace(row.Cells[0].Value))
	}
	return values, nil
}

// pairs are the rows of a table of two columns: a label and a value.
func pairs(table *godog.Table) ([][2]string, error) {
	var rows [][2]string
	for _, row := range table.Rows {
		if len(row.Cells) != 2 {
			return nil, fmt.Errorf("this table has two columns, not %d", len(row.Cells))
		}
		rows = append(rows, [2]string{row.Cells[0].Value, row.Cells[1].Value})
	}
	return rows, nil
}

// cells are what stands in a table.
func cells(table *godog.Table) [][]string {
	var rows [][]string
	for _, row := range table.Rows {
		var values []string
		for _, c := range row.Cells {
			values = append(values, strings.TrimSpace(c.Value))
		}
		rows = append(rows, values)
	}
	return rows
}

// one is a table of one row, written in a line.
func one(label, value string) [][2]string { return [][2]string{{label, value}} }
