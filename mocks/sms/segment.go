package sms

import "unicode/utf8"

// Alphabet and extension are the default alphabet of 3GPP TS 23.038 and its
// extension, whose characters take two septets.
const (
	alphabet = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	extension = "^{}\\[~]|€\f"
)

// septets is how many septets each character of the default alphabet takes.
var septets = func() map[rune]int {
	m := map[rune]int{}
	for _, c := range alphabet {
		m[c] = 1
	}
	for _, c := range extension {
		m[c] = 2
	}
	return m
}()

// The two encodings, and how many units of each fit in one part: alone, and
// where several are joined.
const (
	GSM7 = "GSM-7"
	UCS2 = "UCS-2"

	// Binary is what is no text; 140 bytes fit in one part, 134 in each of several.
	Binary = "8-bit"

	gsm7Alone, gsm7Joined = 160, 153
	ucs2Alone, ucs2Joined = 70, 67
)

// Count tells the encoding a body needs and how many parts it is sent in. A
// character that takes two units is never cut in two.
func Count(body string) (encoding string, segments int) {
	for _, c := range body {
		if c > 0x20AC || septets[c] == 0 {
			return UCS2, parts(body, ucs2Alone, ucs2Joined, units)
		}
	}
	return GSM7, parts(body, gsm7Alone, gsm7Joined, func(c rune) int { return septets[c] })
}

// octets is how many parts bytes are sent in.
func octets(body string) int {
	if n := utf8.RuneCountInString(body); n > 140 {
		return (n + 133) / 134
	}
	return 1
}

// units is how many units of UCS-2 a character takes.
func units(c rune) int {
	if c > 0xFFFF {
		return 2
	}
	return 1
}

func parts(body string, alone, joined int, width func(rune) int) int {
	if utf8.RuneCountInString(body) > (MaxSegments+1)*joined {
		return MaxSegments + 1 // too long in any case
	}
	total, n, used := 0, 1, 0
	for _, c := range body {
		w := width(c)
		total += w
		if used+w > joined {
			n, used = n+1, 0
		}
		used += w
	}
	if total <= alone {
		return 1
	}
	return n
}
