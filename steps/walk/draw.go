package walk

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/steps/model"
)

// A Kind is what sort of walks a driver can go.
type Kind struct {
	App    bool
	Device string // iphone or android, in the app
	Screen bool   // a browser, in which only what is there can be pressed and written
	Clock  bool   // the clock can be moved
	Policy bool   // the policy can be changed
	Faults bool   // providers can be broken
	Calls  bool   // calls can be placed
	Issuer bool   // the issuer can be broken as well
}

// drawing is one walk as it is drawn.
type drawing struct {
	*rand.Rand
	kind   Kind
	config model.Config
	world  *model.World
	acts   []model.Act
	who    []string // of the cast, the one whom the walk is about first
	ids    int
	theme  func(d *drawing, who string) // what is done most often; nil for anything
}

// Draw draws a walk.
func Draw(seed uint64, c model.Config, k Kind) []model.Act {
	d := &drawing{Rand: rand.New(rand.NewPCG(seed, 0x6e65)), kind: k, config: c}
	d.config.App, d.config.Device = k.App, k.Device
	d.world = model.New(d.config)
	d.cast()
	if k.Clock && d.IntN(3) == 0 {
		d.add(model.Act{Do: model.Clock, Text: d.opening()})
	}
	for k.Policy && d.IntN(3) == 0 {
		c := one(d, model.Choices)
		if len(c.Others) > 0 {
			d.add(model.Act{Do: model.Choose, Text: c.Key, More: one(d, c.Others)})
		}
	}
	if t := d.choose(); t != nil {
		d.begin(t)
		d.theme = t.do
	}
	begun := len(d.acts)
	for range 40 {
		d.step()
		if len(d.acts) > begun+26 || k.Screen && len(d.acts) > 26 {
			break
		}
	}
	return d.acts
}

// openings are moments shortly before something else begins: a year, a month, the
// 29th of February; and a month in which cards expire.
var openings = []string{
	"2026-12-31 23:51:00",
	"2027-01-31 23:55:30",
	"2028-02-28 23:52:00",
	"2028-02-29 23:56:00",
	"2030-10-31 23:45:00",
	"2031-03-31 23:50:30",
	"2026-11-24 23:59:58",
}

// opening is a moment shortly before something else begins: one of openings, or the end
// of the month up to which the card is good of whom the walk is about.
func (d *drawing) opening() string {
	ends := d.person(d.who[0]).Expires()
	if ends.IsZero() || d.IntN(2) == 0 {
		return one(d, openings)
	}
	return ends.Add(-time.Duration(1+d.IntN(600)) * time.Second).Format(time.DateTime)
}

// cast chooses whom the walk is about: one of the kinds of members, and often somebody
// besides.
func (d *drawing) cast() {
	kinds := map[string][]string{}
	var names []string
	for _, p := range d.config.People {
		k := p.Kind()
		if kinds[k] == nil {
			names = append(names, k)
		}
		kinds[k] = append(kinds[k], p.Called)
	}
	for len(d.who) < 1+d.IntN(2) {
		called := one(d, kinds[one(d, names)])
		if !slices.Contains(d.who, called) {
			d.who = append(d.who, called)
		} else if len(d.config.People) == 1 {
			return
		}
	}
}

// one chooses by chance.
func one[T any](d *drawing, all []T) T { return all[d.IntN(len(all))] }

// add appends an act, if it can be done.
func (d *drawing) add(a model.Act) bool {
	if _, err := d.world.Do(a); err != nil {
		d.world = model.New(d.config) // what could not be done has left it in disorder
		for _, before := range d.acts {
			if _, err := d.world.Do(before); err != nil {
				panic("walk: an act that could be done cannot: " + string(before.Do))
			}
		}
		return false
	}
	d.acts = append(d.acts, a)
	return true
}

// step draws one act more.
func (d *drawing) step() {
	who := d.who[0]
	if len(d.who) > 1 && d.IntN(4) == 0 {
		who = d.who[1]
	}
	if d.theme != nil && d.IntN(4) > 0 {
		d.theme(d, who)
		return
	}
	switch n := d.IntN(100); {
	case n < 14 && d.kind.Clock:
		d.add(model.Act{Do: model.Wait, Span: d.span()})
	case n < 17:
		d.add(model.Act{Do: model.Swap, Who: who})
	case n < 21:
		d.add(model.Act{Do: model.Look, Who: who})
	case n < 25:
		d.add(model.Act{Do: model.Again, Who: who})
	case n < 27:
		d.add(model.Act{Do: model.Jump, Who: who})
	case n < 30 && !d.kind.App:
		d.open(who)
	case n < 32 && d.kind.App:
		d.add(model.Act{Do: model.OpenCard, Who: who})
	case n < 38:
		d.login(who)
	case n < 42:
		d.breaks()
	default:
		d.onward(who)
	}
}

// span is how long is waited: to just before, at or after a limit, or for a moment.
func (d *drawing) span() time.Duration {
	limits := d.world.Limits()
	if len(limits) == 0 || d.IntN(3) == 0 {
		return one(d, []time.Duration{time.Second, 29 * time.Second, 30 * time.Second, time.Minute, 5 * time.Minute, 9 * time.Minute})
	}
	at := one(d, limits[:min(3, len(limits))]) + one(d, []time.Duration{-time.Second, 0, 0, time.Second})
	return max(at, time.Second)
}

func (d *drawing) breaks() {
	if !d.kind.Faults {
		return
	}
	a := model.Act{
		Do:   model.Break,
		N:    1 + d.IntN(2),
		Text: one(d, []string{"SMS", "メール"}),
		More: one(d, []string{model.Refused, model.TimedOut, model.Lost, model.Doubled}),
	}
	switch d.IntN(4) {
	case 0:
		if !d.kind.Issuer ||
			!strings.HasSuffix(d.world.Where(d.who[0]), "input") && !strings.HasSuffix(d.world.Where(d.who[0]), "card") &&
				!strings.HasSuffix(d.world.Where(d.who[0]), "pin") {
			return
		}
		a.N, a.Text, a.More = 1, "issuer", one(d, []string{model.Refused, model.TimedOut, model.Unheard})
	case 1:
		if !d.kind.Calls {
			return
		}
		a.N, a.Text, a.More = 1, "電話", model.Engaged
	}
	d.add(a)
}

// passwords are those that walks set. Reports hide them.
var passwords = []string{"Secret-2026", "Sakura-2026", "Sakura-2026=Long"}

func (d *drawing) login(who string) {
	entries := d.world.Entries()
	if len(entries) == 0 {
		return
	}
	e := one(d, entries)
	a := model.Act{Do: model.Login, Who: who, Text: e.ID, More: e.Password}
	if e.ID == "" {
		a = model.Act{Do: model.MailLogin, Who: who, Text: e.Address, More: e.Password}
	}
	switch d.IntN(5) {
	case 0, 1:
		a.Digit = 1 + d.IntN(len(e.Password))
	case 2:
		if e.ID != "" {
			a.Text = cased(e.ID)
		}
	case 3:
		a.More = one(d, passwords)
	}
	times := 1
	if a.Digit > 0 && d.IntN(2) == 0 {
		times = 1 + d.IntN(6)
	}
	for range times {
		d.add(a)
	}
}

// cased is a text in the other letters.
func cased(s string) string {
	if u := strings.ToUpper(s); u != s {
		return u
	}
	return strings.ToLower(s)
}
