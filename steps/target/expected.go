package target

import (
	"fmt"
	"time"
)

// A Finding is what was found of one scenario by one driver.
type Finding struct {
	At, Driver string
	Failed     bool // false: it passed; what was not tried is no finding
}

// Weigh holds findings against the failures that are expected. Surprises are
// sentences for people: a failure nobody expects, an expected one that passed,
// and one whose end date is past, whatever was found. Today is a day by the
// machine's calendar.
func (t Target) Weigh(found []Finding, today time.Time) (surprises []string) {
	day := today.Format(time.DateOnly)
	for _, e := range t.Expected {
		if day > e.Until {
			surprises = append(surprises, fmt.Sprintf("%s: 失敗してよい期限（%s）を過ぎています（%s）", e.At, e.Until, e.Reason))
		}
	}
	for _, f := range found {
		e, known := t.expects(f)
		switch {
		case f.Failed && !known:
			surprises = append(surprises, fmt.Sprintf("%s（%s）: 失敗しました", f.At, f.Driver))
		case !f.Failed && known:
			surprises = append(surprises, fmt.Sprintf("%s（%s）: 失敗するはずが成功しました。expected_failures から消してください（%s）", f.At, f.Driver, e.Reason))
		}
	}
	return surprises
}

func (t Target) expects(f Finding) (Expected, bool) {
	for _, e := range t.Expected {
		if e.At == f.At && (e.Driver == "" || e.Driver == f.Driver) {
			return e, true
		}
	}
	return Expected{}, false
}
