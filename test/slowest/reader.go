package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// An event is a line of go test -json.
type event struct {
	Action, Package, Test, Output string
	Elapsed                       float64
}

// A reader prints of a run what go test prints without -json: of tests only what
// belongs to one that failed, of packages everything.
type reader struct {
	out, errOut io.Writer
	held        bool // the lines of packages that ended are printed last
	tests       []test
	failed      []failure

	running map[[2]string]*written // by package and test
	last    strings.Builder        // lines that are held
	err     error                  // the first of writing
}

// written is what a test has written so far: its verdict, lines of its own, and
// what is to be printed of its parts.
type written struct {
	verdict, own, parts string
	in                  *written // the test that it is a part of, nil for none
	indent              string
}

// A test is one that ended, or a package where it has no name.
type test struct {
	Package, Name string
	Seconds       float64
}

// A failure is a test that failed and what it printed.
type failure struct{ Package, text string }

// read reads events to their end. A line that is none is printed as it is.
func (r *reader) read(from io.Reader) error {
	r.running = map[[2]string]*written{}
	in := bufio.NewReader(from)
	for {
		line, err := in.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) == nil && e.Action != "" {
				r.event(e)
			} else {
				r.print(line)
			}
		}
		if err == io.EOF {
			return r.err
		}
		if err != nil {
			return errors.Join(err, r.err)
		}
	}
}

// frames are the lines by which -v, which -json implies, says where it is.
var (
	frames   = regexp.MustCompile(`^(=== (RUN|PAUSE|CONT|NAME|ATTR) |PASS\n$)`)
	verdicts = regexp.MustCompile(`^ *--- (PASS|FAIL|SKIP): `)
	results  = regexp.MustCompile(`^(ok  |FAIL|\?   |\t.*\[no test files\])`)
)

func (r *reader) event(e event) {
	switch {
	case e.Action == "build-output":
		_, r.err = fmt.Fprint(r.errOut, e.Output)
	case e.Action == "run":
		r.of(e)
	case e.Action == "output" && frames.MatchString(e.Output):
	case e.Action == "output" && e.Test == "":
		r.ofPackage(e.Output)
	case e.Action == "output":
		r.of(e).writes(e.Output)
	case e.Action == "pass" || e.Action == "skip" || e.Action == "fail":
		r.ended(e)
	}
}

// of is what the test of an event has written. A part is known by its name, which
// begins with that of the whole; it may have strokes of its own.
func (r *reader) of(e event) *written {
	key := [2]string{e.Package, e.Test}
	if r.running[key] == nil {
		w := &written{}
		for name := e.Test; w.in == nil && strings.Contains(name, "/"); {
			name = name[:strings.LastIndex(name, "/")]
			w.in = r.running[[2]string{e.Package, name}]
		}
		if w.in != nil {
			w.indent = w.in.indent + "    "
		}
		r.running[key] = w
	}
	return r.running[key]
}

// writes takes a line.
func (w *written) writes(line string) {
	if verdicts.MatchString(line) {
		w.verdict = w.indent + strings.TrimLeft(line, " ")
		return
	}
	w.own += w.indent + line
}

// ended prints a test that failed, with its parts; that of a part is printed there.
func (r *reader) ended(e event) {
	if e.Test == "" {
		r.unended(e)
		r.tests = append(r.tests, test{e.Package, "", e.Elapsed})
		return
	}
	w := r.of(e)
	delete(r.running, [2]string{e.Package, e.Test})
	text := ""
	if e.Action == "fail" {
		text = w.verdict + w.own + w.parts
	}
	if w.in != nil {
		w.in.parts += text
		return
	}
	r.print(text)
	if text != "" {
		r.failed = append(r.failed, failure{e.Package, text})
	}
	r.tests = append(r.tests, test{e.Package, e.Test, e.Elapsed}) // which has the time of its parts
}

// unended prints what tests wrote that were cut off, as by a panic or a time-out.
func (r *reader) unended(e event) {
	for key, w := range r.running {
		if key[0] != e.Package {
			continue
		}
		if e.Action == "fail" {
			text := w.own + w.parts
			r.print(text)
			if w.in == nil {
				r.failed = append(r.failed, failure{e.Package, key[1] + " was cut off\n" + text})
			}
		}
		delete(r.running, key)
	}
}

// ofPackage prints a line of a package, at once or at the end.
func (r *reader) ofPackage(line string) {
	if r.held && results.MatchString(line) {
		r.last.WriteString(line)
		return
	}
	r.print(line)
}

// end prints what was held, and FAIL where something failed.
func (r *reader) end(failed bool) error {
	r.print(r.last.String())
	if failed {
		r.print("FAIL\n")
	}
	return r.err
}

func (r *reader) print(text string) {
	if _, err := fmt.Fprint(r.out, text); err != nil && r.err == nil {
		r.err = err
	}
}
