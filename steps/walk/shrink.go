package walk

import (
	"context"
	"slices"

	"example.com/netanswer/steps/model"
)

// shrink takes acts out of a walk that failed, as many at once as it can, then rows
// out of its forms, as long as what is left breaks the same rule.
func (c *Config) shrink(ctx context.Context, found Failure) Failure {
	tries := c.Tries
	if tries == 0 {
		if tries = 300; found.Walk.Kind.Screen {
			tries = 40
		}
	}
	best := found
	best.Walk.Acts = slices.Clone(best.Walk.Acts[:best.At+1])
	try := func(acts []model.Act) bool {
		if tries <= 0 || ctx.Err() != nil || !c.possible(best.Walk.Kind, acts) {
			return false
		}
		tries--
		w := best.Walk
		w.Acts = acts
		out, err := c.play(ctx, w, false, nil)
		if err != nil || ctx.Err() != nil || out.failed == nil || out.failed.Line.Rule != found.Line.Rule {
			return false
		}
		out.failed.Walk.Acts = slices.Clone(acts[:out.failed.At+1])
		best = *out.failed
		return true
	}
	for before := len(best.Walk.Acts) + 1; len(best.Walk.Acts) < before; {
		before = len(best.Walk.Acts)
		for size := max(1, before/2); size >= 1; size /= 2 {
			for at := 0; at+size <= len(best.Walk.Acts)-1; {
				if !try(slices.Delete(slices.Clone(best.Walk.Acts), at, at+size)) {
					at++
				}
			}
		}
	}
	for i := 0; i < len(best.Walk.Acts); i++ {
		for row := 0; row < len(best.Walk.Acts[i].Rows); {
			acts := slices.Clone(best.Walk.Acts)
			acts[i].Rows = slices.Delete(slices.Clone(acts[i].Rows), row, row+1)
			if !try(acts) {
				row++
			}
			if i >= len(best.Walk.Acts) {
				break
			}
		}
	}
	best.Drawn = len(found.Walk.Acts)
	return best
}

// possible tells whether all of the acts can be done in their order.
func (c *Config) possible(k Kind, acts []model.Act) bool {
	m := c.Model
	m.App, m.Device = k.App, k.Device
	w := model.New(m)
	for _, a := range acts {
		if _, err := w.Do(a); err != nil {
			return false
		}
	}
	return len(acts) > 0
}
