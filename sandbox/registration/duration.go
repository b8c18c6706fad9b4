package registration

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// A Duration is a length of time that reads and writes as text, like 10m or 30s.
// It reads 10分 and 1時間30分 as well.
type Duration time.Duration

// Of is the duration as the standard library's.
func (d Duration) Of() time.Duration { return time.Duration(d) }

// String writes the duration as time.Duration does.
func (d Duration) String() string { return time.Duration(d).String() }

// MarshalText writes the duration.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a duration as ParseDuration does.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := ParseDuration(string(text))
	if err != nil {
		return err
	}
	*d = Duration(v)
	return nil
}

// halves are 1時間半 and 2分半.
var halves = strings.NewReplacer("時間半", "時間30分", "分半", "分30秒")

// japaneseDuration is a length of time in words. Its groups are hours and days,
// which no unit of Go's is, and the rest.
var japaneseDuration = regexp.MustCompile(`^(?:(\d+)日)?(?:(\d+)時間)?(?:(\d+)分)?(?:([\d.]+)秒)?(?:(\d+)ミリ秒)?$`)

// ParseDuration reads a length of time as people write it, 10分 or 1日12時間, in
// digits of any width, or as time.ParseDuration does.
func ParseDuration(text string) (time.Duration, error) {
	plain := strings.Map(narrow, text)
	if d, err := time.ParseDuration(plain); err == nil {
		return d, nil
	}
	parts := japaneseDuration.FindStringSubmatch(halves.Replace(plain))
	if parts == nil || plain == "" {
		return 0, fmt.Errorf("%q is no length of time like 10m, 1h30m or 10分", text)
	}
	var sum time.Duration
	for i, unit := range []struct {
		as   string
		each time.Duration
	}{{"h", 24}, {"h", 1}, {"m", 1}, {"s", 1}, {"ms", 1}} {
		if parts[i+1] == "" {
			continue
		}
		d, err := time.ParseDuration(parts[i+1] + unit.as)
		longer := sum + d*unit.each
		if err != nil || d > longest/unit.each || longer < sum {
			return 0, fmt.Errorf("%q is no length of time like 10m, 1h30m or 10分", text)
		}
		sum = longer
	}
	return sum, nil
}

// narrow makes the wide forms of ASCII narrow, and leaves out spaces.
func narrow(r rune) rune {
	switch {
	case r == ' ' || r == '　':
		return -1
	case '！' <= r && r <= '～':
		return r - '！' + '!'
	}
	return r
}

const longest = time.Duration(1<<63 - 1)

// Words are the duration as people write it, like 1時間30分; 0秒 where there is none.
func (d Duration) Words() string {
	left := d.Of()
	if left < 0 {
		return d.String()
	}
	var words strings.Builder
	for _, unit := range []struct {
		one  time.Duration
		word string
	}{{24 * time.Hour, "日"}, {time.Hour, "時間"}, {time.Minute, "分"}} {
		if n := left / unit.one; n > 0 {
			fmt.Fprintf(&words, "%d%s", n, unit.word)
			left -= n * unit.one
		}
	}
	if left > 0 || words.Len() == 0 {
		fmt.Fprintf(&words, "%s秒", strings.TrimSuffix(seconds(left), "."))
	}
	return words.String()
}

// seconds writes less than a minute without an exponent or zeros at the end.
func seconds(d time.Duration) string {
	return strings.TrimRight(fmt.Sprintf("%d.%09d", d/time.Second, d%time.Second), "0")
}
