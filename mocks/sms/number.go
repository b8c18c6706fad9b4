package sms

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// National writes a telephone number as this package keeps it: a Japanese one as
// digits in national form, whichever way it came, and any other as + and digits.
// "" where it is no number. Numbers that nobody was ever assigned are numbers.
func National(number string) string {
	n := punctuation.Replace(number)
	if rest, ok := strings.CutPrefix(n, "+81"); ok && plain(rest) {
		n = "0" + strings.TrimPrefix(rest, "0")
	}
	if plain(n) { // most are; the library takes a hundred times as long
		return n
	}
	digits := strings.TrimPrefix(n, "+")
	if len(digits) > 15 || strings.Trim(digits, "0123456789") != "" { // the library reads letters as keys
		return ""
	}
	p, err := phonenumbers.Parse(n, "JP")
	switch {
	case err != nil || !phonenumbers.IsPossibleNumber(p):
		return ""
	case p.GetCountryCode() == 81:
		if n = phonenumbers.GetNationalSignificantNumber(p); !plain(n) { // the library takes up to 17 digits
			return ""
		}
		return "0" + n
	}
	return phonenumbers.Format(p, phonenumbers.E164)
}

// punctuation is what people write between digits.
var punctuation = strings.NewReplacer("-", "", " ", "", "(", "", ")", "")

// plain tells whether n is a Japanese number of the usual lengths in national
// form, digits only; the 0 in front may be wanting after +81.
func plain(n string) bool {
	n = strings.TrimPrefix(n, "0")
	return (len(n) == 9 || len(n) == 10) && n[0] != '0' && strings.Trim(n, "0123456789") == ""
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
