package architecture_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A source is one Go file of ours.
type source struct {
	path string // from the root, with slashes
	text []byte
}

// root is the folder of go.mod.
func root(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "env", "GOMOD").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Dir(strings.TrimSpace(string(out)))
}

// sources reads every Go file of the checkout.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	checkout := os.DirFS(root(t))
	err := fs.WalkDir(checkout, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && p != "." && (strings.HasPrefix(d.Name(), ".") || slices.Contains([]string{"testdata", "reports", "node_modules"}, d.Name())):
			return filepath.SkipDir
		case d.IsDir() || path.Ext(p) != ".go":
			return nil
		}
		text, err := fs.ReadFile(checkout, p)
		all = append(all, source{p, text})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// longest is how many lines a file may have.
const longest = 400

// noNames are package names that say nothing.
var noNames = []string{"util", "utils", "common", "helper", "helpers", "types", "models", "misc", "shared", "base"}

// clocks are the functions of package time that ask the machine for the time
// or wait for it to pass. A timer that is made, waited for and stopped is how a
// blocking wait ends and stays allowed.
var clocks = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick"}

// clientOfOurs is the name of an HTTP client, or a part of one, that the sandbox or
// a mock makes by itself; "" for anything else.
func clientOfOurs(s source, made *ast.CompositeLit) string {
	theirs := strings.HasPrefix(s.path, "sandbox/") || strings.HasPrefix(s.path, "mocks/")
	if !theirs || strings.HasPrefix(s.path, "mocks/outbound/") || strings.HasSuffix(s.path, "_test.go") {
		return ""
	}
	t, ok := made.Type.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if x, ok := t.X.(*ast.Ident); ok && x.Name == "http" && (t.Sel.Name == "Client" || t.Sel.Name == "Transport") {
		return t.Sel.Name
	}
	return ""
}

// seeded are the names of math/rand that do without its global source.
var seeded = []string{"New", "NewSource", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "Source", "Source64", "PCG", "ChaCha8", "Zipf"}

// mayAskMachine tells whether real time and chance are allowed in a file.
func mayAskMachine(s source, file *ast.File) bool {
	main := file.Name.Name == "main" && path.Dir(s.path) == "." && !strings.HasSuffix(s.path, "_test.go")
	return main || path.Dir(s.path) == "mocks/clock"
}

// offences returns a sentence for each thing banned in a file.
func offences(s source) []string {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, s.path, s.text, 0)
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	add := func(at token.Pos, format string, args ...any) {
		found = append(found, fmt.Sprintf("%s:%d: %s", s.path, fset.Position(at).Line, fmt.Sprintf(format, args...)))
	}
	if n := bytes.Count(s.text, []byte("\n")); n > longest {
		add(file.Package, "the file has %d lines; split it at %d", n, longest)
	}
	if slices.Contains(noNames, strings.TrimSuffix(file.Name.Name, "_test")) {
		add(file.Package, "package %s says nothing; name it after what it is about", file.Name.Name)
	}
	if path.Dir(s.path) == "." && s.path != "main.go" {
		add(file.Package, "a file beside main.go; it belongs to a room")
	}
	for _, at := range wideLines(s.text, fset, file) {
		add(fset.File(file.Package).LineStart(at), "the line is wider than %d columns", widest)
	}
	names := importNames(file, add)
	free := mayAskMachine(s, file)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if name := clientOfOurs(s, n); name != "" {
				add(n.Pos(), "http.%s; mocks/outbound makes every client of others", name)
			}
		case *ast.SelectorExpr:
			x, ok := n.X.(*ast.Ident)
			if !ok || x.Obj != nil { // Obj: a variable that hides the package
				break
			}
			switch from := names[x.Name]; {
			case free:
			case from == "time" && slices.Contains(clocks, n.Sel.Name):
				add(n.Pos(), "time.%s; time is a value, asked for in main.go and mocks/clock only", n.Sel.Name)
			case strings.HasPrefix(from, "math/rand") && !slices.Contains(seeded, n.Sel.Name):
				add(n.Pos(), "%s.%s; chance has a seed, given in main.go and mocks/clock only", path.Base(strings.TrimSuffix(from, "/v2")), n.Sel.Name)
			}
		case *ast.CallExpr:
			if strings.HasSuffix(s.path, "_test.go") && skipsSilently(n) {
				add(n.Pos(), "a skip without a reason")
			}
		}
		return true
	})
	return found
}

