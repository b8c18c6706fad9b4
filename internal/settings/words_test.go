package settings_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"example.com/netanswer/internal/settings"
)

// usageAt is where the methods of a flag set that declare a flag have its meaning.
var usageAt = map[string]int{
	"Var": 2, "String": 2, "Bool": 2, "Int": 2, "Duration": 2, "Func": 1,
	"StringVar": 3, "BoolVar": 3, "IntVar": 3, "Int64Var": 3, "DurationVar": 3, "TextVar": 3,
}

// files are the sources that fit, without tests.
func files(t *testing.T, patterns ...string) []*ast.File {
	t.Helper()
	var all []*ast.File
	for _, pattern := range patterns {
		names, err := filepath.Glob(filepath.FromSlash(pattern))
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, file)
		}
	}
	return all
}

func unquoted(e ast.Expr) string {
	l, ok := e.(*ast.BasicLit)
	if !ok {
		return ""
	}
	text, err := strconv.Unquote(l.Value)
	if err != nil {
		return ""
	}
	return text
}

// declaredFlags are the flags of all commands with their meaning in English, as the
// sources declare them.
func declaredFlags(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{} // the flag, by its meaning
	for _, file := range files(t, "../cli/*.go", "*.go", "../../sandbox/server/settings.go") {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				method, ok := n.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				at, declares := usageAt[method.Sel.Name]
				if receiver, ok := method.X.(*ast.Ident); !ok || receiver.Name != "set" && receiver.Name != "s" || !declares ||
					at >= len(n.Args) {
					return true
				}
				if usage := unquoted(n.Args[at]); usage != "" {
					found[usage] = "a flag"
				}
			case *ast.CompositeLit: // the listeners of serve
				if n.Type == nil && len(n.Elts) == 6 && unquoted(n.Elts[0]) != "" && unquoted(n.Elts[1]) != "" {
					found[unquoted(n.Elts[1])] = "-" + unquoted(n.Elts[0])
				}
			}
			return true
		})
	}
	return found
}

// TestEveryFlagHasWordsInBothLanguages reads the sources, so that no command is
// forgotten.
func TestEveryFlagHasWordsInBothLanguages(t *testing.T) {
	flags := declaredFlags(t)
	if len(flags) < 140 {
		t.Errorf("only %d flags are found", len(flags))
	}
	japanese := regexp.MustCompile(`[ぁ-んァ-ヶ一-龠]`)
	quoted := regexp.MustCompile(`花子さん|@発行元`)
	known := map[string]bool{}
	for _, file := range files(t, "japanese.go") {
		ast.Inspect(file, func(n ast.Node) bool {
			pair, ok := n.(*ast.CompositeLit)
			if !ok || len(pair.Elts) != 2 {
				return true
			}
			en, ja := unquoted(pair.Elts[0]), unquoted(pair.Elts[1])
			known[en] = true
			if _, declared := flags[en]; !declared {
				t.Errorf("no flag means %q", en)
			}
			if en == "" || japanese.MatchString(quoted.ReplaceAllString(en, "")) || ja != "text か json" && !japanese.MatchString(ja) {
				t.Errorf("%q is %q", en, ja)
			}
			return true
		})
	}
	for usage, flag := range flags {
		if !known[usage] {
			t.Errorf("%s that means %q has no words in Japanese", flag, usage)
		}
	}
}

func TestHelpIsInTheLanguageThatIsAskedFor(t *testing.T) {
	for language, want := range map[string]string{
		settings.Japanese: "netanswer serve のフラグ（英語では -lang en）:\n  -lang 値\n    \tヘルプ・出力・エラーの言語: ja か en（初めの値: ja）\n" +
			"  -max-worlds 整数\n    \t同時にあるワールドの数（初めの値: 7）\n",
		settings.English: "Flags of netanswer serve:\n  -lang value\n    \tlanguage of help, output and errors: ja or en (default ja)\n" +
			"  -max-worlds int\n    \tworlds that exist at once (default 7)\n",
	} {
		var out bytes.Buffer
		set := settings.New("serve", &out, language)
		set.Language()
		set.Int("max-worlds", 7, "worlds that exist at once")
		if err := set.Parse([]string{"-h"}, nil); err == nil || out.String() != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", language, err, out.String(), want)
		}
	}
}

func TestTheLanguageIsThatOfTheFlagThenOfTheVariable(t *testing.T) {
	for _, test := range []struct {
		args, environ []string
		want          string
	}{
		{nil, nil, settings.Japanese},
		{[]string{"-h", "-lang", "en"}, nil, settings.English},
		{[]string{"--lang=en", "-h"}, nil, settings.English},
		{[]string{"-lang", "ja"}, []string{"NETANSWER_LANG=en"}, settings.Japanese},
		{nil, []string{"HOME=/", "NETANSWER_LANG=en"}, settings.English},
		{[]string{"-lang", "fr"}, nil, settings.Japanese},
		{[]string{"lang", "en"}, nil, settings.Japanese},
		{[]string{"-lang"}, []string{"NETANSWER_LANG="}, settings.Japanese},
	} {
		if got := settings.LanguageOf(test.args, test.environ); got != test.want {
			t.Errorf("%q %q: %s", test.args, test.environ, got)
		}
	}
}
