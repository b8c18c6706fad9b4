package settings_test

import (
	"bytes"
	"errors"
	"flag"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/internal/settings"
)

// values are the settings of a command that has one of each kind.
type values struct {
	Console string
	Workers int
	Limit   time.Duration
	Open    bool
	Hosts   settings.List
	Texts   settings.Whole
}

func declared(out *bytes.Buffer) (*settings.Set, *values) {
	v := &values{Console: "127.0.0.1:8090", Workers: 2, Limit: time.Minute}
	set := settings.New("serve", out, settings.English)
	set.Group("Where it listens")
	set.StringVar(&v.Console, "console", v.Console, "address of the console")
	set.BoolVar(&v.Open, "open", v.Open, "open the console")
	set.Group("Bounds")
	set.IntVar(&v.Workers, "max-workers", v.Workers, "workers at once")
	set.DurationVar(&v.Limit, "limit", v.Limit, "how long it may take")
	set.Var(&v.Hosts, "call-back-hosts", "hosts")
	set.Var(&v.Texts, "text", "id=sentence")
	return set, v
}

func TestWhatASettingIs(t *testing.T) {
	standard := func(change func(*values)) values {
		v := values{Console: "127.0.0.1:8090", Workers: 2, Limit: time.Minute}
		change(&v)
		return v
	}
	for name, test := range map[string]struct {
		args, environ, names []string
		want                 values
	}{
		"its default where nobody says another": {want: standard(func(*values) {})},
		"what its variable says": {
			environ: []string{"HOME=/root", "NETANSWER_MAX_WORKERS=7", "NETANSWER_LIMIT=90s", "NETANSWER_OPEN=true"},
			want:    standard(func(v *values) { v.Workers, v.Limit, v.Open = 7, 90*time.Second, true }),
		},
		"what its flag says, whatever its variable says": {
			args:    []string{"-max-workers", "3", "-open=false"},
			environ: []string{"NETANSWER_MAX_WORKERS=7", "NETANSWER_OPEN=true", "NETANSWER_LIMIT=90s"},
			want:    standard(func(v *values) { v.Workers, v.Limit = 3, 90*time.Second }),
		},
		"all that a list's flags say": {
			args: []string{"-call-back-hosts", "a,b", "-call-back-hosts", "c"},
			want: standard(func(v *values) { v.Hosts = settings.List{"a", "b", "c"} }),
		},
		"of a list as well what its flag says and nothing of its variable": {
			args:    []string{"-call-back-hosts", "a"},
			environ: []string{"NETANSWER_CALL_BACK_HOSTS=b,c"},
			want:    standard(func(v *values) { v.Hosts = settings.List{"a"} }),
		},
		"a value with commas where values are whole": {
			args: []string{"-text", "a=x, y", "-text", "b=z"},
			want: standard(func(v *values) { v.Texts = settings.Whole{"a=x, y", "b=z"} }),
		},
		"what a variable says with = in it": {
			environ: []string{"NETANSWER_TEXT=a=b=c"},
			want:    standard(func(v *values) { v.Texts = settings.Whole{"a=b=c"} }),
		},
		"not what variables say that the command does not read": {
			environ: []string{"NETANSWER_CONSOLE=:1", "NETANSWER_MAX_WORKERS=7", "NETANSWER_MAX_WORDLS=1"},
			names:   []string{"console"},
			want:    standard(func(v *values) { v.Console = ":1" }),
		},
		"itself where variables of tests and of setup are set": {
			environ: []string{
				"NETANSWER_CACHE=/tmp", "NETANSWER_TEST_DRIVERS=api", "NETANSWER_TEST_REPORTS=r", "NETANSWER_TEST_BREAKS=p34-7",
				"NETANSWER_TEST_FOREIGN=all", "NETANSWER_TEST_SAMPLE=all",
			},
			want: standard(func(*values) {}),
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			set, got := declared(&out)
			if err := set.Parse(test.args, test.environ, test.names...); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, *got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if out.Len() > 0 {
				t.Errorf("it says %s", out.String())
			}
		})
	}
}

func TestWhatIsWrongIsNamed(t *testing.T) {
	for name, test := range map[string]struct {
		args, environ []string
		want          []string
	}{
		"an unknown variable":                   {nil, []string{"NETANSWER_MAX_WORDLS=7"}, []string{"unknown variable NETANSWER_MAX_WORDLS"}},
		"every one of several":                  {nil, []string{"NETANSWER_A=7", "NETANSWER_LIMIT=soon"}, []string{"NETANSWER_A", "NETANSWER_LIMIT"}},
		"a variable in small letters":           {nil, []string{"NETANSWER_max_workers=7"}, []string{"unknown variable NETANSWER_max_workers"}},
		"a variable with a flag's dash":         {nil, []string{"NETANSWER_MAX-WORKERS=7"}, []string{"unknown variable NETANSWER_MAX-WORKERS"}},
		"the prefix alone":                      {nil, []string{"NETANSWER_=7"}, []string{"unknown variable NETANSWER_"}},
		"a variable's bad value":                {nil, []string{"NETANSWER_MAX_WORKERS=many"}, []string{"NETANSWER_MAX_WORKERS", "many"}},
		"a variable that is set to nothing":     {nil, []string{"NETANSWER_LIMIT="}, []string{"NETANSWER_LIMIT"}},
		"a flag's bad value":                    {[]string{"-max-workers", "many"}, nil, []string{"-max-workers", "many"}},
		"an unknown flag":                       {[]string{"-max-wordls", "7"}, nil, []string{"-max-wordls"}},
		"an unknown variable beside good flags": {[]string{"-limit", "1s"}, []string{"NETANSWER_X=7"}, []string{"unknown variable NETANSWER_X"}},
		"an argument that is no flag":           {[]string{"-open", "now"}, nil, []string{"serve: ", `unknown argument "now"`}},
	} {
		t.Run(name, func(t *testing.T) {
			set, _ := declared(new(bytes.Buffer))
			err := set.Parse(test.args, test.environ)
			if err == nil {
				t.Fatal("nothing is wrong")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

func TestHelpIsWrittenWhateverVariablesThereAre(t *testing.T) {
	var out bytes.Buffer
	set, _ := declared(&out)
	if err := set.Parse([]string{"-h"}, []string{"NETANSWER_MAX_WORDLS=7"}); !errors.Is(err, flag.ErrHelp) {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "workers at once") {
		t.Errorf("help says %s", out.String())
	}
}

func TestPlacedAreThoseThatSomebodyHasSet(t *testing.T) {
	set, _ := declared(new(bytes.Buffer))
	if err := set.Parse([]string{"-max-workers", "2"}, []string{"NETANSWER_CONSOLE=127.0.0.1:8090"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]bool{"max-workers": true, "console": true}, set.Placed()); diff != "" { // though both are as by default
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestTheTableHasEverySettingInItsGroupAsDeclared(t *testing.T) {
	set, _ := declared(new(bytes.Buffer))
	var got [][4]string
	for _, s := range set.All() {
		got = append(got, [4]string{s.Group, s.Flag, s.Variable, s.Default})
	}
	want := [][4]string{
		{"Where it listens", "console", "NETANSWER_CONSOLE", "127.0.0.1:8090"},
		{"Where it listens", "open", "NETANSWER_OPEN", "false"},
		{"Bounds", "call-back-hosts", "NETANSWER_CALL_BACK_HOSTS", ""},
		{"Bounds", "limit", "NETANSWER_LIMIT", "1m0s"},
		{"Bounds", "max-workers", "NETANSWER_MAX_WORKERS", "2"},
		{"Bounds", "text", "NETANSWER_TEXT", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
