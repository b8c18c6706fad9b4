package imap

import (
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
)

// slowly is what a pattern means (RFC 3501, 6.3.8), without regard to time.
func slowly(p, name string) bool {
	if p == "" {
		return name == ""
	}
	switch p[0] {
	case '*', '%':
		for i := 0; ; i++ {
			if slowly(p[1:], name[i:]) {
				return true
			}
			if i == len(name) || p[0] == '%' && name[i] == delimiter {
				return false
			}
		}
	}
	return name != "" && name[0] == p[0] && slowly(p[1:], name[1:])
}

func TestAPatternMatchesAsTheStandardSays(t *testing.T) {
	for p, names := range map[string]map[string]bool{
		"*":          {"": true, "INBOX": true, "a/b": true},
		"%":          {"": true, "INBOX": true, "a/b": false},
		"INBOX":      {"INBOX": true, "INBO": false, "INBOXX": false},
		"hana*@%.jp": {"hanako@example.jp": true, "hana@x.jp": true, "hanako@example.com": false, "hanako@a/b.jp": false},
		"%@%":        {"a@b": true, "a/c@b": false},
		"a%%*":       {"a": true, "ab/c": true, "b": false},
		"*a*":        {"a": true, "xax": true, "xbx": false},
		"%/b":        {"a/b": true, "a/c/b": false},
		"*/b":        {"a/c/b": true},
		"":           {"": true, "a": false},
	} {
		for name, want := range names {
			m, ok := newPattern(p)
			if got := m.matches(name); !ok || got != want {
				t.Errorf("%q and %q: %t, want %t", p, name, got, want)
			}
		}
	}
}

func TestAPatternOfManyWildcardsTakesNoLongerThanOneOfFew(t *testing.T) {
	name := strings.Repeat("a", 250) + "b"
	p, ok := newPattern(strings.Repeat("*a", 127))
	if !ok {
		t.Fatal("it is too long")
	}
	start := clock.Machine()
	for range 10_000 {
		if p.matches(name) {
			t.Fatal("it does not end in a")
		}
	}
	if took := clock.Machine().Sub(start); took > 2*time.Second {
		t.Errorf("10,000 names take %s", took)
	}
	if _, ok := newPattern(strings.Repeat("a", maxPattern+1)); ok {
		t.Error("there is no bound")
	}
}

func TestINBOXIsListedInAnyCaseAndAReferenceNarrows(t *testing.T) {
	for _, tt := range []struct {
		ref, pattern, name string
		want               bool
	}{{"", "inbox", "INBOX", true}, {"", "InB%", "INBOX", true}, {"", "A@b", "a@b", false}, {"x", "*", "INBOX", false}, {"x", "/*", "INBOX", true}, {"", "", "INBOX", false}} {
		wanted, err := listed(tt.ref, []string{tt.pattern})
		if err != nil || wanted(tt.name) != tt.want {
			t.Errorf("%q %q of %s: %v, want %t", tt.ref, tt.pattern, tt.name, err, tt.want)
		}
	}
}

func FuzzPattern(f *testing.F) {
	f.Add("*a%b/*", "aab/b")
	f.Add("%%*%", "a/b")
	f.Fuzz(func(t *testing.T, p, name string) {
		if len(p) > 12 || len(name) > 16 {
			return // the slow way takes too long
		}
		m, ok := newPattern(p)
		if !ok || m.matches(name) != slowly(p, name) {
			t.Errorf("%q and %q: want %t", p, name, slowly(p, name))
		}
	})
}
