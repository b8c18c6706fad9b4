package smpp

import (
	"strconv"
	"time"

	"example.com/netanswer/mocks/sms"
)

// when reads a time as SMPP 3.4, 7.1.1 writes it: YYMMDDhhmmsstnnp, with p + or -
// for a time of that many quarters of an hour from UTC, and R for one from now.
// An empty one is none.
func when(text string) (sms.When, bool) {
	if text == "" {
		return sms.When{}, true
	}
	if len(text) != 16 {
		return sms.When{}, false
	}
	var v [6]int
	for i := range v {
		n, err := strconv.Atoi(text[2*i : 2*i+2])
		if err != nil || text[2*i] == '-' || text[2*i] == '+' {
			return sms.When{}, false
		}
		v[i] = n
	}
	tenths, err1 := strconv.Atoi(text[12:13])
	quarters, err2 := strconv.Atoi(text[13:15])
	if err1 != nil || err2 != nil || text[13] == '-' || text[13] == '+' {
		return sms.When{}, false
	}
	if text[15] == 'R' {
		return sms.When{Years: v[0], Months: v[1], Days: v[2],
			In: time.Duration(v[3])*time.Hour + time.Duration(v[4])*time.Minute + time.Duration(v[5])*time.Second}, true
	}
	if text[15] != '+' && text[15] != '-' || v[1] < 1 || v[1] > 12 || v[2] < 1 || v[2] > 31 || v[3] > 23 || v[4] > 59 || v[5] > 59 ||
		quarters > 48 {
		return sms.When{}, false
	}
	offset := quarters * 15 * 60
	if text[15] == '-' {
		offset = -offset
	}
	at := time.Date(2000+v[0], time.Month(v[1]), v[2], v[3], v[4], v[5], tenths*int(100*time.Millisecond), time.FixedZone("", offset))
	return sms.When{At: at}, at.Day() == v[2]
}

// stamp writes a time so.
func stamp(t time.Time) string {
	_, offset := t.Zone()
	sign := "+"
	if offset < 0 {
		sign, offset = "-", -offset
	}
	quarters := strconv.Itoa(offset / 900)
	if len(quarters) < 2 {
		quarters = "0" + quarters
	}
	return t.Format("060102150405") + strconv.Itoa(t.Nanosecond()/int(100*time.Millisecond)) + quarters + sign
}
