package passcode

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// expiry is the moment that the text tells its passcode to be good until: a time
// from now, or a time of the clock. The zero time where it tells none.
func (r *reading) expiry(now time.Time) time.Time {
	var best, bare time.Time
	nearest := reach
	take := func(at time.Time, from, to int) {
		if gap, ok := r.cued(from, to); ok && gap < nearest {
			best, nearest = at, gap
		}
	}
	for i := 0; i < len(r.all); i++ {
		n := &r.all[i]
		if d, to := r.lasts(n); d > 0 {
			if take(now.Add(d), n.from, to); r.annexed(n, to) {
				bare = now.Add(d)
			}
			continue
		}
		if at, last, to, ok := r.moment(i, now); ok {
			take(at, n.from, to)
			i = last
		}
	}
	if best.IsZero() {
		r.inWords(func(d time.Duration, from, to int) { take(now.Add(d), from, to) })
	}
	if best.IsZero() {
		return bare
	}
	return best
}

// annexed tells whether a length of time stands in brackets right behind the
// passcode: 482913 (10 min).
func (r *reading) annexed(n *number, to int) bool {
	before, in := strings.CutSuffix(strings.TrimRight(r.text[:n.from], " "), "(")
	if !in || !strings.HasPrefix(strings.TrimPrefix(r.text[to:], "間"), ")") || len(r.likely) == 0 {
		return false
	}
	before = strings.TrimRightFunc(before, connects)
	for i := range r.all {
		if o := &r.all[i]; o.to == len(before) {
			return o.digits == r.likely[0].Code
		}
	}
	return false
}

// worded is a length of time in words. 十分 alone is "enough".
var worded = regexp.MustCompile(`\b(half an|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty-five|sixty)[ -](second|minute|hour|day)s?\b` +
	`|([二三四五六]?十[一二三四五六七八九]?|[一二三四五六七八九])(秒|分|時間)(?:間|以内|後|有効|で失効|です|。)`)

var (
	amounts = map[string]float64{"half an": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
		"nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty-five": 45, "sixty": 60}
	lengths = map[string]time.Duration{"second": time.Second, "minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour,
		"秒": time.Second, "分": time.Minute, "時間": time.Hour}
)

// inWords hands over every length of time that is told in words.
func (r *reading) inWords(take func(d time.Duration, from, to int)) {
	if !slices.ContainsFunc(r.marks, func(m mark) bool { return m.means == until }) {
		return
	}
	for _, m := range worded.FindAllStringSubmatchIndex(r.text, maxNumbers) {
		if m[2] >= 0 {
			d := time.Duration(amounts[r.text[m[2]:m[3]]] * float64(lengths[r.text[m[4]:m[5]]]))
			take(d, m[0], m[5])
			continue
		}
		take(time.Duration(kanji(r.text[m[6]:m[7]]))*lengths[r.text[m[8]:m[9]]], m[0], m[9])
	}
}

// kanji is a number below 100 as it is written in words: 三十五.
func kanji(text string) int {
	total, digit := 0, 0
	for _, c := range text {
		if c == '十' {
			total, digit = max(1, digit)*10, 0
			continue
		}
		digit = utf8.RuneCountInString(strings.SplitAfter("一二三四五六七八九", string(c))[0])
	}
	return total + digit
}

// cued tells how far the nearest word is that says that something ends; only
// one of the same sentence counts, or the heading before it.
func (r *reading) cued(from, to int) (gap int, ok bool) {
	gap = reach
	for _, m := range r.marks {
		if m.means != until || m.from > to+reach || from > m.to+reach {
			continue
		}
		if m.to <= from {
			if left, crossed := r.between(m.to, from); crossed == 0 || left == 0 && crossed == 1 {
				gap = min(gap, left)
			}
		} else if m.from >= to {
			if left, crossed := r.between(to, m.from); crossed == 0 {
				gap = min(gap, left+1)
			}
		}
	}
	return gap, gap < reach
}

