package spec

import (
	"slices"

	"example.com/netanswer/steps/runner"
)

// A way is how something was made sure of, in the words of those who read the
// site: by itself, or on screens.
type way struct {
	Name    string
	Drivers []string
	On      string // the screens, in words; "" for none
}

// devices are the screens of the drivers.
var devices = map[string]string{"pc": "パソコン", "sp": "スマートフォン", "iphone": "iPhoneのアプリ", "android": "Androidのアプリ"}

// waysOf sorts drivers into ways.
func waysOf(drivers []string) []way {
	auto, screens := way{Name: "自動テスト"}, way{Name: "画面で確認"}
	for _, d := range drivers {
		device, screen := devices[d]
		switch {
		case !screen:
			auto.Drivers = append(auto.Drivers, d)
		case screens.On == "":
			screens.Drivers, screens.On = append(screens.Drivers, d), device
		default:
			screens.Drivers, screens.On = append(screens.Drivers, d), screens.On+"・"+device
		}
	}
	return slices.DeleteFunc([]way{auto, screens}, func(w way) bool { return len(w.Drivers) == 0 })
}

// worst puts what goes against a rule before what speaks for it.
var worst = []string{Red, Open, Expected, Green, Blank, None}

// by is the verdict of scenarios together, over all drivers of a way. What is
// 対象外 for one driver is judged by the others.
func (v Verdicts) by(w way, scenarios []runner.Scenario) string {
	rank := len(worst) - 1
	for _, d := range w.Drivers {
		rank = min(rank, slices.Index(worst, v.of(d, scenarios)))
	}
	return worst[rank]
}
