package sms

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// A Line is what kind of telephone a number is of, as the industry calls it.
type Line string

// The kinds of lines. A number that nobody was ever assigned has one as well.
const (
	Mobile   Line = "mobile"
	Fixed    Line = "landline"
	TollFree Line = "tollFree"
	IPPhone  Line = "nonFixedVoip"
	Premium  Line = "premium"
	Unknown  Line = "unknown"
)

// A Number is what is known of a telephone number by its digits.
type Number struct {
	Possible bool   // it can be one
	Valid    bool   // its kind and length fit together
	Country  string // ISO 3166, "" where nobody knows
	Code     string // of the country, in front of its numbers
	Shown    string // in national form, for people
	Line     Line
}

// About tells what is known of a number.
func About(number string) Number {
	n := National(number)
	if n == "" {
		return Number{}
	}
	if n[0] == '0' {
		return Number{Possible: true, Valid: significant(n[1:]) || len(n) == 10, Country: "JP", Code: "81", Shown: Show(n), Line: japanese(n)}
	}
	p, err := phonenumbers.Parse(n, "JP")
	if err != nil {
		return Number{}
	}
	about := Number{Possible: true, Valid: phonenumbers.IsValidNumber(p), Country: phonenumbers.GetRegionCodeForNumber(p),
		Code:  strings.TrimPrefix(strings.Fields(phonenumbers.Format(p, phonenumbers.INTERNATIONAL))[0], "+"),
		Shown: phonenumbers.Format(p, phonenumbers.NATIONAL), Line: Unknown}
	switch phonenumbers.GetNumberType(p) {
	case phonenumbers.MOBILE, phonenumbers.FIXED_LINE_OR_MOBILE:
		about.Line = Mobile
	case phonenumbers.FIXED_LINE:
		about.Line = Fixed
	case phonenumbers.TOLL_FREE:
		about.Line = TollFree
	case phonenumbers.VOIP:
		about.Line = IPPhone
	}
	return about
}

// japanese is the kind of a number in national form, by its first digits, as the
// Telecommunications Numbering Plan of Japan has them.
func japanese(n string) Line {
	for _, kind := range []struct {
		begins string
		line   Line
	}{{"0120", TollFree}, {"0800", TollFree}, {"0990", Premium}, {"0570", Premium}, {"050", IPPhone}, {"060", Mobile}, {"070", Mobile}, {"080", Mobile}, {"090", Mobile}} {
		if strings.HasPrefix(n, kind.begins) {
			return kind.line
		}
	}
	return Fixed
}
