package seed

import (
	"bytes"
	"errors"
	"io"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxDepth bounds how deep a file nests: the library takes the square of it.
const maxDepth = 500

// read reads a file as YAML.
func read(data []byte) (file *ast.File, err error) {
	if line := tooDeep(data); line > 0 {
		return nil, &Error{Line: line, Text: "it nests too deep"}
	}
	defer survive(&err)
	if file, err = parser.ParseBytes(data, 0); err != nil {
		return nil, told(err)
	}
	return file, nil
}

// decode reads what a file says.
func (s *Seed) decode(data []byte) (err error) {
	defer survive(&err)
	err = yaml.NewDecoder(bytes.NewReader(data), yaml.DisallowUnknownField()).Decode(s)
	if err != nil && !errors.Is(err, io.EOF) { // an empty file
		return told(err)
	}
	return nil
}

// survive turns a panic of the library into an error: it has some, as for a tag
// like !!binary where a list is wanted.
func survive(err *error) {
	if recover() != nil {
		*err = &Error{Text: "it cannot be read as YAML"}
	}
}

// tooDeep is the line in which a file nests deeper than maxDepth, 0 for none:
// brackets that are open, and the dashes and question marks that begin a line.
func tooDeep(data []byte) int {
	open, line := 0, 0
	for text := range bytes.Lines(data) {
		line++
		begun := 0
		for rest := bytes.TrimLeft(text, " \t"); len(rest) > 1 && (rest[0] == '-' || rest[0] == '?') && rest[1] == ' '; begun++ {
			rest = bytes.TrimLeft(rest[1:], " ")
		}
		for _, c := range text {
			switch c {
			case '[', '{':
				open++
			case ']', '}':
				open = max(0, open-1)
			}
			if open+begun > maxDepth {
				return line
			}
		}
	}
	return 0
}
