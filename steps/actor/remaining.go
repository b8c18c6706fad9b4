package actor

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// remaining is how the sandbox tells how often a passcode may still be typed.
var remaining = regexp.MustCompile(`^ワンタイムパスコードが違います。あと(\d+)回入力できます。$`)

// counts are the numbers of what is said, in whatever width.
var counts = regexp.MustCompile(`[0-9０-９]+|[一二三四五]`)

// tellsRemaining expects of another implementation that follows a-06 with its number
// of attempts that what it says lets the remaining ones be known: their number, or
// how many of all are used.
func (a *actor) tellsRemaining(sentence string) error {
	found, numbers := remaining.FindStringSubmatch(sentence), a.scene.numbers()
	all := SandboxNumbers.PasscodeAttempts
	if found == nil || numbers.AttemptsUntold || numbers.EachPasscode || numbers.PasscodeAttempts != all {
		return nil
	}
	left, _ := strconv.Atoi(found[1]) // digits, by the pattern
	lines := slices.Concat(a.screen.Messages, a.screen.Said)
	for _, said := range a.screen.Errors {
		lines = append(lines, said...)
	}
	var there []int
	for _, count := range counts.FindAllString(strings.Join(lines, "\n"), -1) {
		there = append(there, figure(count))
	}
	if slices.Contains(there, left) || slices.Contains(there, all) && slices.Contains(there, all-left) {
		return nil
	}
	return fmt.Errorf("断られましたが、残りが%d回であることがわかりません%s", left, told(a.screen))
}

// figure is a number written in digits of whatever width, or as one of 一 to 五.
func figure(written string) int {
	if at := strings.Index("一二三四五", written); at >= 0 {
		return at/len("一") + 1
	}
	n := 0
	for _, r := range written {
		if r >= '０' {
			r -= '０' - '0'
		}
		n = min(10*n+int(r-'0'), 1_000_000)
	}
	return n
}
