// Package ivr is a fake telephone exchange with an automatic voice behind a
// free-dial number. Its core is plain data: place a call, answer it with a
// guidance, hang up, read what the caller heard. What is said is decided by
// whoever owns the number: a guidance, or a script of verbs that a Conductor
// carries out on a Line.
//
// Not modelled here: the protocols that carry a call (package sip), the voice
// (package voice), and the document a script is read from (package twiml).
package ivr

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/passcode"
	"example.com/netanswer/mocks/table"
)

// An Outcome is what became of a call.
type Outcome string

// The outcomes.
const (
	Answered   Outcome = "answered"
	Busy       Outcome = "busy"       // the line was engaged
	Unassigned Outcome = "unassigned" // nobody has the number that was called
	Unanswered Outcome = "unanswered" // it rang and nobody answered
	Refused    Outcome = "refused"    // the exchange cannot take it now
)

// A Call is one call as placed.
type Call struct {
	ID            string    `json:"id"`
	From          string    `json:"from" doc:"the caller's number, also where it is withheld"`
	Withheld      bool      `json:"withheld" doc:"the number called is not told who calls (184)"`
	To            string    `json:"to"`
	Outcome       Outcome   `json:"outcome" enum:"answered,busy,unassigned,unanswered,refused"`
	Sentence      string    `json:"sentence,omitempty" doc:"id of the text that is said; left out where a voice webhook decides"`
	Guidance      string    `json:"guidance,omitempty" doc:"what the voice says"`
	About         string    `json:"about,omitempty" doc:"the registration that the call was placed for: it confirms no other"`
	Webhook       string    `json:"webhook,omitempty" doc:"the voice webhook that decides what is said"`
	Then          string    `json:"then,omitempty" doc:"who of the voice webhook is asked how to go on when all so far was heard"`
	StartedAt     time.Time `json:"started_at"`
	AnsweredAt    time.Time `json:"answered_at,omitzero" doc:"when it is answered: until then it rings"`
	GuidanceUntil time.Time `json:"guidance_until,omitzero" doc:"when the voice has said it all"`
	EndedAt       time.Time `json:"ended_at,omitzero" doc:"when the caller hung up; left out while the call goes on"`
	HeardAll      bool      `json:"heard_all" doc:"the caller hung up after the guidance, not before its end"`
	Cut           bool      `json:"cut,omitempty" doc:"the line is lost in the middle of what is said, as a plan wants it"`
	Outgoing      bool      `json:"outgoing,omitempty" doc:"a backend calls the member, by Twilio's REST"`
	Account       string    `json:"account,omitempty" doc:"of Twilio's REST that placed an outgoing call"`
	Transcript    []Leg     `json:"transcript" doc:"what happened on the line"`

	Passcode *passcode.Passcode `json:"passcode,omitempty" doc:"the one-time passcode that was said"`
}

// Phone is the member's telephone: who calls, or who is called by a backend.
func (c Call) Phone() string {
	if c.Outgoing {
		return c.To
	}
	return c.From
}

// Scripted tells whether somebody else decides what is said.
func (c Call) Scripted() bool { return c.Webhook != "" || c.Outgoing }

// A Leg is one entry of a call's transcript.
type Leg struct {
	At   time.Time `json:"at"`
	What string    `json:"what" enum:"ring,busy,unassigned,unanswered,refused,answer,say,said,play,pause,gather,digits,redirect,note,cut,hang_up"`
	Says string    `json:"says,omitempty"`
}

// A Box is every call of one exchange. Copying it takes a snapshot.
type Box struct {
	Calls  table.Table[Call] `json:"calls,omitzero"`  // by id
	Bytes  int64             `json:"bytes,omitempty"` // that they take, about
	Serial int               `json:"serial"`
	Faults fault.Plan        `json:"faults,omitzero"` // of the calls to come, by who calls
}

// The refusals of the exchange.
var (
	ErrFull   = errors.New("the exchange holds as many calls as it may")
	ErrNumber = errors.New("that is no telephone number")
	ErrCall   = errors.New("there is no such call")
	ErrEnded  = errors.New("the call has ended")
)

