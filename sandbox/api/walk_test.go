package api_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// FuzzAnyWalk takes steps of several registrations in any order and at any time,
// while the gateway fails now and then. Whatever is done: no request breaks the
// service, every registration goes only where the table of transitions leads, one
// that has ended stays ended, a passcode is taken if and only if it is the one sent
// last and not too old, and what is secret is in no answer.
func FuzzAnyWalk(f *testing.F) {
	for seed := range uint64(60) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		w := &walk{place: open(t), t: t, seen: map[string]bool{}}
		random := rand.New(rand.NewPCG(seed, 0))
		for range 80 {
			w.step(byte(random.Uint32()), byte(random.Uint32()), byte(random.Uint32()))
		}
	})
}

// A walk is a world that things happen in.
type walk struct {
	*place
	t      *testing.T
	all    []*walker
	seen   map[string]bool // messages with a passcode, by their ids
	serial int
}

// A walker is one registration, and what is known of it.
type walker struct {
	path    string
	channel registration.Channel
	state   registration.State
	id      string // the Net Answer ID that it asks for
	card    byte   // and the card that it begins with, of cards
	sent    []sent // newest last
	wrong   int    // passcodes entered
	waits   bool   // for another passcode, and again
}

// sent is a passcode that reached the member.
type sent struct {
	code string
	at   time.Time
}

// cards are those of 花子さん, whose passcode comes by SMS, 美咲さん, whose comes by
// mail, 正さん, who is to call, and of nobody.
var cards = [][3]string{
	{"4242420000010017", "11/35", "123"},
	{"4242420000010108", "12/33", "901"},
	{"4242420000010090", "09/31", "890"},
	{"4242420000010017", "11/35", "999"},
}

// leaps are how time passes: short of a limit of the policy, and just up to it.
var leaps = []time.Duration{
	time.Second,
	10 * time.Second,
	29 * time.Second,
	30 * time.Second,
	30 * time.Second,
	time.Minute,
	time.Minute,
	5 * time.Minute,
	10*time.Minute - time.Second,
	10 * time.Minute,
	15*time.Minute - time.Second,
	15 * time.Minute,
	30*time.Minute - time.Second,
	30 * time.Minute,
}

var pins = []string{"2580", "3571", "1593", "0000"}

const walkersPassword = "Secret-2026"

// step does what three numbers say: what, to which registration, and how. Every
// other time it is what a member would do next.
func (w *walk) step(what, which, how byte) {
	onwards := what >= 0x80
	if what %= 18; len(w.all) == 0 || what < 2 && !onwards {
		w.begin(how%2 == 1)
		return
	}
	r := w.all[int(which)%len(w.all)]
	was := w.look(r)
	if onwards {
		what, how = r.next(how)
	}
	switch what {
	case 2, 3:
		w.card(r, int(how))
	case 4, 5:
		w.post(r, "/identity-check", fmt.Sprintf(`{"method":%q}`, []string{"sms", "sms", "pin"}[how%3]), how)
	case 6, 7:
		w.passcode(r, was, how)
		return
	case 8:
		if onwards {
			w.now = w.now.Add(30 * time.Second)
			w.look(r)
		}
		w.post(r, "/passcode/reissue", "", how)
	case 9:
		w.back(r, how)
	case 10, 11:
		w.now = w.now.Add(leaps[int(how)%len(leaps)])
		w.look(r)
		return
	case 12:
		w.call(how)
	case 13:
		w.post(r, "/call/completion", "", how)
	case 14:
		w.post(r, "/pin", fmt.Sprintf(`{"pin":%q}`, pins[int(how)%len(pins)]), how)
	case 15:
		w.put(r, "/email", `{"email":"walker@example.jp"}`)
	case 16:
		w.put(r, "/password", `{"password":"`+walkersPassword+`"}`)
		w.check(r, w.get(r))
		w.post(r, "/completion", `{"terms_agreed":true}`, how)
	case 17:
		kind := []fault.Kind{fault.Refuse, fault.TimeOut, fault.Lose}[how%3]
		if err := w.service.Control().PlanFaults(w.t.Context(), "default", world.ProviderSMS, []fault.Fault{{Kind: kind, Times: 1}}); err != nil {
			w.t.Fatal(err)
		}
	}
	w.check(r, w.get(r))
}

