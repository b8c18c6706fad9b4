package mailbox

import (
	"strconv"
	"strings"
	"time"
)

// Date reads a date in any form of RFC 5322, 3.3 and 4.3: with and without the
// day's name and the seconds, years of two digits, named and military zones,
// comments and folded spaces anywhere; and what is common beside them, a date
// as asctime writes it and a zone with a colon.
func Date(text string) (time.Time, bool) {
	words := dateWords(text)
	if len(words) > 0 && isDay(words[0]) {
		words = words[1:]
	}
	if len(words) >= 2 && months[lead(words[0])] != 0 { // Nov 24 10:00:00 2026
		words[0], words[1] = words[1], words[0]
		if len(words) >= 4 && strings.Contains(words[2], ":") {
			words[2], words[3] = words[3], words[2]
		}
	}
	if len(words) < 4 {
		return time.Time{}, false
	}
	day, err1 := strconv.Atoi(words[0])
	month := months[lead(words[1])]
	year, err2 := strconv.Atoi(words[2])
	hour, minute, second, ok := timeOfDay(words[3])
	if err1 != nil || err2 != nil || month == 0 || !ok || day < 1 || day > 31 || year < 0 || year > 9999 {
		return time.Time{}, false
	}
	switch {
	case len(words[2]) <= 2 && year < 50:
		year += 2000
	case len(words[2]) <= 3:
		year += 1900
	}
	zone := time.UTC // what is not told is not known (-0000)
	if len(words) > 4 {
		zone = zoneOf(words[4])
	}
	return time.Date(year, month, day, hour, minute, second, 0, zone), true
}

var months = map[string]time.Month{
	"jan": 1,
	"feb": 2,
	"mar": 3,
	"apr": 4,
	"may": 5,
	"jun": 6,
	"jul": 7,
	"aug": 8,
	"sep": 9,
	"oct": 10,
	"nov": 11,
	"dec": 12,
}

func lead(word string) string { return strings.ToLower(word[:min(3, len(word))]) }

func isDay(word string) bool {
	switch lead(word) {
	case "mon", "tue", "wed", "thu", "fri", "sat", "sun":
		return true
	}
	return false
}

// dateWords are the words of a date, without comments, and with one time of day
// in one word however it is spaced.
func dateWords(text string) []string {
	var clean strings.Builder
	depth := 0
	for i := 0; i < len(text) && i < 200; i++ {
		switch c := text[i]; {
		case c == '\\' && depth > 0:
			i++
		case c == '(':
			depth++
		case c == ')':
			depth = max(0, depth-1)
		case depth > 0:
		case c == ',' || c == '\r' || c == '\n' || c == '\t':
			clean.WriteByte(' ')
		default:
			clean.WriteByte(c)
		}
	}
	flat := strings.Join(strings.Fields(clean.String()), " ")
	flat = strings.NewReplacer(" : ", ":", " :", ":", ": ", ":").Replace(flat)
	return strings.Split(flat, " ")
}

func timeOfDay(word string) (hour, minute, second int, ok bool) {
	parts := strings.Split(word, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, 0, 0, false
	}
	v := [3]int{}
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 {
			return 0, 0, 0, false
		}
		v[i] = n
	}
	return v[0], v[1], v[2], v[0] < 24 && v[1] < 60 && v[2] <= 60
}

// zones are those that RFC 5322 names, in hours, and Japan's.
var zones = map[string]int{
	"UT":  0,
	"GMT": 0,
	"UTC": 0,
	"EST": -5,
	"EDT": -4,
	"CST": -6,
	"CDT": -5,
	"MST": -7,
	"MDT": -6,
	"PST": -8,
	"PDT": -7,
	"JST": 9,
}

// zoneOf reads a zone; one that nobody knows, as military ones, is taken for
// -0000 (RFC 5322, 4.3).
func zoneOf(word string) *time.Location {
	if hours, ok := zones[strings.ToUpper(word)]; ok {
		return time.FixedZone(word, hours*3600)
	}
	digits := strings.ReplaceAll(word, ":", "")
	n, err := strconv.Atoi(strings.TrimLeft(digits, "+-"))
	if err != nil || len(digits) != 5 || n%100 > 59 {
		return time.UTC
	}
	offset := n/100*3600 + n%100*60
	if digits[0] == '-' {
		offset = -offset
	}
	return time.FixedZone("", offset)
}