// spans are the units of time, the longest name of each first.
var spans = []struct {
	name string
	of   time.Duration
}{
	{"秒", time.Second},
	{"分", time.Minute},
	{"時間", time.Hour},
	{"ビョウ", time.Second},
	{"プン", time.Minute},
	{"フン", time.Minute},
	{"ジカン", time.Hour},
	{"日間", 24 * time.Hour},
	{"日以内", 24 * time.Hour},
	{"日後", 24 * time.Hour},
	{"seconds", time.Second},
	{"second", time.Second},
	{"secs", time.Second},
	{"sec", time.Second},
	{"minutes", time.Minute},
	{"minute", time.Minute},
	{"mins", time.Minute},
	{"min", time.Minute},
	{"hours", time.Hour},
	{"hour", time.Hour},
	{"hrs", time.Hour},
	{"hr", time.Hour},
	{"days", 24 * time.Hour},
	{"day", 24 * time.Hour},
}

// lasts reads a number with a unit of time, and where it ends; 0 where it is
// none.
func (r *reading) lasts(n *number) (time.Duration, int) {
	if n.parts != nil || len(n.digits) > 6 {
		return 0, 0
	}
	at := n.to
	for at < len(r.text) && (r.text[at] == ' ' || r.text[at] == '-') {
		at++
	}
	for _, s := range spans {
		if !strings.HasPrefix(r.text[at:], s.name) || letter(s.name, 0) && letter(r.text, at+len(s.name)) {
			continue
		}
		many, err := strconv.Atoi(n.digits)
		if err != nil || many == 0 || time.Duration(many) > 366*24*time.Hour/s.of {
			return 0, 0
		}
		if strings.HasSuffix(r.text[:n.from], "時") { // 12時10分
			return 0, 0
		}
		return time.Duration(many) * s.of, at + len(s.name)
	}
	return 0, 0
}

// A date is what is told of one; 0 for what is not told.
type date struct{ year, month, day int }

// moment reads a day, a time, or both, beginning at a number; last is the last
// number of it, and to where it ends.
func (r *reading) moment(i int, now time.Time) (at time.Time, last, to int, ok bool) {
	d, next, end := r.date(i)
	hour, minute, second, after, clockEnd := r.clock(next, end)
	zone := now.Location()
	switch {
	case after > next: // a time, perhaps of a day
		last, to = after-1, clockEnd
	case next > i: // a day alone: to its end
		last, to, hour = next-1, end, 24
	default:
		return time.Time{}, 0, 0, false
	}
	switch rest := strings.TrimLeft(r.text[to:], " ("); {
	case strings.HasPrefix(rest, "jst"), strings.HasPrefix(rest, "+09:00"):
		zone = time.FixedZone("JST", 9*3600)
	case strings.HasPrefix(rest, "utc"), strings.HasPrefix(rest, "gmt"), strings.HasPrefix(rest, "z") && !letter(rest, 1):
		zone = time.UTC
	}
	now = now.In(zone)
	moment := func(y, m, day int) time.Time { return time.Date(y, time.Month(m), day, hour, minute, second, 0, zone) }
	switch {
	case d.year != 0:
		return moment(d.year, d.month, d.day), last, to, true
	case d.month != 0: // the year nearest: what is sent on New Year's Eve may expire in the new year
		return nearest(
			now,
			moment(now.Year()-1, d.month, d.day),
			moment(now.Year(), d.month, d.day),
			moment(now.Year()+1, d.month, d.day),
		), last, to, true
	}
	y, m, today := now.Date()
	return nearest(now, moment(y, int(m), today-1), moment(y, int(m), today), moment(y, int(m), today+1)), last, to, true
}

func nearest(now time.Time, all ...time.Time) time.Time {
	best := all[0]
	for _, t := range all[1:] {
		if t.Sub(now).Abs() < best.Sub(now).Abs() {
			best = t
		}
	}
	return best
}

