package world

import (
	"slices"
	"sort"
	"time"
)

// An Event is one entry of a world's timeline: what happened, when by the
// world's clock, in words for the person who tests. It never holds a secret but
// passcodes, which are what testers look for; a card is named by its mask, wherever
// its digits stand, and of an address the query is left out.
type Event struct {
	Serial int       `json:"serial"`
	At     time.Time `json:"at"`
	Kind   string    `json:"kind" enum:"world,clock,policy,text,member,registration,account,app,sms,mail,call,request,issuer,fault,defect"`
	What   string    `json:"what"`
	Ref    string    `json:"ref,omitempty" doc:"id of the registration or message it is about"`
}

// A Timeline is the ordered record of a world. It keeps the newest events; how
// many older ones were let go is told.
type Timeline struct {
	Events  []Event `json:"events"`
	Serial  int     `json:"serial"`
	Dropped int     `json:"dropped"`
	Bytes   int     `json:"bytes"` // that the words of the events take
}

// maxEvents and maxEventBytes bound a timeline; at the bound, the older half goes.
const (
	maxEvents     = 10_000
	maxEventBytes = 4 << 20
)

func (t *Timeline) add(at time.Time, kind, what, ref string) {
	e := Event{At: at, Kind: kind, What: discreet(what), Ref: ref}
	if len(t.Events) >= maxEvents || t.Bytes+len(e.What) > maxEventBytes {
		t.halve()
	}
	t.Serial++
	e.Serial = t.Serial
	t.Events = append(t.Events, e)
	t.Bytes += len(e.What)
}

// mask makes events that somebody else wrote as those that add writes.
func (t *Timeline) mask() {
	t.Events, t.Bytes = slices.Clone(t.Events), 0
	for i, e := range t.Events {
		t.Events[i].What, t.Events[i].Ref = discreet(e.What), discreet(e.Ref)
		t.Bytes += len(t.Events[i].What)
	}
}

// halve lets the older half of the events go.
func (t *Timeline) halve() {
	half := len(t.Events) / 2
	t.Events = append(make([]Event, 0, len(t.Events)), t.Events[half:]...)
	t.Dropped += half
	t.Bytes = 0
	for _, e := range t.Events {
		t.Bytes += len(e.What)
	}
}

// fork is a copy that grows by itself.
func (t Timeline) fork() Timeline {
	t.Events = slices.Clip(t.Events)
	return t
}

// Since are the entries that come after a serial.
func (t Timeline) Since(serial int) []Event {
	first := sort.Search(len(t.Events), func(i int) bool { return t.Events[i].Serial > serial })
	return append([]Event{}, t.Events[first:]...)
}
