package actor

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"time"
)

var spanForm = regexp.MustCompile(`^(?:(\d+)日)?(?:(\d+)時間)?(?:(\d+)分)?(?:(\d+)秒)?$`)

// ParseSpan reads a length of time as it is written in a feature: 9分59秒, 30分.
func ParseSpan(text string) (time.Duration, error) {
	parts := spanForm.FindStringSubmatch(text)
	if parts == nil || text == "" {
		return 0, fmt.Errorf("「%s」 is no length of time like 9分59秒", text)
	}
	var d time.Duration
	for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second} {
		if parts[i+1] == "" {
			continue
		}
		n, err := strconv.Atoi(parts[i+1])
		if err != nil {
			return 0, fmt.Errorf("「%s」: %w", text, err)
		}
		if time.Duration(n) > (math.MaxInt64-d)/unit {
			return 0, fmt.Errorf("「%s」 is too long", text)
		}
		d += time.Duration(n) * unit
	}
	return d, nil
}

// japan is the time zone of everything a feature says.
var japan = time.FixedZone("JST", 9*60*60)

// ClockShowsExpiry sets the clock to where the month ends in which the person's
// card does, a minute before or just after.
func ClockShowsExpiry(ctx context.Context, name, when string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	p, known := s.Cast[name]
	if !known || len(p.Cards) == 0 {
		return fmt.Errorf("the cast has no %s with a card", name)
	}
	month, err := time.ParseInLocation("01/06", p.Cards[0].Month+"/"+p.Cards[0].Year, japan)
	if err != nil {
		return err
	}
	end := month.AddDate(0, 1, 0)
	if when == "月の終わり" {
		end = end.Add(-time.Minute)
	}
	return s.Around.SetClock(ctx, s.World.Name, end)
}

// moments are how a feature writes a moment.
var moments = []string{"2006年1月2日 15:04:05", "2006年1月2日 15:04", "2006-01-02 15:04:05"}

// ClockShows sets the clock of the scene's world.
func ClockShows(ctx context.Context, text string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	for _, form := range moments {
		if t, err := time.ParseInLocation(form, text, japan); err == nil {
			return s.Around.SetClock(ctx, s.World.Name, t)
		}
	}
	return fmt.Errorf("「%s」 is no moment like 2026年11月24日 16:12:00", text)
}
