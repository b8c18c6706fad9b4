package actor

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"example.com/netanswer/fixtures"
)

// ChoosesPolicy makes another choice of the policy, by the name that scenarios have
// for it.
func ChoosesPolicy(ctx context.Context, name, value string) error {
	key := fixtures.PolicyKey(name)
	if key == "" {
		return fmt.Errorf("the policy has no 「%s」", name)
	}
	value = strings.TrimSuffix(value, "回")
	if strings.ContainsAny(value, "分秒時") {
		d, err := ParseSpan(value)
		if err != nil {
			return err
		}
		value = d.String()
	}
	return PolicyIs(ctx, key, value)
}

// policyValue is a value as the control API takes it.
func policyValue(text string) any {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	if b, err := strconv.ParseBool(text); err == nil {
		return b
	}
	return text
}