// importNames maps the names in a file to the import paths that are watched.
func importNames(file *ast.File, add func(token.Pos, string, ...any)) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		// The parser has seen to it that this is a string.
		from, _ := strconv.Unquote(spec.Path.Value)
		if from != "time" && from != "math/rand" && from != "math/rand/v2" {
			continue
		}
		name := path.Base(strings.TrimSuffix(from, "/v2"))
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name == "." {
			add(spec.Pos(), "import of %s without a name; its bans could not be seen", from)
			continue
		}
		names[name] = from
	}
	return names
}

// skipsSilently tells whether a call skips a test and does not say why.
func skipsSilently(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	if !ok || !slices.Contains([]string{"t", "b", "f", "tb"}, x.Name) {
		return false
	}
	switch sel.Sel.Name {
	case "SkipNow":
		return true
	case "Skip", "Skipf":
		if len(call.Args) == 0 {
			return true
		}
		reason, ok := call.Args[0].(*ast.BasicLit)
		return ok && strings.Trim(reason.Value, "\"` ") == ""
	}
	return false
}

func TestArchitectureNoFileDoesWhatIsBanned(t *testing.T) {
	t.Parallel()
	all := sources(t)
	if len(all) < 300 {
		t.Fatalf("only %d Go files were found; is this the right folder?", len(all))
	}
	for _, s := range all {
		for _, sentence := range offences(s) {
			t.Error(sentence)
		}
	}
}

