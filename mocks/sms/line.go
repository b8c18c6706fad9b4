package sms

import (
	"errors"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/width"
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

// A Fault is why a number cannot be one, in libphonenumber's words.
type Fault string

// The faults of numbers.
const (
	TooShort    Fault = "TOO_SHORT"
	TooLong     Fault = "TOO_LONG"
	NoCountry   Fault = "INVALID_COUNTRY_CODE"
	OtherLength Fault = "INVALID_LENGTH"
	NoNumber    Fault = "NOT_A_NUMBER"
)

// faultOf is why a number of a country cannot be one.
func faultOf(number, country string) Fault {
	n := punctuation.Replace(width.Narrow.String(number))
	digits := strings.TrimPrefix(n, "+")
	switch {
	case !bare(digits):
		return NoNumber
	case len(digits) > 15:
		return TooLong
	}
	p, err := phonenumbers.Parse(n, country)
	switch {
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode):
		return NoCountry
	case errors.Is(err, phonenumbers.ErrTooShortNSN), errors.Is(err, phonenumbers.ErrNotANumber):
		return TooShort
	case err != nil:
		return TooLong
	}
	switch phonenumbers.IsPossibleNumberWithReason(p) {
	case phonenumbers.TOO_LONG:
		return TooLong
	case phonenumbers.INVALID_COUNTRY_CODE:
		return NoCountry
	case phonenumbers.INVALID_LENGTH, phonenumbers.IS_POSSIBLE: // possible for a line of another kind
		return OtherLength
	}
	return TooShort
}

// A Number is what is known of a telephone number by its digits.
type Number struct {
	Possible bool   // it can be one
	Valid    bool   // its kind and length fit together
	Fault    Fault  // why it cannot be one, where it cannot
	Country  string // ISO 3166, "" where nobody knows
	Code     string // of the country, in front of its numbers
	Shown    string // in national form, for people
	// International is the number with + and its country's code.
	International string
	Line          Line
}

// Country tells whether there is a country of a code of ISO 3166 that has numbers.
func Country(code string) bool { return phonenumbers.GetCountryCodeForRegion(code) != 0 }

// About tells what is known of a number. Without a + it is one of the country, by
// its code of ISO 3166.
func About(number, country string) Number {
	n := number
	if country != "JP" && !strings.HasPrefix(width.Narrow.String(number), "+") {
		p, err := phonenumbers.Parse(punctuation.Replace(width.Narrow.String(number)), country)
		if err != nil || !phonenumbers.IsPossibleNumber(p) {
			return Number{Fault: faultOf(number, country)}
		}
		n = phonenumbers.Format(p, phonenumbers.E164)
	}
	if n = National(n); n == "" {
		return Number{Fault: faultOf(number, country)}
	}
	about := known(n)
	about.International = International(n)
	return about
}

// known is what is known of a number as National writes it.
func known(n string) Number {
	if n[0] == '0' {
		return Number{Possible: true, Valid: significant(n[1:]) || len(n) == 10, Country: "JP", Code: "81", Shown: Show(n),
			Line: japanese(n)}
	}
	p, err := phonenumbers.Parse(n, "JP")
	if err != nil {
		return Number{Fault: NoNumber}
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
	}{{"0120", TollFree}, {"0800", TollFree}, {"0990", Premium}, {"0570", Premium}, {"050", IPPhone}, {"060", Mobile}, {"070", Mobile},
		{"080", Mobile}, {"090", Mobile}} {
		if strings.HasPrefix(n, kind.begins) {
			return kind.line
		}
	}
	return Fixed
}
