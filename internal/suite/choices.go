package suite

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.com/netanswer/fixtures"
)

// policyKeys are the numbers of a target.yaml's policy, each with the value of
// fixtures/policy.yaml that it stands for; "" where there is none, and the
// choice is false if left out.
var policyKeys = [][2]string{
	{"passcode_attempts", "passcode_attempts"},
	{"pin_attempts", "pin_attempts"},
	{"login_attempts", "login_attempts"},
	{"reissue_limit", "passcode_reissues"},
	{"reissue_interval", "passcode_reissue_interval"},
	{"login_lock", "login_lock"},
	{"idle", "registration_idle"},
	{"attempts_per_passcode", ""},
	{"looking_is_action", ""},
}

// Choices are the lines of a target.yaml that tell what an implementation chose
// where the guide is silent: every assumed rule, of web and app, every number, and
// the names that ask.policy is called with. All are commented out, as nobody but its
// authors knows what it follows.
func Choices() (string, error) {
	rules, err := fixtures.Rules()
	if err != nil {
		return "", err
	}
	policy := map[string]any{}
	if err := fixtures.Policy(&policy); err != nil {
		return "", err
	}
	var text strings.Builder
	text.WriteString("# assumes:            # 案内にない規則。採るものだけ # を外してください。外さないものは対象外です\n")
	for _, r := range rules {
		if !r.Assumed {
			continue
		}
		only := map[string]string{"web": "Webだけ: ", "app": "アプリだけ: "}[r.Channel]
		fmt.Fprintf(&text, "#   %s: true         # %s%s\n", r.ID, only, r.Says)
	}
	text.WriteString("# policy:             # 上の規則の数。ここにある値と違うものだけ # を外してください\n")
	for _, key := range policyKeys {
		value, known := policy[key[1]]
		if !known {
			value = false
		}
		fmt.Fprintf(&text, "#   %s: %v\n", key[0], value)
	}
	text.WriteString("# ask.policy の {name} と、はじめの {value}\n")
	for _, name := range slices.Sorted(maps.Keys(policy)) {
		fmt.Fprintf(&text, "#   - %s: %v\n", name, policy[name])
	}
	return text.String(), nil
}
