// Package mutate changes source in one small way at a time, to see whether somebody
// notices (mutation testing, as PIT does for Java and gremlins for Go). All mutants
// are compiled once: each stands in the code as an alternative behind a switch, so
// that none costs a build.
//
//	a < b       →  func() bool { if mutant.On(7) { return a <= b }; return a < b }()
//	r.Touch()   →  if !mutant.On(8) { r.Touch() }
//
// The changed files are given to the compiler by an overlay; the working tree stays
// as it is. Not planted: what is constant (a changed constant changes a declaration,
// not a place), labels, and what goroutines wait for.
package mutate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A Mutant is one change.
type Mutant struct {
	ID       int    `json:"id"`
	Package  string `json:"package"`
	File     string `json:"file"` // from the module's folder
	Line     int    `json:"line"`
	Func     string `json:"func"`
	Operator string `json:"operator"`
	Before   string `json:"before"`
	After    string `json:"after"`
}

// Key names a mutant whatever its line and number: reviewed lists are kept by it.
func (m Mutant) Key() string {
	return fmt.Sprintf("%s %s %s: %s → %s", m.File, m.Func, m.Operator, fold(m.Before), fold(m.After))
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// switchPath is imported by what is mutated.
const switchPath = "example.com/netanswer/internal/mutate/mutant"

// Plant plants every mutant of the packages of a module into copies of their files
// in dir, and returns them with the overlay that go build takes.
func Plant(root, dir string, patterns ...string) (all []Mutant, overlay string, err error) {
	if root, err = filepath.Abs(root); err != nil {
		return nil, "", err
	}
	cfg := &packages.Config{
		Dir: root,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo |
			packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps,
	}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, "", err
	}
	replace := map[string]string{}
	for _, p := range pkgs {
		if len(p.Errors) > 0 {
			return nil, "", fmt.Errorf("package %s: %v", p.PkgPath, p.Errors[0])
		}
		for _, f := range p.Syntax {
			path := p.Fset.Position(f.Pos()).Filename
			source, err := os.ReadFile(path)
			if err != nil {
				return nil, "", err
			}
			name, err := filepath.Rel(root, path)
			if err != nil {
				return nil, "", err
			}
			pl := &planter{pkg: p, file: f, source: source, name: filepath.ToSlash(name), next: len(all)}
			pl.plant()
			if len(pl.mutants) == 0 {
				continue
			}
			all = append(all, pl.mutants...)
			changed := filepath.Join(dir, strings.ReplaceAll(pl.name, "/", "__"))
			if err := os.WriteFile(changed, pl.written(), 0o644); err != nil {
				return nil, "", err
			}
			replace[path] = changed
		}
	}
	overlay = filepath.Join(dir, "overlay.json")
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return nil, "", err
	}
	return all, overlay, os.WriteFile(overlay, data, 0o644)
}

// A planter plants the mutants of one file.
type planter struct {
	pkg     *packages.Package
	file    *ast.File
	source  []byte
	name    string
	next    int
	mutants []Mutant
	edits   []edit
	fn      string
	skip    map[ast.Node]bool
}

// An edit puts text at an offset. Of several at one offset those that close come
// first, the innermost first; then those that open, the outermost first.
type edit struct {
	at    int
	text  string
	close bool
	size  int // of what it is wrapped around
}

func (p *planter) offset(pos token.Pos) int { return p.pkg.Fset.Position(pos).Offset }

func (p *planter) text(n ast.Node) string {
	return string(p.source[p.offset(n.Pos()):p.offset(n.End())])
}

// add notes a mutant and returns its number.
func (p *planter) add(n ast.Node, operator, before, after string) int {
	p.next++
	p.mutants = append(p.mutants, Mutant{ID: p.next, Package: strings.TrimPrefix(p.pkg.PkgPath, "example.com/netanswer/"), File: p.name,
		Line: p.pkg.Fset.Position(n.Pos()).Line, Func: p.fn, Operator: operator, Before: before, After: after})
	return p.next
}

// wrap puts text before and behind a node.
func (p *planter) wrap(n ast.Node, open, close string) {
	from, to := p.offset(n.Pos()), p.offset(n.End())
	p.edits = append(p.edits, edit{from, open, false, to - from}, edit{to, close, true, to - from})
}

// alternatives makes an expression one of several, each with its operator.
func (p *planter) alternatives(e ast.Expr, alternatives ...[2]string) {
	t := p.pkg.TypesInfo.TypeOf(e)
	written, ok := p.typeName(t)
	if !ok || len(alternatives) == 0 {
		return
	}
	var open strings.Builder
	fmt.Fprintf(&open, "func() %s { ", written)
	for _, a := range alternatives {
		fmt.Fprintf(&open, "if mutant.On(%d) { return %s }; ", p.add(e, a[0], p.text(e), a[1]), a[1])
	}
	open.WriteString("return ")
	p.wrap(e, open.String(), " }()")
}

// typeName writes a type as this file can; false where it cannot.
func (p *planter) typeName(t types.Type) (string, bool) {
	if t == nil {
		return "", false
	}
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		t = types.Default(t)
		if b.Kind() == types.UntypedNil {
			return "", false
		}
	}
	ok := true
	name := types.TypeString(t, func(of *types.Package) string {
		if of == p.pkg.Types {
			return ""
		}
		for _, i := range p.file.Imports {
			if strings.Trim(i.Path.Value, `"`) == of.Path() {
				if i.Name != nil {
					return i.Name.Name
				}
				return of.Name()
			}
		}
		ok = false
		return of.Name()
	})
	if _, isParam := t.(*types.TypeParam); isParam {
		return name, true
	}
	return name, ok && !strings.Contains(name, "struct{") && !strings.Contains(name, "interface{")
}

// written is the file with its mutants.
func (p *planter) written() []byte {
	slices.SortStableFunc(p.edits, func(a, b edit) int {
		switch {
		case a.at != b.at:
			return a.at - b.at
		case a.close != b.close:
			if a.close {
				return -1
			}
			return 1
		case a.close:
			return a.size - b.size
		}
		return b.size - a.size
	})
	var out bytes.Buffer
	last := 0
	place := p.offset(p.file.Name.End())
	out.Write(p.source[:place])
	out.WriteString("; import \"" + switchPath + "\"")
	last = place
	for _, e := range p.edits {
		out.Write(p.source[last:e.at])
		out.WriteString(e.text)
		last = e.at
	}
	out.Write(p.source[last:])
	return out.Bytes()
}
