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
	"time"

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
)

// A Call is one call as placed.
type Call struct {
	ID            string    `json:"id"`
	From          string    `json:"from" doc:"the caller's number, also where it is withheld"`
	Withheld      bool      `json:"withheld" doc:"the number called is not told who calls (184)"`
	To            string    `json:"to"`
	Outcome       Outcome   `json:"outcome" enum:"answered,busy,unassigned,unanswered"`
	Sentence      string    `json:"sentence,omitempty" doc:"id of the text that is said; left out where a voice webhook decides"`
	Guidance      string    `json:"guidance,omitempty" doc:"what the voice says"`
	Webhook       string    `json:"webhook,omitempty" doc:"the voice webhook that decides what is said"`
	StartedAt     time.Time `json:"started_at"`
	GuidanceUntil time.Time `json:"guidance_until,omitzero" doc:"when the voice has said it all"`
	EndedAt       time.Time `json:"ended_at,omitzero" doc:"when the caller hung up; left out while the call goes on"`
	HeardAll      bool      `json:"heard_all" doc:"the caller hung up after the guidance, not before its end"`
	Transcript    []Leg     `json:"transcript" doc:"what happened on the line"`
}

// A Leg is one entry of a call's transcript.
type Leg struct {
	At   time.Time `json:"at"`
	What string    `json:"what" enum:"ring,busy,unassigned,unanswered,answer,say,said,play,pause,gather,digits,note,hang_up"`
	Says string    `json:"says,omitempty"`
}

// A Box is every call of one exchange. Copying it takes a snapshot.
type Box struct {
	Calls    table.Table[Call] `json:"calls"` // by id
	Serial   int               `json:"serial"`
	BusyNext int               `json:"busy_next"` // how many of the next calls find the line engaged
	RingNext int               `json:"ring_next"` // how many of the next calls, after those, ring without an answer
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
	Length             time.Duration // of the voice, 0 for GuidanceLength
	Webhook            string        // decides what is said instead, if it is not empty
}

// Place places a call at now; limit bounds how many calls the box may hold. A
// call that is answered goes on, saying its guidance, until HangUp or End.
func (b *Box) Place(d Dialling, now time.Time, limit int) (Call, error) {
	if !dialled(d.From) && (d.From != "" || !d.Withheld) || !dialled(d.To) {
		return Call{}, ErrNumber
	}
	if b.Calls.Len() >= limit {
		return Call{}, ErrFull
	}
	b.Serial++
	c := Call{ID: "call-" + strconv.Itoa(b.Serial), From: d.From, Withheld: d.Withheld, To: d.To, StartedAt: now}
	c.add(now, "ring", "")
	switch {
	case !d.Assigned:
		c.refuse(Unassigned, now)
	case b.BusyNext > 0:
		b.BusyNext--
		c.refuse(Busy, now)
	case b.RingNext > 0:
		b.RingNext--
		c.refuse(Unanswered, now)
	case d.Webhook != "":
		c.Outcome, c.Webhook = Answered, d.Webhook
		c.add(now, "answer", "")
	default:
		c.Outcome, c.Sentence, c.Guidance, c.GuidanceUntil = Answered, d.Sentence, d.Guidance, now.Add(cmp.Or(d.Length, GuidanceLength))
		c.add(now, "answer", "")
		c.add(now, "say", d.Guidance)
	}
	b.Calls.Put(c.ID, c)
	return c, nil
}

// refuse ends a call that nobody answers.
func (c *Call) refuse(o Outcome, now time.Time) {
	c.Outcome, c.EndedAt = o, now
	c.add(now, string(o), "")
}

// HangUp ends a call at the time at: what the voice had not said by then was
// not heard.
func (b *Box) HangUp(id string, at time.Time) (Call, error) {
	c, err := b.going(id)
	if err != nil {
		return c, err
	}
	return b.end(c, at, !at.Before(c.GuidanceUntil)), nil
}

// End ends a call at the time at, of which the line itself tells whether all
// was heard: sound takes the machine's time, and a world's clock may stand still.
func (b *Box) End(id string, at time.Time, all bool) (Call, error) {
	c, err := b.going(id)
	if err != nil {
		return c, err
	}
	if all && at.Before(c.GuidanceUntil) {
		at = c.GuidanceUntil
	}
	return b.end(c, at, all), nil
}

// going is a call that has not ended.
func (b *Box) going(id string) (Call, error) {
	c, ok := b.Calls.Get(id)
	switch {
	case !ok:
		return Call{}, ErrCall
	case !c.EndedAt.IsZero():
		return c, ErrEnded
	}
	return c, nil
}

func (b *Box) end(c Call, at time.Time, all bool) Call {
	c.EndedAt, c.HeardAll = at, all
	if all && c.Webhook == "" {
		c.add(c.GuidanceUntil, "said", c.Guidance)
	}
	c.add(at, "hang_up", "")
	b.Calls.Put(c.ID, c)
	return c
}

// Note writes what was heard on the line of a call into its transcript. Of a
// call that a webhook decides, it is the guidance as well.
func (b *Box) Note(id string, heard Heard) error {
	c, ok := b.Calls.Get(id)
	if !ok {
		return ErrCall
	}
	for _, s := range heard.Scenes {
		c.add(c.StartedAt.Add(s.After), s.What, s.Says)
	}
	if c.Webhook != "" {
		c.Guidance, c.GuidanceUntil = heard.Said, c.StartedAt.Add(heard.Length)
	}
	b.Calls.Put(id, c)
	return nil
}

// List answers with the calls, oldest first.
func (b Box) List() []Call {
	calls := make([]Call, 0, b.Calls.Len())
	for i := 1; i <= b.Serial; i++ {
		if c, ok := b.Calls.Get("call-" + strconv.Itoa(i)); ok {
			calls = append(calls, c)
		}
	}
	return calls
}

// Reset forgets every call; ids go on counting.
func (b *Box) Reset() { b.Calls = table.Table[Call]{} }

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
