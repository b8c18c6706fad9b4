package sms

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/width"
)

// National writes a telephone number as this package keeps it: a Japanese one as
// digits in national form, whichever way it came, and any other as + and digits.
// "" where it is no number. Numbers that nobody was ever assigned are numbers.
func National(number string) string {
	n := number
	if !bare(n) {
		if n = punctuation.Replace(width.Narrow.String(number)); len(n) > 4 && strings.EqualFold(n[:4], "tel:") {
			n = n[4:]
		}
	}
	for _, prefix := range []string{"+81", "0081", "01081", "81"} {
		if rest, ok := strings.CutPrefix(n, prefix); ok && significant(strings.TrimPrefix(rest, "0")) {
			return "0" + strings.TrimPrefix(rest, "0")
		}
	}
	if rest, ok := strings.CutPrefix(n, "0"); ok && (len(rest) == 9 || len(rest) == 10) && rest[0] != '0' && bare(rest) {
		return n // most are; the library takes a hundred times as long
	}
	if significant(n) { // its 0 was lost, as spreadsheets lose it
		return "0" + n
	}
	digits := strings.TrimPrefix(n, "+")
	if len(digits) > 15 || !bare(digits) { // the library reads letters as keys
		return ""
	}
	p, err := phonenumbers.Parse(n, "JP")
	switch {
	case err != nil || !phonenumbers.IsPossibleNumber(p):
		return ""
	case p.GetCountryCode() == 81:
		if n = phonenumbers.GetNationalSignificantNumber(p); !significant(n) { // the library takes up to 17 digits
			return ""
		}
		return "0" + n
	}
	return phonenumbers.Format(p, phonenumbers.E164)
}

// punctuation is what people write between digits.
var punctuation = strings.NewReplacer(
	"-",
	"",
	" ",
	"",
	"(",
	"",
	")",
	"",
	".",
	"",
	"\u00a0",
	"",
	"\t",
	"",
	"‐",
	"",
	"‑",
	"",
	"–",
	"",
	"−",
	"",
	"ー",
	"",
)

// bare tells whether there is nothing but digits.
func bare(n string) bool {
	for i := 0; i < len(n); i++ {
		if n[i] < '0' || n[i] > '9' {
			return false
		}
	}
	return n != ""
}

// significant tells whether n is a Japanese number without the 0 in front: nine
// digits, or ten as mobiles, IP telephones and some free-dial numbers have.
func significant(n string) bool {
	switch {
	case !bare(n) || n[0] == '0':
		return false
	case len(n) == 9:
		return true
	case len(n) != 10:
		return false
	}
	switch n[:2] {
	case "20", "50", "60", "70", "80", "90":
		return true
	}
	return false
}

// International writes a number as + and digits. "" where it is no number.
func International(number string) string {
	n := National(number)
	if rest, ok := strings.CutPrefix(n, "0"); ok {
		return "+81" + rest
	}
	return n
}

// Show writes a number for people: in national form, grouped as its country
// does; of another country than Japan in international form.
func Show(number string) string {
	p, err := phonenumbers.Parse(number, "JP")
	switch {
	case err != nil || !phonenumbers.IsPossibleNumber(p):
		return number
	case p.GetCountryCode() == 81:
		return phonenumbers.Format(p, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(p, phonenumbers.INTERNATIONAL)
}

// Landline tells whether a number is a Japanese one that no mobile phone has.
// What the library knows of assigned numbers is of no use here: the numbers of
// the fixtures were never assigned.
func Landline(number string) bool {
	n := National(number)
	if len(n) < 3 || n[0] != '0' {
		return false
	}
	switch n[:3] {
	case "060", "070", "080", "090":
		return false
	}
	return true
}