func TestArchitectureFindsOffences(t *testing.T) {
	t.Parallel()
	const timeLine = "sandbox/a.go:3: time.Now; time is a value, asked for in main.go and mocks/clock only"
	tests := map[string]struct {
		path, text string
		want       []string
	}{
		"time as a value is fine":       {"sandbox/a.go", "package a\nimport \"time\"\nvar d = 3 * time.Second\n", nil},
		"the machine's time":            {"sandbox/a.go", "package a\nimport \"time\"\nvar n = time.Now()\n", []string{timeLine}},
		"the machine's time as a value": {"sandbox/a.go", "package a\nimport \"time\"\nvar n = time.Now\n", []string{timeLine}},
		"the machine's time by another name": {
			"sandbox/a.go",
			"package a\nimport zeit \"time\"\nvar n = zeit.Now()\n",
			[]string{timeLine},
		},
		"the machine's time without a name": {
			"sandbox/a.go",
			"package a\nimport . \"time\"\n",
			[]string{"sandbox/a.go:2: import of time without a name; its bans could not be seen"},
		},
		"the machine's time in parentheses": {"sandbox/a.go", "package a\nimport \"time\"\nvar n = (time.Now)()\n", []string{timeLine}},
		"a variable that is called time": {
			"sandbox/a.go",
			"package a\nimport _ \"time\"\nfunc f(time struct{ Now int }) int { return time.Now }\n",
			nil,
		},
		"a sleep in a test": {
			"steps/a_test.go",
			"package a\nimport \"time\"\nfunc f() { time.Sleep(1) }\n",
			[]string{"steps/a_test.go:3: time.Sleep; time is a value, asked for in main.go and mocks/clock only"},
		},
		"the clock may ask the machine": {"mocks/clock/a.go", "package clock\nimport \"time\"\nvar n = time.Now()\n", nil},
		"a folder below the clock may not": {
			"mocks/clock/b/a.go",
			"package b\nimport \"time\"\nvar n = time.Now()\n",
			[]string{"mocks/clock/b/a.go:3: time.Now; time is a value, asked for in main.go and mocks/clock only"},
		},
		"main may ask the machine": {"main.go", "package main\nimport \"time\"\nvar n = time.Now()\n", nil},
		"a test of main may not": {
			"main_test.go",
			"package architecture_test\nimport \"time\"\nvar n = time.Since\n",
			[]string{
				"main_test.go:1: a file beside main.go; it belongs to a room",
				"main_test.go:3: time.Since; time is a value, asked for in main.go and mocks/clock only",
			},
		},
		"another command may not": {
			"tools/x/main.go",
			"package main\nimport \"time\"\nvar n = time.Tick\n",
			[]string{"tools/x/main.go:3: time.Tick; time is a value, asked for in main.go and mocks/clock only"},
		},
		"chance without a seed": {
			"mocks/sms/a.go",
			"package sms\nimport \"math/rand\"\nvar n = rand.Intn(6)\n",
			[]string{"mocks/sms/a.go:3: rand.Intn; chance has a seed, given in main.go and mocks/clock only"},
		},
		"chance without a seed, second edition": {
			"mocks/sms/a.go",
			"package sms\nimport r \"math/rand/v2\"\nvar n = r.N(6)\n",
			[]string{"mocks/sms/a.go:3: rand.N; chance has a seed, given in main.go and mocks/clock only"},
		},
		"chance with a seed is fine": {
			"mocks/sms/a.go",
			"package sms\nimport \"math/rand/v2\"\nvar n = rand.New(rand.NewPCG(1, 2)).IntN(6)\n",
			nil,
		},
		"chance of the cipher kind is fine": {"mocks/sms/a.go", "package sms\nimport \"crypto/rand\"\nvar n = rand.Text()\n", nil},
		"a package name that says nothing": {
			"sandbox/util/a.go",
			"package util\n",
			[]string{"sandbox/util/a.go:1: package util says nothing; name it after what it is about"},
		},
		"and its tests": {
			"sandbox/util/a_test.go",
			"package util_test\n",
			[]string{"sandbox/util/a_test.go:1: package util_test says nothing; name it after what it is about"},
		},
		"a file of 400 lines is fine": {"sandbox/a.go", "package a\n" + strings.Repeat("\n", 399), nil},
		"a file of 401 lines": {
			"sandbox/a.go",
			"package a\n" + strings.Repeat("\n", 400),
			[]string{"sandbox/a.go:1: the file has 401 lines; split it at 400"},
		},
		"a line of 140 columns is fine": {"sandbox/a.go", "package a\n\t//" + strings.Repeat("あ", 134) + "\n", nil},
		"a line of 141 columns": {
			"sandbox/a.go",
			"package a\n\t//" + strings.Repeat("あ", 135) + "\n",
			[]string{"sandbox/a.go:2: the line is wider than 140 columns"},
		},
		"a wide line with a string is fine": {"sandbox/a.go", "package a\nconst s = \"" + strings.Repeat("a", 140) + "\"\n", nil},
		"a wide line that is wide without its string as well is not": {"sandbox/a.go",
			"package a\nvar " + strings.Repeat("a", 140) + " = \"b\"\n", []string{"sandbox/a.go:2: the line is wider than 140 columns"}},
		"a skip that says why": {
			"sandbox/a_test.go",
			"package a\nfunc f(t T) { t.Skip(\"no IPv6 here\"); t.Skipf(\"no %s\", x) }\n",
			nil,
		},
		"a skip that does not": {
			"sandbox/a_test.go",
			"package a\nfunc f(t T) {\nt.Skip()\nt.SkipNow()\nt.Skip(\"\")\n}\n",
			[]string{
				"sandbox/a_test.go:3: a skip without a reason",
				"sandbox/a_test.go:4: a skip without a reason",
				"sandbox/a_test.go:5: a skip without a reason",
			},
		},
		"a skip of a decoder":        {"sandbox/a_test.go", "package a\nfunc f(dec D) { dec.Skip() }\n", nil},
		"a file that cannot be read": {"sandbox/a.go", "package\n", []string{"sandbox/a.go:1:9: expected 'IDENT', found 'EOF'"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, offences(source{test.path, []byte(test.text)})); diff != "" {
				t.Errorf("offences (-want +got):\n%s", diff)
			}
		})
	}
}
