package console

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// clockView is the clock card.
type clockView struct {
	Now     time.Time
	Machine string // Now for the script, RFC 3339
	Input   string // Now for the field to set it by
	Running bool
}

// inputForm is how a datetime-local field writes a time.
const inputForm = "2006-01-02T15:04:05"

func viewClock(m world.Snapshot) clockView {
	return clockView{Now: m.Now, Machine: m.Now.Format(time.RFC3339Nano), Input: m.Now.Format(inputForm), Running: m.Clock.Running}
}

func clockText(t time.Time) string { return t.Format("15:04:05") }

func dayText(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日(%s)", t.Year(), t.Month(), t.Day(), weekdays[t.Weekday()])
}

var weekdays = [...]string{"日", "月", "火", "水", "木", "金", "土"}

// shortText tells a time of the world by its clock, with the day where it is
// another one than today.
func shortText(t, now time.Time) string {
	t = t.In(now.Location())
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return t.Format("15:04:05")
	}
	if t.Year() == now.Year() {
		return t.Format("1/2 15:04:05")
	}
	return t.Format("2006/1/2 15:04:05")
}

// leftText tells how long something will last. The page's script words it so too.
func leftText(d time.Duration) string {
	d = d.Truncate(time.Second)
	hours, minutes, seconds := int(d/time.Hour), int(d/time.Minute)%60, int(d/time.Second)%60
	switch {
	case hours > 0:
		return fmt.Sprintf("残り%d時間%d分", hours, minutes)
	case minutes > 0:
		return fmt.Sprintf("残り%d分%02d秒", minutes, seconds)
	}
	return fmt.Sprintf("残り%d秒", seconds)
}

func (f handler) clockForm(ctx context.Context, name string, form url.Values) error {
	var move world.ClockMove
	if v := form.Get("now"); v != "" {
		t, err := parseInput(v)
		if err != nil {
			return formError{text: "日時を「2026-11-01T10:00:00」の形で入れてください。"}
		}
		move.Set = &t
	}
	if v := form.Get("advance"); v != "" {
		d, err := registration.ParseDuration(v)
		if err != nil {
			return formError{text: "進める時間を「9分59秒」のように入れてください。"}
		}
		move.Advance = d
	}
	if v := form.Get("running"); v != "" {
		running := v == "true"
		move.Running = &running
	}
	_, err := f.control.Arrange(ctx, name, world.Setup{Clock: move})
	if errors.Is(err, clock.ErrRange) {
		return formError{text: "時計が示せるのは2000年から2099年までです。"}
	}
	return err
}

// parseInput reads what a datetime-local field sends; at a full minute it may
// leave the seconds out.
func parseInput(v string) (time.Time, error) {
	t, err := time.ParseInLocation(inputForm, v, clock.Japan)
	if err != nil {
		return time.ParseInLocation("2006-01-02T15:04", v, clock.Japan)
	}
	return t, nil
}