// date reads a day beginning at a number: 2026-11-24, 11/24, 11月24日. next is the
// number after it, i where there is none, and end where it ends.
func (r *reading) date(i int) (d date, next, end int) {
	if i >= len(r.all) {
		return d, i, 0
	}
	n := &r.all[i]
	if n.kind == day {
		v := values(n.parts)
		switch {
		case len(v) == 3 && v[0] > 31:
			d = date{v[0], v[1], v[2]}
		case len(v) == 3 && v[2] > 31:
			d = date{v[2], v[0], v[1]}
		case len(v) == 2 && v[0] <= 12:
			d = date{0, v[0], v[1]}
		}
		if d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31 {
			return date{}, i, 0
		}
		return d, i + 1, n.to
	}
	at := i
	for _, u := range []struct {
		name string
		into *int
	}{{"年", &d.year}, {"月", &d.month}, {"日", &d.day}} {
		v, ok := r.with(at, u.name)
		if !ok || at > i && strings.TrimSpace(r.text[end:r.all[at].from]) != "" {
			if at > i {
				return date{}, i, 0
			}
			continue
		}
		*u.into, end = v, r.all[at].to+len(u.name)
		at++
	}
	if d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31 {
		return date{}, i, 0
	}
	return d, at, end
}

// with is the value of a number of one or two digits, or of a year's four, that
// a unit follows.
func (r *reading) with(i int, unit string) (int, bool) {
	if i >= len(r.all) {
		return 0, false
	}
	n := &r.all[i]
	if n.parts != nil || len(n.digits) > 4 || !strings.HasPrefix(strings.TrimLeft(r.text[n.to:], " "), unit) {
		return 0, false
	}
	v, err := strconv.Atoi(n.digits)
	return v, err == nil
}

// clock reads a time beginning at a number that follows what ended at from: 12:10,
// 12時10分, 午後3時. next is the number after it, i where there is none.
func (r *reading) clock(i, from int) (hour, minute, second, next, end int) {
	none := func() (int, int, int, int, int) { return 0, 0, 0, i, from }
	if i >= len(r.all) {
		return none()
	}
	n := &r.all[i]
	before := ""
	if from > 0 && from <= n.from {
		if before = r.text[from:n.from]; len(before) > 24 || strings.Contains(before, "\n") {
			return none()
		}
	} else {
		before = r.text[max(0, n.from-12):n.from]
	}
	if n.kind == clock {
		v := append(values(n.parts), 0)
		hour, minute, second, next, end = v[0], v[1], v[2], i+1, n.to
	} else if v, ok := r.with(i, "時"); ok && !strings.HasPrefix(r.text[n.to:], "時間") {
		hour, next, end = v, i+1, n.to+len("時")
		if m, ok := r.with(i+1, "分"); ok && r.all[i+1].from == end {
			minute, next, end = m, i+2, r.all[i+1].to+len("分")
		} else if strings.HasPrefix(r.text[end:], "半") {
			minute, end = 30, end+len("半")
		}
	} else {
		return none()
	}
	if hour > 24 || minute > 59 || second > 59 {
		return none()
	}
	rest := strings.TrimLeft(r.text[end:], " ")
	switch afternoon := strings.Contains(before, "午後") || strings.HasPrefix(rest, "pm") || strings.HasPrefix(rest, "p.m."); {
	case afternoon && hour < 12:
		hour += 12
	case hour == 12 && (strings.Contains(before, "午前") || strings.HasPrefix(rest, "am") || strings.HasPrefix(rest, "a.m.")):
		hour = 0
	}
	return hour, minute, second, next, end
}

func values(parts []string) []int {
	v := make([]int, len(parts))
	for i, p := range parts {
		v[i], _ = strconv.Atoi(p) // digits; a number too long is no date
	}
	return v
}
