package suite_test

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/target"
)

// What a new target.yaml offers is all there is to choose, and can be taken as
// it stands.
func TestATargetBeginsWithAllThatCanBeChosen(t *testing.T) {
	rules, err := fixtures.Rules()
	if err != nil {
		t.Fatal(err)
	}
	for _, half := range []string{"web", "app"} {
		text, err := suite.Choices()
		if err != nil {
			t.Fatal(err)
		}
		taken := regexp.MustCompile(`(?m)^# (assumes:|policy:|  [a-z])`).ReplaceAllString(text, "$1")
		read, err := target.Read("target.yaml", []byte(minimal(half)+taken), os.LookupEnv)
		if err != nil {
			t.Fatalf("%s: %v\n%s", half, err, taken)
		}
		for _, r := range rules {
			if r.Assumed != read.Assumes[r.ID] { // one file may tell of both halves
				t.Errorf("%s: %s is offered: %v", half, r.ID, read.Assumes[r.ID])
			}
		}
		for key := range reflect.TypeFor[target.Policy]().Fields() {
			if name := key.Tag.Get("yaml"); !strings.Contains(text, "#   "+name+": ") {
				t.Errorf("%s: policy.%s is not offered", half, name)
			}
		}
		if lock := read.Policy.LoginLock; lock == nil || lock.Minutes() != 30 || read.Policy.PasscodeAttempts != 5 {
			t.Errorf("%s: the values are not the sandbox's: %+v", half, read.Policy)
		}
		if !strings.Contains(text, "#   - passcode_lifetime: 10m\n") {
			t.Errorf("%s: the names of ask.policy are lacking", half)
		}
	}
}

// minimal is the least that a target.yaml of that half says.
func minimal(half string) string {
	return half + `: http://127.0.0.1:3000/
providers: {world: mine, console: "http://127.0.0.1:8090"}
members:
  - {called: 花子さん, card: "4242420000010017", expiry: 11/35, code: "123", phone: 090-0000-1001}
`
}
