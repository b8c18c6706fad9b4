package console

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/sandbox/world"
)

// A defectGroup is the defects of one part of the service, which are more than
// anybody reads in one list.
type defectGroup struct {
	ID, Title string
	Open      bool
	Rows      []world.Defect
}

// defectParts are the parts by the pages of the guide that the first documented
// rule of a defect stands on, in the order of a registration.
var defectParts = []struct {
	id, title   string
	first, last int
}{
	{"form", "Web: 入力と確認", 23, 33},
	{"identity", "Web: ご本人様確認", 34, 35},
	{"after", "Web: 完了とログイン後", 36, 38},
	{"app", "アプリ", 4, 22},
	{"assumed", "ガイドに書かれていない規則", 0, 0},
}

// defects are what a world can be broken by, and what it is broken by.
func (b *builder) defects(v *faultsView) {
	v.Words = b.at.chosen.Get(keyBreak)
	for _, p := range defectParts {
		v.Defects = append(v.Defects, defectGroup{ID: p.id, Title: p.title})
	}
	for _, d := range b.handler.control.Defects() {
		if slices.Contains(b.m.Defects, d.Name) {
			v.Broken = append(v.Broken, d)
			continue
		}
		v.All++
		if hasAll(d.Name+"\n"+d.Says+"\n"+strings.Join(d.Rules, " "), v.Words) {
			g := &v.Defects[partOf(d)]
			g.Rows, g.Open = append(g.Rows, d), v.Words != ""
			v.Found++
		}
	}
	v.Defects = slices.DeleteFunc(v.Defects, func(g defectGroup) bool { return len(g.Rows) == 0 })
}

// partOf is the index of the part that a defect belongs to.
func partOf(d world.Defect) int {
	for _, rule := range d.Rules {
		page, _, _ := strings.Cut(strings.TrimPrefix(rule, "p"), "-")
		n, err := strconv.Atoi(page)
		for i, p := range defectParts {
			if err == nil && n >= p.first && n <= p.last {
				return i
			}
		}
	}
	return len(defectParts) - 1
}

// defectForm breaks a world on purpose, and mends it.
func (f handler) defectForm(ctx context.Context, name string, form url.Values) error {
	m, err := f.control.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	defects := slices.DeleteFunc(slices.Clone(m.Defects), func(d string) bool { return d == form.Get("mend") })
	if d := form.Get("break"); d != "" {
		defects = append(defects, d)
	}
	_, err = f.control.Arrange(ctx, name, world.Setup{Defects: append([]string{}, defects...)})
	return err
}
