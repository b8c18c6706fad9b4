package target

import (
	"fmt"
	"slices"
	"time"
)

// ExpectedAt is which of the expected failures is that of a scenario and driver, by
// its place in the file; -1: none.
func (t Target) ExpectedAt(at, driver string) int {
	return slices.IndexFunc(t.Expected, func(e Expected) bool { return e.At == at && (e.Driver == "" || e.Driver == driver) })
}

// Expects tells whether a scenario, by its place, is known to fail with a
// driver on a day by the machine's calendar, why, and what is perceived then.
// After its last day a failure is known no more.
func (t Target) Expects(at, driver string, today time.Time) (why, found string, known bool) {
	for _, e := range t.Expected {
		if e.At == at && (e.Driver == "" || e.Driver == driver) && !e.over(today) {
			return fmt.Sprintf("%s、%sまで", e.Reason, e.Until), e.Found, true
		}
	}
	return "", "", false
}

func (e Expected) over(today time.Time) bool { return today.Format(time.DateOnly) > e.Until }

// Overdue is a sentence for each expected failure whose last day is past, and
// for each that names a place where no scenario is.
func (t Target) Overdue(today time.Time, exists func(at string) bool) (sentences []string) {
	for _, e := range t.Expected {
		if e.over(today) {
			sentences = append(sentences, fmt.Sprintf("%s: 失敗してよい期限（%s）を過ぎています（%s）", e.At, e.Until, e.Reason))
		}
		if !exists(e.At) {
			sentences = append(sentences, fmt.Sprintf("%s: expected_failures の場所にシナリオがありません", e.At))
		}
	}
	return sentences
}
