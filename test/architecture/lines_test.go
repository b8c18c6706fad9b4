package architecture_test

import (
	"bytes"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"unicode/utf8"
)

// widest is how many columns a line of code may have; a tab is four. What a line
// has of strings is not counted: sentences, patterns and struct tags are not broken.
const widest = 140

// wideLines are the numbers of the lines that are wider than that without their strings.
func wideLines(text []byte, fset *token.FileSet, file *ast.File) []int {
	width := map[int]int{} // of the lines that are wider with them
	for i, line := range bytes.Split(text, []byte("\n")) {
		if n := columns(string(line)); n > widest {
			width[i+1] = n
		}
	}
	if len(width) == 0 {
		return nil
	}
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.BasicLit)
		if !ok || s.Kind != token.STRING {
			return true
		}
		first, last := fset.Position(s.Pos()).Line, fset.Position(s.End()).Line
		if first == last {
			width[first] -= columns(s.Value) - len(`""`)
			return true
		}
		for at := first; at <= last; at++ {
			delete(width, at)
		}
		return true
	})
	var found []int
	for at, n := range width {
		if n > widest {
			found = append(found, at)
		}
	}
	slices.Sort(found)
	return found
}

func columns(text string) int {
	return utf8.RuneCountInString(strings.ReplaceAll(text, "\t", "    "))
}
