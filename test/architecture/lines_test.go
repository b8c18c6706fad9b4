package architecture_test

import (
	"bytes"
	"go/ast"
	"go/token"
	"strings"
	"unicode/utf8"
)

// widest is how many columns a line of code may have; a tab is four. A line that
// holds a string may be wider: sentences, patterns and struct tags are not broken.
const widest = 140

// wideLines are the numbers of the lines that are wider than that without a string.
func wideLines(text []byte, fset *token.FileSet, file *ast.File) []int {
	var wide []int
	for i, line := range bytes.Split(text, []byte("\n")) {
		if utf8.RuneCountInString(strings.ReplaceAll(string(line), "\t", "    ")) > widest {
			wide = append(wide, i+1)
		}
	}
	if wide == nil {
		return nil
	}
	quoted := map[int]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.BasicLit); ok && s.Kind == token.STRING {
			for at := fset.Position(s.Pos()).Line; at <= fset.Position(s.End()).Line; at++ {
				quoted[at] = true
			}
		}
		return true
	})
	var found []int
	for _, at := range wide {
		if !quoted[at] {
			found = append(found, at)
		}
	}
	return found
}
