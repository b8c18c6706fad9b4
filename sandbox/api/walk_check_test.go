package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// receive notes the passcodes that came since it was called last: a registration
// is sent no more of them, nor sooner, than it may be.
func (w *walk) receive(r *walker) {
	m, err := w.service.Snapshot(w.t.Context(), "default")
	if err != nil {
		w.t.Fatal(err)
	}
	came := map[string]sent{}
	for _, s := range m.SMS.Messages { // one that was lost is the newest all the same
		came[s.ID] = sent{s.Carried().Code, s.AcceptedAt}
	}
	for _, l := range m.Mailbox.Mails {
		if l.Passcode != nil {
			came[l.ID] = sent{l.Passcode.Code, l.AcceptedAt}
		}
	}
	for id, s := range came {
		if w.seen[id] {
			continue
		}
		w.seen[id] = true
		if n := len(r.sent); n > 0 && s.at.Sub(r.sent[n-1].at) < 30*time.Second || n > 5 {
			w.t.Fatalf("passcode %d at %s comes too soon, or is one too many: %+v", n+1, s.at, r.sent)
		}
		r.sent = append(r.sent, s)
	}
}

// passcode enters the newest passcode, the one before or a wrong one, and holds the
// service to what must become of it.
func (w *walk) passcode(r *walker, was registration.State, how byte) {
	code, newest := "000000", ""
	n := len(r.sent)
	if n > 0 {
		newest = r.sent[n-1].code
	}
	switch {
	case how%3 == 0 && n > 0:
		code = newest
	case how%3 == 1 && n > 1:
		code = r.sent[n-2].code
	}
	asked := was == registration.AwaitPasscode
	good := asked && code == newest
	if good && w.now.Sub(r.sent[n-1].at) >= 10*time.Minute {
		w.t.Fatalf("at %s the passcode of %s is waited for", w.now, r.sent[n-1].at)
	}
	a := w.try(r, http.MethodPost, "/passcode", `{"passcode":"`+code+`"}`)
	then := w.get(r)
	w.check(r, then)
	if taken := asked && a.status == http.StatusOK; taken != good {
		w.t.Fatalf("at %s the passcode %s of %+v: %d %s", w.now, code, r.sent, a.status, a.raw)
	}
	if good &&
		r.state != map[registration.Channel]registration.State{registration.Web: registration.Completed,
			registration.App: registration.AwaitEmail}[r.channel] {
		w.t.Fatalf("after the right passcode: %s", then.raw)
	}
	if !asked || good {
		return
	}
	if r.wrong++; (r.wrong == 5) != (r.state == registration.Locked) {
		w.t.Fatalf("after %d wrong passcodes: %s", r.wrong, then.raw)
	}
	if check, _ := then.body["identity_check"].(map[string]any); r.wrong < 5 && check["attempts_left"] != float64(5-r.wrong) {
		w.t.Fatalf("after %d wrong passcodes: %s", r.wrong, then.raw)
	}
}

// look sees where a registration is, of which nothing was done since it was seen:
// it has not moved, unless it is over.
func (w *walk) look(r *walker) registration.State {
	a := w.get(r)
	now := registration.State(fmt.Sprint(a.body["state"]))
	if now != r.state && (now != registration.Expired || r.state.Final()) {
		w.t.Fatalf("%s became %s by itself", r.state, now)
	}
	r.state = now
	return now
}

// check sees where a registration has come to by one step.
func (w *walk) check(r *walker, a answer) {
	now := registration.State(fmt.Sprint(a.body["state"]))
	if now != r.state && !w.leads(r.channel, r.state, now) {
		w.t.Fatalf("%s became %s by one step", r.state, now)
	}
	ended := now == registration.Completed && r.state != registration.Completed
	if r.state = now; ended {
		w.enter(a)
	}
}

// leads tells whether one step leads from one state to another: a passcode that
// cannot be sent takes back what it was asked for by.
func (w *walk) leads(c registration.Channel, from, to registration.State) bool {
	return slices.ContainsFunc(registration.Transitions(), func(t registration.Transition) bool {
		if t.Channel != c || t.From != from {
			return false
		}
		back, ok := registration.Next(c, t.To, registration.Undelivered)
		return t.To == to || ok && back == to
	})
}

// enter logs in with what a registration has come to.
func (w *walk) enter(a answer) {
	in := w.do(
		http.MethodPost,
		"/api/sessions",
		fmt.Sprintf(`{"net_answer_id":%q,"password":%q}`, a.body["net_answer_id"], walkersPassword),
	)
	if in.status != http.StatusCreated {
		w.t.Fatalf("%s, but logging in: %d %s", a.raw, in.status, in.raw)
	}
}
