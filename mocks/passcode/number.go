package passcode

import (
	"slices"
	"strings"
)

// A kind is what the digits of a number and the characters at it make of it.
type kind uint8

const (
	plain  kind = iota // one run of digits
	joined             // digits in equal groups, or one by one
	clock              // 12:10
	day                // 2026-11-24, 11/24
	no                 // nothing that could be a passcode, for the reason told
)

// A number is digits that belong together.
type number struct {
	from, to int
	digits   string
	parts    []string // as they are grouped; nil for one run
	kind     kind
	reason   string // of no
	letters  bool   // one or two letters and a hyphen stand in front
	web      bool   // it stands in the line that browsers read
	taken    string // the word of something else that calls it
	off      int    // how much less likely a passcode it is, as it may be called something else
}

func (n *number) not(reason string) { n.kind, n.reason = no, reason }

// numbers finds the numbers of a folded text, at most so many.
func numbers(text string, most int) []number {
	all := make([]number, 0, 2)
	for i := 0; i < len(text) && len(all) < most; {
		switch c := text[i]; {
		case c == 'h' && (strings.HasPrefix(text[i:], "http://") || strings.HasPrefix(text[i:], "https://")),
			c == 'w' && strings.HasPrefix(text[i:], "www.") && !letter(text, i-1):
			i = address(text, i)
		case c == '@' && (i == 0 || text[i-1] == '\n'):
			n, to := web(text, i)
			if n.web {
				all = append(all, n)
			}
			i = to
		case '0' <= c && c <= '9':
			n := grouped(text, i)
			all = append(all, n)
			i = n.to
		default:
			i++
		}
	}
	return all
}

// address is the end of an address of the web.
func address(text string, at int) int {
	for at < len(text) && text[at] > ' ' && text[at] < 0x7F && !strings.ContainsRune("<>\"'()[]", rune(text[at])) {
		at++
	}
	return at
}

// web reads a line like "@example.com #482913 %frame.example".
func web(text string, at int) (number, int) {
	end := at + 1
	for end < len(text) && text[end] > ' ' && text[end] < 0x7F {
		end++
	}
	host := text[at+1 : end]
	if !strings.Contains(host, ".") || !strings.HasPrefix(text[end:], " #") {
		return number{}, at + 1
	}
	from := end + 2
	to := from
	for digit(text, to) {
		to++
	}
	if to-from < 4 || to-from > 8 || to < len(text) && text[to] > ' ' {
		return number{}, to
	}
	return number{from: from, to: to, digits: text[from:to], web: true}, to
}

// grouped reads the digits at a place, with those that belong to them.
func grouped(text string, at int) number {
	n := number{from: at, to: run(text, at)}
	n.digits = text[at:n.to]
	if one, ok := spelled(text, at); ok {
		return one
	}
	if compact(text, &n) {
		return n
	}
	spaced(text, &n)
	return n
}

// run is the end of a run of digits.
func run(text string, at int) int {
	for digit(text, at) {
		at++
	}
	return at
}

// pauses stand between digits that are said one by one, the longest first.
var pauses = []string{" - ", "、 ", ", ", ". ", "、", "。", "・", " ", ",", ".", "-"}

// spelled reads digits that stand one by one.
func spelled(text string, at int) (number, bool) {
	digits, end := "", at
	for i := at; digit(text, i) && !digit(text, i+1) && len(digits) < 12; {
		digits += text[i : i+1]
		end = i + 1
		i = end
		for _, p := range pauses {
			if strings.HasPrefix(text[end:], p) && digit(text, end+len(p)) {
				i = end + len(p)
				break
			}
		}
	}
	if len(digits) < 4 || digit(text, at-1) {
		return number{}, false
	}
	n := number{from: at, to: end, digits: digits, kind: joined, parts: strings.Split(digits, "")}
	return n, true
}

// compact reads digits in groups with something but spaces between, and judges
// what they are together; false where there is one group only, which then stands
// for itself.
func compact(text string, n *number) bool {
	seps := ""
	parts := []string{n.digits}
	end := n.to
	for end < len(text) && strings.IndexByte("-/:.,()", text[end]) >= 0 && digit(text, end+1) && len(parts) < 8 {
		to := run(text, end+1)
		seps += text[end : end+1]
		parts = append(parts, text[end+1:to])
		end = to
	}
	if seps == "" {
		return false
	}
	kind, reason := together(parts, seps)
	if kind == plain {
		return true // what follows is another number
	}
	n.parts, n.kind, n.reason, n.to, n.digits = parts, kind, reason, end, strings.Join(parts, "")
	return true
}

