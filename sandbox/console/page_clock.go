package console

import (
	"fmt"
	"time"

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