// next is what a member does next, by the numbers of step.
func (r *walker) next(how byte) (what, ways byte) {
	switch r.state {
	case registration.Input, registration.AwaitCard:
		return 2, r.card
	case registration.Confirm, registration.CheckDestination:
		return 4, how / 3 * 3 % 0x40
	case registration.AwaitPasscode:
		if r.waits || how%8 > 5 {
			return 8, how
		}
		return 6, how % 8 / 4 * 2 // right or wrong
	case registration.AwaitCall:
		return 12 + how%2, 0
	case registration.AwaitPIN:
		return 14, r.card
	case registration.AwaitEmail:
		return 15, 0
	}
	return 16, how
}

// begin begins a registration; of four the oldest is left alone.
func (w *walk) begin(app bool) {
	path, body := "/api/registrations", ""
	r := &walker{
		channel: registration.Web,
		state:   registration.Input,
		id:      fmt.Sprintf("walker%04d", w.serial),
		card:    byte(w.serial % 3),
		waits:   w.serial%5 == 4,
	}
	if w.serial++; app {
		path, body, r.channel, r.state = "/api/app/registrations", `{"device":"iphone","card_company":"saison"}`, registration.App, registration.AwaitCard
	}
	a := w.do(http.MethodPost, path, body)
	if a.status != http.StatusCreated {
		w.t.Fatal(a.status, a.raw)
	}
	r.path = path + "/" + a.body["id"].(string)
	if w.all = append(w.all, r); len(w.all) > 4 {
		w.all = w.all[1:]
	}
	w.check(r, w.get(r))
}

// try sends a request that may be refused, but may not break anything.
func (w *walk) try(r *walker, method, path, body string, headers ...string) answer {
	a := w.do(method, r.path+path, body, headers...)
	if a.status >= 500 && a.status != http.StatusServiceUnavailable {
		w.t.Fatalf("%s %s: %d %s", method, path, a.status, a.raw)
	}
	for _, secret := range []string{cards[0][0], cards[1][0], cards[2][0], walkersPassword} {
		if strings.Contains(a.raw, secret) {
			w.t.Fatalf("%s %s tells %s: %s", method, path, secret, a.raw)
		}
	}
	w.receive(r)
	return a
}

// post sends a step, in the app every other time twice with the same key.
func (w *walk) post(r *walker, path, body string, how byte) answer {
	if r.channel == registration.Web || how&0x40 == 0 {
		return w.try(r, http.MethodPost, path, body)
	}
	w.serial++
	key := fmt.Sprint("key-", w.serial)
	a := w.try(r, http.MethodPost, path, body, "Idempotency-Key", key)
	if again := w.try(r, http.MethodPost, path, body, "Idempotency-Key", key); a.status != http.StatusServiceUnavailable &&
		again.status != a.status {
		w.t.Fatalf("%s: %d %s, and with the same key %d %s", path, a.status, a.raw, again.status, again.raw)
	}
	return a
}

func (w *walk) put(r *walker, path, body string) answer { return w.try(r, http.MethodPut, path, body) }
func (w *walk) get(r *walker) answer                    { return w.try(r, http.MethodGet, "", "") }

func (w *walk) card(r *walker, how int) {
	c := cards[how%len(cards)]
	if r.channel == registration.App {
		w.put(r, "/card", fmt.Sprintf(`{"card_number":%q,"expiry":%q,"security_code":%q}`, c[0], c[1], c[2]))
		return
	}
	month, year, _ := strings.Cut(c[1], "/")
	w.put(r, "/form", fmt.Sprintf(`{"card_number":%q,"expiry_month":%q,"expiry_year":%q,"security_code":%q,"net_answer_id":%q,`+
		`"password":%[6]q,"password_confirmation":%[6]q,"email_pc":"walker@example.jp","terms_agreed":true}`, c[0], month, year, c[2], r.id, walkersPassword))
}

func (w *walk) back(r *walker, how byte) {
	if r.channel == registration.Web {
		w.post(r, "/revision", "", how)
		return
	}
	w.post(r, "/back", fmt.Sprintf(`{"to":%q}`, []string{"card", "email", "password"}[how%3]), how)
}

func (w *walk) call(how byte) {
	q := world.CallRequest{From: []string{"0300001009", "09000001001"}[how&1], Listen: []string{"all", "part"}[how>>1&1]}
	if _, err := w.service.Telephone().Place(w.t.Context(), "default", q); err != nil {
		w.t.Fatal(err)
	}
}