// together judges groups of digits by their lengths and what is between them.
// plain: the first stands for itself.
func together(parts []string, seps string) (kind, string) {
	total := 0
	for _, p := range parts {
		total += len(p)
	}
	first := parts[0]
	is := func(sep string) bool { return strings.Trim(seps, sep) == "" }
	switch {
	case strings.ContainsAny(seps, "()"):
		if first[0] == '0' && (total == 10 || total == 11) {
			return no, "a telephone number"
		}
		return plain, ""
	case seps[0] == ':':
		if len(first) <= 2 && len(parts[1]) == 2 {
			return clock, ""
		}
		return plain, ""
	case seps[0] == '/':
		if len(first) > 4 {
			return plain, ""
		}
		return day, ""
	case seps[0] == ',':
		if len(first) <= 3 && len(parts[1]) == 3 {
			return no, "an amount"
		}
		return plain, ""
	case seps[0] == '.':
		if len(first) == 4 && len(parts) == 3 && len(parts[1]) <= 2 {
			return day, ""
		}
		return no, "a fraction or a version"
	case !is("-"):
		if len(first) == 4 && len(parts) > 2 {
			return day, ""
		}
		return plain, ""
	}
	return hyphened(parts, total)
}

// hyphened judges groups of digits with hyphens between.
func hyphened(parts []string, total int) (kind, string) {
	first, equal := parts[0], true
	for _, p := range parts {
		equal = equal && len(p) == len(first)
	}
	switch {
	case len(parts) == 3 && len(first) == 4 && len(parts[1]) <= 2 && len(parts[2]) <= 2:
		return day, ""
	case equal && total <= 8 && total >= 4 && len(first) >= 2:
		return joined, ""
	case total >= 9 && first[0] == '0':
		return no, "a telephone number"
	case len(parts) == 2 && len(first) == 4 && len(parts[1]) == 2:
		if century := first[:2]; (century == "19" || century == "20") && parts[1] <= "12" {
			return day, "" // a month
		}
		return joined, ""
	case len(parts) == 2 && len(first) == 3 && len(parts[1]) == 4:
		return no, "a postal code"
	case len(parts) == 2 && len(first) > 4 && len(parts[1]) <= 3:
		return plain, ""
	}
	return no, "a number in groups that no passcode has"
}

// spaced reads what belongs to a number across single spaces.
func spaced(text string, n *number) {
	parts := []string{n.digits}
	ends := []int{n.to}
	total := len(n.digits)
	for end := n.to; len(parts) < 6 && end < len(text) && text[end] == ' ' && digit(text, end+1); {
		to := run(text, end+1)
		if to+1 < len(text) && strings.IndexByte("-/:.,", text[to]) >= 0 && digit(text, to+1) {
			break
		}
		parts, ends, end = append(parts, text[end+1:to]), append(ends, to), to
		total += len(parts[len(parts)-1])
	}
	if len(parts) == 1 {
		return
	}
	take := func(kind kind, reason string) {
		n.parts, n.kind, n.reason, n.to, n.digits = parts, kind, reason, ends[len(ends)-1], strings.Join(parts, "")
	}
	lengths := make([]int, len(parts))
	for i, p := range parts {
		lengths[i] = len(p)
	}
	size := lengths[0]
	equal := !slices.ContainsFunc(lengths, func(l int) bool { return l != size })
	switch {
	case slices.Equal(lengths, []int{4, 4, 4, 4}), slices.Equal(lengths, []int{4, 6, 5}):
		take(no, "a card number")
	case (total == 10 || total == 11) && parts[0][0] == '0' && len(parts) == 3, n.from > 0 && text[n.from-1] == '+':
		take(no, "a telephone number")
	case (equal && size >= 2 || slices.Min(lengths) >= 2 && !unit(strings.TrimLeft(text[ends[len(ends)-1]:], " "))) && total >= 4 &&
		total <= 8:
		take(joined, "")
	}
}
