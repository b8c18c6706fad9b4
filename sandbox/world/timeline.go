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
}

// maxEvents bounds a timeline; at the bound, the older half goes.
const maxEvents = 10_000

func (t *Timeline) add(at time.Time, kind, what, ref string) {
	if len(t.Events) >= maxEvents {
		half := len(t.Events) / 2
		t.Events = append(make([]Event, 0, maxEvents), t.Events[half:]...)
		t.Dropped += half
	}
	t.Serial++
	t.Events = append(t.Events, Event{Serial: t.Serial, At: at, Kind: kind, What: discreet(what), Ref: ref})
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