// GuidanceLength is how long the voice takes to say anything, where there is no
// sound to tell.
const GuidanceLength = 4 * time.Second

// A Dialling is a call about to be placed.
type Dialling struct {
	From     string // may be left out by a caller who withholds it
	Withheld bool
	To       string
	Assigned bool // somebody has the number To
	// Sentence and Guidance are the id and the wording of what the voice says.
	Sentence, Guidance string
	About              string        // what the guidance is about, as whoever owns the number calls it
	Length             time.Duration // of the voice, 0 for GuidanceLength
	Heard              bool          // the voice takes no time
	Webhook            string        // decides what is said instead, if it is not empty
	Outgoing           bool          // a backend calls the member, for an Account
	Account            string
	Rings              time.Duration // longest, 0 for any time
}

// Place places a call at now; limit bounds how many calls the box may hold. A
// call that is answered goes on, saying its guidance, until HangUp or End. A
// fault of the plan that happens to it is used up.
func (b *Box) Place(d Dialling, now time.Time, limit int) (Call, error) {
	from := d.From
	if d.Outgoing {
		from = strings.TrimPrefix(from, "+") // a backend may call from any country
	}
	if !dialled(from) && (d.From != "" || !d.Withheld) || !dialled(d.To) {
		return Call{}, ErrNumber
	}
	if b.Calls.Len() >= limit {
		return Call{}, ErrFull
	}
	b.Serial++
	c := Call{ID: "call-" + strconv.Itoa(b.Serial), From: d.From, Withheld: d.Withheld, To: d.To, StartedAt: now,
		Outgoing: d.Outgoing, Account: d.Account}
	c.add(now, "ring", "")
	var f fault.Fault
	if d.Assigned {
		f, _ = b.Faults.Next(c.Phone(), same)
	}
	if o := becomes(d, f); o != Answered {
		c.refuse(o, now)
		b.put(c)
		return c, nil
	}
	c.Outcome, c.AnsweredAt, c.Cut = Answered, now.Add(f.By), f.Kind == fault.Lose
	c.add(c.AnsweredAt, "answer", "")
	if c.Webhook = d.Webhook; !c.Scripted() {
		c.Sentence, c.Guidance, c.About, c.GuidanceUntil = d.Sentence, d.Guidance, d.About, c.AnsweredAt
		if !d.Heard {
			c.GuidanceUntil = c.AnsweredAt.Add(cmp.Or(d.Length, GuidanceLength))
		}
		c.add(c.AnsweredAt, "say", d.Guidance)
	}
	b.put(c)
	return c, nil
}

// refuse ends a call that nobody answers.
func (c *Call) refuse(o Outcome, now time.Time) {
	c.Outcome, c.EndedAt = o, now
	c.add(now, string(o), "")
}

// Note writes what was heard on the line of a call into its transcript. Of a
// call that a webhook decides, it is the guidance as well.
func (b *Box) Note(id string, heard Heard) error {
	c, ok := b.Calls.Get(id)
	if !ok {
		return ErrCall
	}
	for _, s := range heard.Scenes {
		c.add(c.AnsweredAt.Add(s.After), s.What, s.Says)
	}
	if c.Scripted() {
		c.Guidance, c.GuidanceUntil, c.Then = heard.Said, c.AnsweredAt.Add(heard.Length), heard.Then
		c.Passcode = passcode.Find(heard.Said, c.AnsweredAt)
	}
	b.put(c)
	return nil
}

// add writes into the transcript of this copy of the call only.
func (c *Call) add(at time.Time, what, says string) {
	legs := make([]Leg, len(c.Transcript), len(c.Transcript)+1)
	copy(legs, c.Transcript)
	c.Transcript = append(legs, Leg{At: at, What: what, Says: says})
}

// dialled tells whether a number could be dialled: digits, with hyphens between.
func dialled(number string) bool {
	digits := 0
	for _, c := range number {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case c != '-':
			return false
		}
	}
	return digits >= 3 && digits <= 15
}
