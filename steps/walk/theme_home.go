package walk

import (
	"fmt"
	"strings"
	"time"

	"example.com/netanswer/steps/model"
)

// used puts purchases on file: several of a day and equal ones, refunds, more than a
// million, in months that are there already and over the end of a year.
func (d *drawing) used(who string) {
	shops := []string{"見本書店", "サンプル珈琲", "見本航空"}
	var lines []string
	for range 1 + d.IntN(6) {
		if len(lines) > 0 && d.IntN(4) == 0 {
			lines = append(lines, lines[len(lines)-1])
			continue
		}
		at := time.Date(2026, time.Month(8+d.IntN(7)), 1+d.IntN(28), 0, 0, 0, 0, time.UTC)
		lines = append(lines, fmt.Sprintf("%s %s %d", at.Format(time.DateOnly), one(d, shops),
			one(d, []int{1 + d.IntN(999), 1_000 + d.IntN(99_000), 1_000_000 + d.IntN(9_000_000), -1 - d.IntN(5_000)})))
	}
	d.add(model.Act{Do: model.Use, Who: who, Text: strings.Join(lines, "\n")})
}

// issuerFails makes the next question of the issuer fail, once in so many times.
func (d *drawing) issuerFails(in int) {
	if d.kind.Issuer && d.IntN(in) == 0 {
		d.add(model.Act{Do: model.Break, Text: "issuer", N: 1, More: one(d, []string{model.Refused, model.TimedOut, model.Unheard})})
	}
}

// aroundHome looks at what somebody has, with both of their cards, from two windows,
// while the issuer fails and over the end of a log-in.
func (d *drawing) aroundHome(who string) {
	switch shown := d.world.Shown(who); {
	case shown == "ログイン後" && !d.kind.Screen: // windows of one browser share a log-in
		switch n := d.IntN(10); {
		case n < 2 && d.kind.Clock:
			d.add(model.Act{Do: model.Wait, Span: d.lately()})
		case n < 3:
			d.add(model.Act{Do: model.Swap, Who: who})
		case n < 4:
			d.enters()
			return
		case n < 5:
			d.another(who)
			return
		default:
			d.issuerFails(3)
		}
		d.add(model.Act{Do: model.Look, Who: who})
	case shown == "Web completed", shown == "ログイン後", shown == "始め" && !d.kind.App:
		if d.IntN(3) == 0 {
			d.another(who)
		}
		d.enters()
	default:
		d.onward(who)
	}
}

// lately is a moment before, at or after the end of a log-in.
func (d *drawing) lately() time.Duration {
	return d.world.Policy.Session + one(d, []time.Duration{-time.Second, -time.Second, 0, -d.world.Policy.Session / 2})
}

// enters logs in rightly, as anybody who can.
func (d *drawing) enters() {
	entries := d.world.Entries()
	if len(entries) == 0 {
		return
	}
	e := one(d, entries)
	a := model.Act{Do: model.Login, Who: one(d, d.who), Text: e.ID, More: e.Password}
	if e.ID == "" {
		a.Do, a.Text = model.MailLogin, e.Address
	}
	d.add(a)
}

// another registers the second card of whoever has two.
func (d *drawing) another(who string) {
	p := d.person(who)
	if len(p.Cards) < 2 {
		return
	}
	rows := [][2]string{{"カード", model.Card(p.Called, 1)}}
	d.open(who)
	if d.kind.App {
		d.add(model.Act{Do: model.SubmitCard, Who: who, Rows: rows})
	} else {
		d.ids++
		d.add(model.Act{Do: model.Submit, Who: who, Rows: append(rows, [2]string{"NetアンサーID", fmt.Sprintf("second-%d", d.ids)})})
	}
	d.reach(who, "completed")
}
