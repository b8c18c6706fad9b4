package registration

import "strings"

// MaskNumber shows number in the shape of mask: zeros before the first star
// stand for its first digits, zeros behind the last star for its last digits,
// everything else of the mask is shown as it is. With the guide's
// 0000-00**-****-000 (p33-1) every card shows its first six and last three.
func MaskNumber(mask, number string) string {
	number = Digits(number)
	first := strings.IndexByte(mask, '*')
	if first < 0 {
		first = len(mask)
	}
	tail := strings.Count(mask[first:], "0")
	if len(number) < strings.Count(mask, "0") {
		return strings.Map(hide, mask) // too short to show anything of it
	}
	head, end := 0, len(number)-tail
	return strings.Map(func(c rune) rune {
		if c != '0' {
			return c
		}
		at := head
		if at >= strings.Count(mask[:first], "0") {
			at = end
			end++
		} else {
			head++
		}
		return rune(number[at])
	}, mask)
}

func hide(c rune) rune {
	if c == '0' {
		return '*'
	}
	return c
}

// MaskDestination shows a telephone number as p34-2 does, *****0000. A mail
// address shows its first letter and its domain; the guide has no example of it.
func MaskDestination(mask, destination string) string {
	local, domain, isMail := strings.Cut(destination, "@")
	if !isMail {
		return MaskNumber(mask, destination)
	}
	if local == "" {
		return "*****@" + domain
	}
	return local[:1] + "*****@" + domain
}
