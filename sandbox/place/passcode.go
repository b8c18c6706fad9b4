package place

import (
	"slices"

	"example.com/netanswer/sandbox/registration"
)

// atPasscode are the places at a passcode that was entered wrongly or sent again.
// The steps lead to the passcode.
func atPasscode(channel registration.Channel, steps []step) []Place {
	at := func(name, title string, then step) Place {
		return Place{Name: name, Channel: channel, State: registration.AwaitPasscode, Title: title, Kind: WithMobile,
			steps: append(slices.Clone(steps), then)}
	}
	return []Place{
		at("passcode-wrong-once", "パスコードを1回まちがえたところ", wrong(func(p registration.Policy) int { return min(1, p.PasscodeAttempts-1) })),
		at("passcode-wrong", "パスコードを2回まちがえたところ", wrong(func(p registration.Policy) int { return min(2, p.PasscodeAttempts-1) })),
		at("passcode-last", "パスコードの入力があと1回", wrong(func(p registration.Policy) int { return p.PasscodeAttempts - 1 })),
		at("passcode-reissued", "パスコードを再発行したところ", reissue(func(registration.Policy) int { return 1 })),
		at("passcode-limit", "再発行を使いきったところ", reissue(func(p registration.Policy) int { return p.PasscodeReissues })),
	}
}
