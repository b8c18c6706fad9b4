package walk

import (
	"strings"
	"time"

	"example.com/netanswer/steps/model"
)

// slowly does what is right as late as may be, and now and then a moment too late.
func (d *drawing) slowly(who string) {
	if limits := d.world.Limits(); d.kind.Clock && len(limits) > 0 && d.IntN(5) > 0 {
		late := one(d, limits[:min(2, len(limits))]) + one(d, []time.Duration{-time.Second, -time.Second, -time.Second, -time.Second, 0})
		d.add(model.Act{Do: model.Wait, Span: max(late, time.Second)})
	}
	switch d.IntN(8) {
	case 0:
		d.add(model.Act{Do: model.Look, Who: who})
	case 1:
		d.onward(who)
	default:
		if d.world.Over(who) || !d.rightly(who) {
			d.onward(who)
		}
	}
}

// tirelessly does one thing after the other, each when two thirds of the time have gone
// in which nothing may be done: each has to count as something done.
func (d *drawing) tirelessly(who string) {
	if d.kind.Clock {
		d.add(model.Act{Do: model.Wait, Span: (d.world.Policy.Idle * 2 / 3).Truncate(time.Second)})
	}
	switch {
	case strings.HasSuffix(d.world.Shown(who), "passcode") && d.IntN(2) == 0:
		d.add(model.Act{Do: model.Reissue, Who: who})
	case d.IntN(4) == 0:
		d.rightly(who)
	default:
		d.onward(who)
	}
}
