package target

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Accept is the text of a target.yaml in which expected failures, by their place
// in the list, tell what was found; n is how many are new. Nothing else of the
// text is changed.
func Accept(data []byte, found map[int]string) (text []byte, n int, err error) {
	file, err := parser.ParseBytes(data, parser.ParseComments)
	if err != nil || len(file.Docs) == 0 {
		return nil, 0, err
	}
	var edits []edit
	for i, entry := range expectedEntries(file.Docs[0].Body) {
		if said := found[i]; said != "" {
			edits = append(edits, keep(entry, said))
		}
	}
	// From the end on, so that what is before keeps its place.
	slices.SortFunc(edits, func(a, b edit) int { return b.line*10000 + b.column - a.line*10000 - a.column })
	lines := strings.Split(string(data), "\n")
	for _, e := range edits {
		changed, err := e.make(lines)
		if err != nil {
			return nil, 0, err
		}
		if changed {
			n++
		}
	}
	return []byte(strings.Join(lines, "\n")), n, nil
}

// expectedEntries are the entries of the list expected_failures.
func expectedEntries(body ast.Node) (entries []*ast.MappingNode) {
	top, ok := body.(*ast.MappingNode)
	if !ok {
		return nil
	}
	for _, pair := range top.Values {
		list, ok := pair.Value.(*ast.SequenceNode)
		if !ok || pair.Key.String() != "expected_failures" {
			continue
		}
		for _, value := range list.Values {
			if entry, ok := value.(*ast.MappingNode); ok {
				entries = append(entries, entry)
			}
		}
	}
	return entries
}

// An edit puts a text into a line in the place of another, "" for none.
type edit struct {
	line, column int // both from 1; the column counts letters
	before, text string
}

// keep is the edit by which an entry tells what was found.
func keep(entry *ast.MappingNode, said string) edit {
	said = strconv.Quote(said)
	for _, pair := range entry.Values {
		at := pair.Value.GetToken()
		switch pair.Key.String() {
		case "found":
			return edit{at.Position.Line, at.Position.Column, strings.TrimSpace(at.Origin), said}
		}
	}
	last := entry.Values[len(entry.Values)-1]
	at := last.Value.GetToken()
	origin := strings.TrimSpace(at.Origin)
	if entry.IsFlowStyle {
		return edit{at.Position.Line, at.Position.Column, origin, origin + ", found: " + said}
	}
	indent := strings.Repeat(" ", last.Key.GetToken().Position.Column-1)
	return edit{at.Position.Line, at.Position.Column, origin, origin + "\n" + indent + "found: " + said}
}

// make changes the line.
func (e edit) make(lines []string) (changed bool, err error) {
	if e.line > len(lines) {
		return false, fmt.Errorf("%d 行目がありません", e.line)
	}
	line := []rune(lines[e.line-1])
	rest := ""
	if e.column <= len(line) {
		rest = string(line[e.column-1:])
	}
	if !strings.HasPrefix(rest, e.before) {
		return false, fmt.Errorf("%d 行目の expected_failures に found を書き足せません。一行に一つの値で書いてください", e.line)
	}
	lines[e.line-1] = string(line[:e.column-1]) + e.text + strings.TrimPrefix(rest, e.before)
	return e.text != e.before, nil
}
