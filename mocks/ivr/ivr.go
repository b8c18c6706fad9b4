// Package ivr is a fake telephone exchange with an automatic voice behind a
// free-dial number. Its core is plain data: place a call, answer it with a
// guidance, hang up, read what the caller heard. What is said is decided by
// whoever owns the number; this package only knows how long it takes.
//
// Not modelled here: sound, and the protocols that carry it.
package ivr

import (
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
)

// A Call is one call as placed.
type Call struct {
	ID            string    `json:"id"`
	From          string    `json:"from" doc:"the caller's number, also where it is withheld"`
	Withheld      bool      `json:"withheld" doc:"the number called is not told who calls (184)"`
	To            string    `json:"to"`
	Outcome       Outcome   `json:"outcome" enum:"answered,busy,unassigned"`
	Guidance      string    `json:"guidance,omitempty" doc:"what the voice says"`
	StartedAt     time.Time `json:"started_at"`
	GuidanceUntil time.Time `json:"guidance_until,omitzero" doc:"when the voice has said it all"`
	EndedAt       time.Time `json:"ended_at,omitzero" doc:"when the caller hung up; left out while the call goes on"`
	HeardAll      bool      `json:"heard_all" doc:"the caller hung up after the guidance, not before its end"`
	Transcript    []Leg     `json:"transcript" doc:"what happened on the line"`
}

// A Leg is one entry of a call's transcript.
type Leg struct {
	At   time.Time `json:"at"`
	What string    `json:"what" enum:"ring,busy,unassigned,answer,say,said,hang_up"`
	Says string    `json:"says,omitempty"`
}

// A Box is every call of one exchange. Copying it takes a snapshot.
type Box struct {
	Calls    table.Table[Call] `json:"calls"` // by id
	Serial   int               `json:"serial"`
	BusyNext int               `json:"busy_next"` // how many of the next calls find the line engaged
}

// The refusals of the exchange.
var (
	ErrFull   = errors.New("the exchange holds as many calls as it may")
	ErrNumber = errors.New("that is no telephone number")
	ErrCall   = errors.New("there is no such call")
	ErrEnded  = errors.New("the call has ended")
)

// GuidanceLength is how long the voice takes to say anything.
const GuidanceLength = 4 * time.Second

// Place places a call at now; limit bounds how many calls the box may hold.
// assigned tells whether somebody has the number. A call that is answered goes
// on, saying guidance, until HangUp.
func (b *Box) Place(from string, withheld bool, to string, assigned bool, guidance string, now time.Time, limit int) (Call, error) {
	if !dialled(from) || !dialled(to) {
		return Call{}, ErrNumber
	}
	if b.Calls.Len() >= limit {
		return Call{}, ErrFull
	}
	b.Serial++
	c := Call{ID: "call-" + strconv.Itoa(b.Serial), From: from, Withheld: withheld, To: to, StartedAt: now}
	c.add(now, "ring", "")
	switch {
	case !assigned:
		c.Outcome, c.EndedAt = Unassigned, now
		c.add(now, "unassigned", "")
	case b.BusyNext > 0:
		b.BusyNext--
		c.Outcome, c.EndedAt = Busy, now
		c.add(now, "busy", "")
	default:
		c.Outcome, c.Guidance, c.GuidanceUntil = Answered, guidance, now.Add(GuidanceLength)
		c.add(now, "answer", "")
		c.add(now, "say", guidance)
	}
	b.Calls.Put(c.ID, c)
	return c, nil
}

// HangUp ends a call at the time at: what the voice had not said by then was
// not heard.
func (b *Box) HangUp(id string, at time.Time) (Call, error) {
	c, ok := b.Calls.Get(id)
	if !ok {
		return Call{}, ErrCall
	}
	if !c.EndedAt.IsZero() {
		return c, ErrEnded
	}
	c.EndedAt, c.HeardAll = at, !at.Before(c.GuidanceUntil)
	if c.HeardAll {
		c.add(c.GuidanceUntil, "said", c.Guidance)
	}
	c.add(at, "hang_up", "")
	b.Calls.Put(id, c)
	return c, nil
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
