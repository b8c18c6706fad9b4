// Package settings reads the settings of a command: its flags, and the
// variables of the process that belong to this program. A variable is called
// like its flag: NETANSWER_CONTROL_TOKEN is -control-token. A flag goes before
// a variable. A variable with our prefix that nobody knows is an error.
package settings

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Prefix begins the name of every variable of this program.
const Prefix = "NETANSWER_"

// The variables that are no setting of serve.
const (
	Cache       = Prefix + "CACHE"        // folder in which setup keeps what it installs
	TestDrivers = Prefix + "TEST_DRIVERS" // drivers that the tests try, with commas
	TestReports = Prefix + "TEST_REPORTS" // folder of the tests' reports
	TestBreaks  = Prefix + "TEST_BREAKS"  // rules of the second implementation that the tests break
	TestAbuse   = Prefix + "TEST_ABUSE"   // how long the attacks of test/abuse go on
	TestForeign = Prefix + "TEST_FOREIGN" // "all": every scenario and fault of the foreign implementations
	TestSample  = Prefix + "TEST_SAMPLE"  // word by which the tests draw from what is too much for every run; "all": everything
)

var others = []string{Cache, TestDrivers, TestReports, TestBreaks, TestAbuse, TestForeign, TestSample}

// A Setting is one row of the table of settings.
type Setting struct {
	Group    string // what it is about
	Flag     string // without its dash
	Variable string
	Default  string
	Usage    string // in English
	Japanese string // the same, "" where nobody has said it
}

// A Set is the settings of one command.
type Set struct {
	*flag.FlagSet
	group  string
	groups map[string]string // by flag
	order  []string          // flags as they were declared
	words  *[]string         // where arguments go that are no flags, nil where there may be none
}

// New begins a set. What a person asked for with -h is written to out, in a language
// as LanguageOf tells it.
func New(command string, out io.Writer, language string) *Set {
	s := &Set{FlagSet: flag.NewFlagSet("netanswer "+command, flag.ContinueOnError), groups: map[string]string{}}
	s.SetOutput(out)
	s.Usage = func() { s.help(language) }
	return s
}

// Words takes the arguments that are no flags, which may stand before them, between
// them and after them.
func (s *Set) Words(into *[]string) { s.words = into }

// Group says what the flags declared from now on are about.
func (s *Set) Group(title string) {
	s.note()
	s.group = title
}

// note gives the flags that were declared since the last call the group of then.
func (s *Set) note() {
	s.VisitAll(func(f *flag.Flag) {
		if _, known := s.groups[f.Name]; !known {
			s.groups[f.Name] = s.group
			s.order = append(s.order, f.Name)
		}
	})
}

// All are the settings, group by group.
func (s *Set) All() []Setting {
	s.note()
	var all []Setting
	for _, name := range s.order {
		f := s.Lookup(name)
		all = append(all, Setting{Group: s.groups[name], Flag: name, Variable: VariableOf(name), Default: f.DefValue, Usage: f.Usage,
			Japanese: inJapanese(f.Usage)})
	}
	return all
}

// VariableOf is the variable of a flag.
func VariableOf(name string) string {
	return Prefix + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// flags reads flags. The usage is for who asks for it: behind what is wrong, which is
// returned, it would be all that one sees.
func (s *Set) flags(args []string) error {
	out := s.Output()
	s.SetOutput(io.Discard)
	err := s.FlagSet.Parse(args)
	s.SetOutput(out)
	switch {
	case errors.Is(err, flag.ErrHelp):
		s.Usage()
	case err != nil:
		return fmt.Errorf("%w\n%s -h lists the flags", err, s.Name())
	}
	return err
}

// Parse reads the arguments, and the variables of those flags that no argument
// sets: of the flags that are named, or of all if none is. Where all are read, a
// variable that no flag and no other command knows is an error. What is left
// over is an error as well, unless there are to be Words.
func (s *Set) Parse(args, environ []string, names ...string) error {
	if err := s.flags(args); err != nil {
		return err
	}
	for s.words != nil && s.NArg() > 0 {
		*s.words = append(*s.words, s.Arg(0))
		if err := s.flags(s.Args()[1:]); err != nil {
			return err
		}
	}
	given := s.Placed() // a list would else be what both say
	var errs []error
	for _, pair := range environ {
		variable, value, _ := strings.Cut(pair, "=")
		short, ours := strings.CutPrefix(variable, Prefix)
		name := strings.ReplaceAll(strings.ToLower(short), "_", "-")
		switch {
		case !ours || slices.Contains(others, variable):
		case len(names) > 0 && !slices.Contains(names, name):
		case s.Lookup(name) == nil || VariableOf(name) != variable:
			errs = append(errs, fmt.Errorf("unknown variable %s", variable))
		case given[name]:
		default:
			if err := s.Set(name, value); err != nil {
				errs = append(errs, fmt.Errorf("invalid value %q for variable %s: %w", value, variable, err))
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if s.NArg() > 0 {
		return fmt.Errorf("%s: unknown argument %q", strings.TrimPrefix(s.Name(), "netanswer "), s.Arg(0))
	}
	return nil
}

// Placed are the flags that a variable or an argument has set.
func (s *Set) Placed() map[string]bool {
	placed := map[string]bool{}
	s.Visit(func(f *flag.Flag) { placed[f.Name] = true })
	return placed
}

// A List is a flag that may be given several times, or with commas.
type List []string

func (l *List) String() string     { return strings.Join(*l, ",") }
func (l *List) Set(v string) error { *l = append(*l, strings.Split(v, ",")...); return nil }

// Whole is a list whose values may hold commas.
type Whole []string

func (l *Whole) String() string     { return strings.Join(*l, " ") }
func (l *Whole) Set(v string) error { *l = append(*l, v); return nil }
