package sms

import (
	"slices"
	"time"
)

// A Lent is a report that somebody is telling, since when by the machine's clock. Who
// does may end before it is told.
type Lent struct {
	Report
	Since time.Time
}

// Told forgets reports that were lent: their senders have been told, or cannot be.
func (b *Box) Told(told []Report) { b.Lent, _ = parted(b.Lent, among(told)) }

// Again takes reports back that were lent and could not be told.
func (b *Box) Again(untold []Report) { b.back(among(untold)) }

// TakeBack takes back what was lent so early that who was to tell it has ended.
func (b *Box) TakeBack(before time.Time) {
	b.back(func(l Lent) bool { return !l.Since.After(before) })
}

// Overdue tells whether there is something for TakeBack.
func (b Box) Overdue(before time.Time) bool {
	return slices.ContainsFunc(b.Lent, func(l Lent) bool { return !l.Since.After(before) })
}

// Telling tells whether senders are to be told at an address, now or later.
func (b Box) Telling() bool {
	return slices.ContainsFunc(b.Lent, func(l Lent) bool { return l.URL != "" }) ||
		slices.ContainsFunc(b.Reports, func(r Report) bool { return r.URL != "" })
}

// back puts lent reports before those that are still to be told.
func (b *Box) back(which func(Lent) bool) {
	left, back := parted(b.Lent, which)
	if len(back) == 0 {
		return
	}
	reports := make([]Report, 0, len(back)+len(b.Reports))
	for _, l := range back {
		reports = append(reports, l.Report)
	}
	b.Lent, b.Reports = left, append(reports, b.Reports...)
}

// parted parts what is lent, in slices of their own: that of before belongs to
// snapshots.
func parted(all []Lent, which func(Lent) bool) (left, right []Lent) {
	for _, l := range all {
		if which(l) {
			right = append(right, l)
		} else {
			left = append(left, l)
		}
	}
	return left, right
}

// among tells whether a lent report is among some.
func among(reports []Report) func(Lent) bool {
	type name struct {
		id string
		s  Status
	}
	there := make(map[name]bool, len(reports))
	for _, r := range reports {
		there[name{r.ID, r.Status}] = true
	}
	return func(l Lent) bool { return there[name{l.ID, l.Status}] }
}
