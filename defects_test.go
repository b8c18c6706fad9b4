package main

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/steps/control"
	"example.com/netanswer/steps/suite"
)

// A defect is a world that differs from the rules in one value. The scenarios
// of its rules must notice.
type defect struct {
	name  string
	setup control.Setup
	rules []string
}

// valueDefects changes every value of the policy, a little in each direction
// where it is a number.
func valueDefects() []defect {
	var all []defect
	add := func(name string, rules string, values ...any) {
		for _, v := range values {
			all = append(all, defect{fmt.Sprintf("%s=%v", name, v), control.Setup{Policy: map[string]any{name: v}}, strings.Fields(rules)})
		}
	}
	add("passcode_digits", "p34-1", 5, 7)
	add("passcode_lifetime", "p34-7", "9m59s", "10m1s", "11m")
	add("passcode_lifetime", "a-08", "9m59s", "10m1s")
	add("passcode_attempts", "a-06", 4, 6)
	add("passcode_reissues", "a-07", 4, 6)
	add("passcode_reissue_interval", "a-07", "29s", "31s")
	add("call_window", "p35-2", "14m59s", "15m1s")
	add("call_window", "a-12", "14m59s", "15m1s")
	add("free_dial_number", "p35-1", "0120-000222")
	add("pin_digits", "p13-2", 3, 5)
	add("pin_attempts", "a-09", 2, 4)
	add("registration_idle", "a-14", "29m59s", "30m1s")
	add("net_answer_id_min", "p29-1", 7, 9)
	add("net_answer_id_max", "p29-1", 15, 17)
	add("password_min", "p29-2", 7, 9)
	add("password_max", "p29-2", 15, 17)
	add("password_min", "p16-1", 9)
	add("password_max", "p16-1", 15)
	add("password_min", "p16-5", 7)
	add("password_max", "p16-5", 17)
	add("credential_symbols", "p16-4", "-=@", "-=@_!")
	add("credential_symbols", "p29-1", "-=@", "-=@_!")
	add("personal_data_in_credentials", "p29-3", "refuse")
	add("personal_data_in_credentials", "a-18", "refuse")
	add("id_equal_password", "a-05", "allow")
	add("security_code_digits", "p28-1", 4)
	add("security_code_digits_amex", "p28-2", 3)
	add("security_code_digits", "p12-3", 4)
	add("security_code_digits_amex", "p12-4", 3)
	add("card_mask", "p33-1", "0000-****-****-0000", "0000-00**-****-0000")
	add("destination_mask", "p34-2", "***0000", "*****000")
	add("destination_mask", "p13-1", "***0000", "*****000")
	add("password_mask", "p33-1", "********")
	add("login_attempts", "a-20", 4, 6)
	add("login_lock", "a-20", "29m59s", "30m1s")
	add("newsletter_default", "p30-3", false)
	add("three_d_secure_enrolment", "p31-4", false)
	return all
}

// unproved are the values no rule speaks of, with the reason.
var unproved = map[string]string{
	"session_lifetime":          "the guide and its register say nothing of how long a log-in lasts",
	"app_install_duration":      "the stores are no part of the API: scenarios of p7-2 and p8-2 on iphone and android, and tests of sandbox/app and sandbox/world hold it",
	"software_keyboard_shuffle": "only a desktop screen has the keyboard (p28-3): a @パソコン scenario and a test of sandbox/web hold its order",
}

func TestEveryValueOfThePolicyIsTried(t *testing.T) {
	tried := map[string]bool{}
	for _, d := range valueDefects() {
		for name := range d.setup.Policy {
			tried[name] = true
		}
	}
	policy := reflect.TypeFor[registration.Policy]()
	for i := range policy.NumField() {
		name := policy.Field(i).Tag.Get("json")
		if !tried[name] && unproved[name] == "" {
			t.Errorf("no defect changes %s", name)
		}
	}
}

// sentenceDefects words every sentence differently that a rule words and a
// scenario without a screen can read.
func sentenceDefects(t *testing.T, provable func(rule string) bool) []defect {
	t.Helper()
	texts, err := fixtures.Texts()
	if err != nil {
		t.Fatal(err)
	}
	var all []defect
	for _, text := range texts {
		rules := slices.DeleteFunc(slices.Clone(text.Rules), func(rule string) bool { return !provable(rule) })
		if len(rules) > 0 {
			all = append(all, defect{"text " + text.ID, control.Setup{Texts: map[string]string{text.ID: spoiled(text.Text)}}, rules})
		}
	}
	return all
}

// spoiled is another sentence with the same places for values.
func spoiled(text string) string {
	out := "別の文"
	for _, part := range strings.Split(text, "{")[1:] {
		place, _, _ := strings.Cut(part, "}")
		out += " {" + place + "}"
	}
	return out
}

// TestTheScenariosNoticeEveryDefect breaks the sandbox in one value or sentence
// at a time and expects the scenarios of the rules concerned to turn red.
func TestTheScenariosNoticeEveryDefect(t *testing.T) {
	s := sandboxFor(t)
	green, err := verify(t.Context(), s, verification{drivers: []string{"api"}}, nil)
	if err != nil || !green.OK() {
		t.Fatal("the scenarios are not green without a defect: ", err)
	}
	scenarios := map[string]int{}
	for _, o := range green.Outcomes {
		for _, rule := range o.Proves {
			scenarios[rule.ID]++
		}
	}
	provable := func(rule string) bool { return scenarios[rule] > 0 && onlyOnScreens[rule] == "" }
	for _, d := range slices.Concat(valueDefects(), sentenceDefects(t, provable)) {
		t.Run(d.name+" "+strings.Join(d.rules, " "), func(t *testing.T) {
			t.Parallel()
			broken, err := verify(t.Context(), s, verification{drivers: []string{"api"}, choose: suite.Selection{Rules: d.rules}, setup: d.setup}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if broken.Count(suite.Failed) == 0 {
				t.Errorf("%d scenarios of %v stay green", len(broken.Outcomes), d.rules)
			}
			if len(d.setup.Policy) > 0 { // a value holds for both channels, a sentence may be of one
				for _, channel := range unnoticed(broken) {
					t.Errorf("the scenarios of %v stay green in the %s", d.rules, channel)
				}
			}
		})
	}
}

// unnoticed are the channels that have scenarios of which none failed.
func unnoticed(r suite.Result) []string {
	failed := map[string]bool{}
	for _, o := range r.Outcomes {
		channel := "web"
		if o.InApp() {
			channel = "app"
		}
		failed[channel] = failed[channel] || o.Verdict == suite.Failed
	}
	var channels []string
	for channel, noticed := range failed {
		if !noticed {
			channels = append(channels, channel)
		}
	}
	return channels
}

// onlyOnScreens are rules whose words a person reads on a real screen only.
var onlyOnScreens = map[string]string{}
