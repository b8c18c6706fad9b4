// Package qualify tries the suite itself. The implementation that the scenarios
// are written against is broken in one way at a time, each in worlds of its own,
// and the scenarios of the rule that was broken must turn red. What turns none
// red is a survivor: there is a rule that could be broken without anybody
// noticing, and a scenario is missing.
//
// A sample of scenarios that prove other rules is tried as well, and most of it
// must stay green: a change that breaks everything shows nothing.
//
// It works with a sandbox's control API only, since nobody else's implementation
// can be broken by asking.
package qualify

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
)

// The kinds of changes.
const (
	Value     = "value"     // a value of the policy, a little in each direction
	Sentence  = "sentence"  // an entry of the text table, worded differently
	Behaviour = "behaviour" // a named defect of the backend
)

// A Change breaks an implementation in one way.
type Change struct {
	Name  string   `json:"name"`
	Kind  string   `json:"kind"`
	Says  string   `json:"says"`  // what is then wrong, in Japanese
	Rules []string `json:"rules"` // of each, the scenarios must notice

	setup client.Setup
	// everywhere asks the scenarios of both channels to notice, where a rule
	// has some in both.
	everywhere bool
	// wide is set where nearly everything must turn red, so that a sample of
	// other rules says nothing.
	wide bool
}

// A value of the policy, what it is changed to and the rules it comes from.
type value struct {
	name  string
	rules string
	to    []any
}

// values changes every value of the policy, a little in each direction where it
// is a number.
var values = []value{
	{"passcode_digits", "p34-1", []any{5, 7}},
	{"passcode_lifetime", "p34-7 a-08", []any{"9m59s", "10m1s"}},
	{"passcode_lifetime", "p34-7", []any{"11m"}},
	{"passcode_attempts", "a-06", []any{4, 6}},
	{"passcode_reissues", "a-07", []any{4, 6}},
	{"passcode_reissue_interval", "a-07", []any{"29s", "31s"}},
	{"call_window", "p35-2 a-12", []any{"14m59s", "15m1s"}},
	{"free_dial_number", "p35-1", []any{"0120-000222"}},
	{"pin_digits", "p13-2", []any{3, 5}},
	{"pin_attempts", "a-09", []any{2, 4}},
	{"registration_idle", "a-14", []any{"29m59s", "30m1s"}},
	{"app_install_duration", "p7-2 p8-2", []any{"7s", "9s"}},
	{"net_answer_id_min", "p29-1", []any{7, 9}},
	{"net_answer_id_max", "p29-1", []any{15, 17}},
	{"password_min", "p29-2", []any{7, 9}},
	{"password_max", "p29-2", []any{15, 17}},
	{"password_min", "p16-1", []any{9}},
	{"password_max", "p16-1", []any{15}},
	{"password_min", "p16-5", []any{7}},
	{"password_max", "p16-5", []any{17}},
	{"credential_symbols", "p16-4 p29-1", []any{"-=@", "-=@_!"}},
	{"personal_data_in_credentials", "p29-3 a-18", []any{"refuse"}},
	{"id_equal_password", "a-05", []any{"allow"}},
	{"software_keyboard_shuffle", "p28-3", []any{true}},
	{"security_code_digits", "p28-1 p12-3", []any{4}}, // no card of three digits gets any further: nearly everything turns red
	{"security_code_digits_amex", "p28-2 p12-4", []any{3}},
	{"card_mask", "p33-1", []any{"0000-****-****-0000", "0000-00**-****-0000"}},
	{"destination_mask", "p34-2 p13-1", []any{"***0000", "*****000"}},
	{"password_mask", "p33-1", []any{"********"}},
	{"login_attempts", "a-20", []any{4, 6}},
	{"login_lock", "a-20", []any{"29m59s", "30m1s"}},
	{"newsletter_default", "p30-3", []any{false}},
	{"three_d_secure_enrolment", "p31-4", []any{false}},
}

// Unruled are the values of the policy that no rule speaks of, with the reason.
var Unruled = map[string]string{
	"session_lifetime": "ガイドにも登録簿にも、ログインがどれだけ続くかの規則がない",
}

// Values are changes of every value of a policy. A value that has neither a
// change nor a reason in Unruled is an error: somebody added it and forgot it
// here.
func Values(policy client.Policy) ([]Change, error) {
	var all []Change
	tried := map[string]bool{}
	for _, v := range values {
		if _, ok := policy[v.name]; !ok {
			return nil, fmt.Errorf("the policy has no value %s any more", v.name)
		}
		tried[v.name] = true
		for _, to := range v.to {
			all = append(
				all,
				Change{
					Name:       fmt.Sprintf("%s=%v", v.name, to),
					Kind:       Value,
					Says:       fmt.Sprintf("方針の値 %s が %v でなく %v", v.name, policy[v.name], to),
					Rules:      strings.Fields(v.rules),
					setup:      client.Setup{Policy: map[string]any{v.name: to}},
					everywhere: true,
					wide:       v.name == "security_code_digits",
				},
			)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(policy)) {
		if !tried[name] && Unruled[name] == "" {
			return nil, fmt.Errorf("nothing tries what happens if the policy's %s is another", name)
		}
	}
	return all, nil
}

// Sentences word every entry of the text table differently that a rule words.
// plain is how many there are that no rule words.
func Sentences(texts []fixtures.Text) (all []Change, plain int) {
	for _, t := range texts {
		if len(t.Rules) == 0 {
			plain++
			continue
		}
		all = append(all, Change{Name: t.ID, Kind: Sentence, Says: "文言「" + short(t.Text) + "」が別の文", Rules: t.Rules,
			setup: client.Setup{Texts: map[string]string{t.ID: spoiled(t.Text)}}})
	}
	return all, plain
}

// short is the beginning of a sentence, on one line.
func short(text string) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > 40 {
		return string(letters[:40]) + "…"
	}
	return string(letters)
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

// Behaviours are the defects that the sandbox knows.
func Behaviours(defects []client.Defect) []Change {
	var all []Change
	for _, d := range defects {
		all = append(
			all,
			Change{Name: d.Name, Kind: Behaviour, Says: d.Says, Rules: d.Rules, setup: client.Setup{Defects: []string{d.Name}}},
		)
	}
	return all
}
