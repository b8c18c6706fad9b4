package registration_test

import (
	"testing"

	"example.com/netanswer/sandbox/registration"
)

func TestTheStrengthOfAnIDOrPassword(t *testing.T) {
	for value, want := range map[string]registration.Strength{
		"":                 registration.StrengthLow,
		"haruyuki":         registration.StrengthLow, // eight letters: one point
		"abcd1234":         registration.StrengthLow, // neighbours do not count
		"4321dcba":         registration.StrengthLow,
		"aAaA1111":         registration.StrengthFair, // repeated, case aside: letters and digits, small and capital
		"harub25":          registration.StrengthLow,  // seven characters
		"harub257":         registration.StrengthFair, // eight
		"Harub257":         registration.StrengthHigh,
		"harub257sak":      registration.StrengthFair, // eleven characters
		"harub257sake":     registration.StrengthHigh, // twelve
		"Haru-257":         registration.StrengthVeryHigh,
		"Harub257-sake":    registration.StrengthVeryHigh,
		"はるのゆきどけみず":        registration.StrengthFair, // nine characters, none a letter or digit
		"z0z0z0z0z0z0":     registration.StrengthHigh, // z and 0 are no neighbours
		"\xff\xfe\xff\xfe": registration.StrengthLow,
	} {
		if got := registration.StrengthOf(value); got != want {
			t.Errorf("%q is %s, want %s", value, got, want)
		}
	}
}
