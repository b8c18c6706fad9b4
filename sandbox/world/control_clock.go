package world

import (
	"fmt"
	"time"
)

// A ClockMove moves a world's clock: first Set, then Advance, then Run or Freeze.
// nil leaves it as it is; any time that is set, the zero one too, is one.
type ClockMove struct {
	Set     *time.Time
	Advance time.Duration
	Running *bool
}

func (st *State) moveClock(move ClockMove, machine time.Time) error {
	if move == (ClockMove{}) {
		return nil
	}
	c := st.Clock
	var err error
	if move.Set != nil {
		if c, err = c.Set(*move.Set, machine); err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
	}
	if move.Advance != 0 {
		if c, err = c.Advance(move.Advance, machine); err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
	}
	if move.Running != nil {
		if *move.Running {
			c = c.Run(machine)
		} else {
			c = c.Freeze(machine)
		}
	}
	st.Clock = c
	st.Timeline.add(c.Now(machine), "clock", "時計: "+c.Now(machine).Format("2006-01-02 15:04:05")+running(c.Running), "")
	return nil
}

func running(on bool) string {
	if on {
		return "（進行中）"
	}
	return "（停止中）"
}
