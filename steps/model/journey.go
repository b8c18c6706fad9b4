package model

import (
	"slices"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
)

// The states of a journey.
const (
	input       = "input"
	confirm     = "confirm"
	passcode    = "passcode"
	telephone   = "call"
	completed   = "completed"
	card        = "card"
	destination = "destination"
	pin         = "pin"
	email       = "email"
	password    = "password"
	terms       = "terms"
	expired     = "expired"
	locked      = "locked"
	unavailable = "unavailable"
)

// A journey is one registration.
type journey struct {
	app      bool
	state    string
	reason   string // why it ended without completion
	touched  time.Time
	form     form // as it was taken last
	person   string
	card     int // whose card it is, and which
	number   string
	code     issued
	before   issued // what a reissue that is not sent falls back to
	attempts int
	reissues int
	until    time.Time // of the call
	heard    bool
	known    bool   // the identity was proved in the app
	given    string // the ID that it led to; "" where the app chose one
	account  *account
	device   string
}

// issued is a passcode; 0 is none.
type issued struct {
	serial      int
	at, expires time.Time
}

// A window is a person's window or smartphone.
type window struct {
	journey *journey // the one that is open in it, nil for none
	away    bool     // another page is before the person: the log-in or what follows it
	opened  bool     // something was opened in it
	place   string   // of the app once it was started: wallet, home, statement, menu, credit; "" before
	again   *Act     // what was sent last, where it can be sent once more
	refused []string // and what was said of it, in the app
	account *account // logged in to
	gen     int      // the account's then
	used    time.Time
	over    bool   // an end is before the person
	shown   string // the state whose screen is before the person, which may have ended since
	ticked  *bool  // whether the newsletter stands ticked in a form that was refused; nil: as the form begins
}

// newsletter is whether a form wants it that nobody touches there: as it was sent and
// refused, as it was entered before, or as a new one offers it.
func (w *window) newsletter(offered bool) *bool {
	switch {
	case w.ticked != nil:
		return w.ticked
	case w.journey.form.newsletter != nil:
		return w.journey.form.newsletter
	}
	return &offered
}

func (j *journey) final() bool {
	return slices.Contains([]string{completed, expired, locked, unavailable}, j.state)
}

// settle ends a journey that time alone has ended (p34-8, a-12, a-14).
func (w *World) settle(j *journey) {
	idle := j.touched.Add(w.Policy.Idle) // what was first is why
	switch {
	case j.final():
	case j.state == passcode && !w.Now.Before(j.code.expires) && !idle.Before(j.code.expires):
		j.end(expired, "passcode")
	case j.state == telephone && !j.heard && w.Now.After(j.until) && idle.After(j.until): // at the last moment is in time (a-12)
		j.end(expired, "call")
	case !w.Now.Before(idle):
		j.end(expired, "idle")
	}
}

func (j *journey) end(state, why string) {
	j.state, j.reason = state, why
	j.code, j.before = issued{}, issued{}
}

// A form is what was written, as it is sent.
type form struct {
	number, month, year, code  string
	id, password, confirmation string
	pc, mobile                 string
	newsletter                 *bool
}

// right is what a person writes where nothing else is said.
func (p Person) right(n int) form {
	c := p.Cards[n]
	month, year, _ := strings.Cut(c.Expiry, "/")
	f := form{
		number:       c.Number,
		month:        month,
		year:         year,
		code:         c.SecurityCode,
		id:           p.ID,
		password:     p.Password,
		confirmation: p.Password,
		pc:           p.Email,
	}
	if f.pc == "" {
		f.pc = fixtures.AddressOf(p.Called)
	}
	return f
}

// Card is how a scenario names the card of somebody: 和子さんの2枚目.
func Card(called string, n int) string {
	if n == 0 {
		return called
	}
	return called + "の" + string(rune('1'+n)) + "枚目"
}

// named finds a card by its name.
func (w *World) named(name string) (p Person, n int, ok bool) {
	called, nth, second := strings.Cut(name, "の")
	if second {
		n = int(nth[0] - '1')
	}
	p, ok = w.person(called)
	return p, n, ok && n < len(p.Cards)
}

// write is a form with rows written over what is right.
func (w *World) write(p Person, rows [][2]string) (f form, ok bool) {
	f = p.right(0)
	for _, row := range rows {
		switch v := row[1]; row[0] {
		case "カード":
			owner, n, ok := w.named(v)
			if !ok {
				return f, false
			}
			r := owner.right(n)
			f.number, f.month, f.year, f.code = r.number, r.month, r.year, r.code
		case "クレジットカード番号", "カード番号":
			f.number = v
		case "有効期限":
			var slash bool
			if f.month, f.year, slash = strings.Cut(v, "/"); !slash {
				return f, false
			}
		case "セキュリティコード":
			f.code = v
		case "NetアンサーID":
			f.id = v
		case "Netアンサーパスワード":
			f.password, f.confirmation = v, v
		case "確認用パスワード":
			f.confirmation = v
		case "パソコン":
			f.pc = v
		case "携帯電話・スマートフォン":
			f.mobile = v
		case "メールマガジン":
			yes := v == "受け取る"
			f.newsletter = &yes
		default:
			return f, false
		}
	}
	return f, true
}

// holder is whose card has that number, however it is grouped.
func (w *World) holder(number string) (p Person, n int, ok bool) {
	for _, p := range w.People {
		for i, c := range p.Cards {
			if c.Number == digits(number) {
				return p, i, true
			}
		}
	}
	return p, 0, false
}

func digits(s string) string {
	return strings.Map(func(c rune) rune {
		if '0' <= c && c <= '9' {
			return c
		}
		return -1
	}, s)
}

// mobile tells whether a number can receive SMS (a-19).
func mobile(phone string) bool {
	return slices.ContainsFunc([]string{"060", "070", "080", "090"}, func(p string) bool { return strings.HasPrefix(phone, p) })
}

// hold makes j the one journey of its card (a-16).
func (w *World) hold(j *journey) {
	for _, other := range w.journeys {
		if other != j && other.number == j.number {
			if w.settle(other); !other.final() {
				other.end(expired, "superseded")
			}
		}
	}
}

// taken tells whether an ID is somebody's, or asked for by somebody under way
// with another card (a-04, a-28).
func (w *World) taken(id string, j *journey, number string) bool {
	key := strings.ToLower(id)
	if w.accounts[key] != nil {
		return true
	}
	other := w.reserved[key]
	if other == nil || other == j {
		return false
	}
	w.settle(other)
	return !other.final() && strings.ToLower(other.form.id) == key && other.number != number
}
