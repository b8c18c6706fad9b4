package settings

import (
	"cmp"
	"flag"
	"fmt"
	"strings"
)

// The languages that a command speaks.
const (
	Japanese = "ja"
	English  = "en"
)

// LanguageFlag is the flag that chooses one of them.
const LanguageFlag = "lang"

// Language declares the flag, which chooses the language of help, output and errors.
// LanguageOf reads it before any other flag.
func (s *Set) Language() {
	l := language(Japanese)
	s.Var(&l, LanguageFlag, "language of help, output and errors: ja or en")
}

type language string

func (l *language) String() string { return string(*l) }
func (l *language) Set(v string) error {
	if v != Japanese && v != English {
		return fmt.Errorf("language %q is neither ja nor en", v)
	}
	*l = language(v)
	return nil
}

// LanguageOf is the language that arguments ask for, else the variable, before any flag
// is read: what is wrong with the flags is told in it as well. It is Japanese where they
// ask for none that there is; whoever reads them tells of that.
func LanguageOf(args, environ []string) string {
	var l language
	for i, arg := range args {
		name, value, inside := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if name != LanguageFlag || !strings.HasPrefix(arg, "-") {
			continue
		}
		if !inside && i+1 < len(args) {
			value = args[i+1]
		}
		if l.Set(value) == nil {
			return string(l)
		}
	}
	for _, pair := range environ {
		if value, ok := strings.CutPrefix(pair, VariableOf(LanguageFlag)+"="); ok && l.Set(value) == nil {
			return string(l)
		}
	}
	return Japanese
}

// help writes what the flags mean.
func (s *Set) help(language string) {
	title := "%s のフラグ（英語では -lang en）:\n"
	if language == English {
		title = "Flags of %s:\n"
	}
	fmt.Fprintf(s.Output(), title, s.Name()) // where it cannot be written nobody reads; so does the package flag
	s.PrintFlags(language)
}

// PrintFlags writes the flags with their meaning, as PrintDefaults does in English.
func (s *Set) PrintFlags(language string) {
	if language == English {
		s.PrintDefaults()
		return
	}
	s.VisitAll(func(f *flag.Flag) {
		kind, _ := flag.UnquoteUsage(f)
		usage := cmp.Or(inJapanese(f.Usage), f.Usage)
		if kind != "" {
			kind = " " + kinds[kind]
		}
		initial := ""
		switch f.DefValue {
		case "", "0", "false", "0s":
		default:
			initial = "（初めの値: " + f.DefValue + "）"
		}
		fmt.Fprintf(s.Output(), "  -%s%s\n    \t%s%s\n", f.Name, kind, usage, initial)
	})
}

// kinds are what a flag takes, by what the package flag calls it.
var kinds = map[string]string{"string": "文字列", "int": "整数", "uint": "整数", "float": "数", "duration": "時間", "value": "値"}
