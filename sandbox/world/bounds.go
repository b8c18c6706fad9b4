package world

import (
	"fmt"
	"time"
)

// Bounds are how much a sandbox holds. Beyond them it refuses, in words.
type Bounds struct {
	Worlds    int           `json:"worlds" doc:"worlds that exist at once"`
	Idle      time.Duration `json:"idle" doc:"nanoseconds after which an unused world makes room, when there are as many as there may be"`
	Messages  int           `json:"messages" doc:"messages of each kind a world holds"`
	Snapshots int           `json:"snapshots" doc:"snapshots that are kept at once"`
	Bytes     int64         `json:"bytes" doc:"bytes that the messages of a world take; 0 for any number"`
	AllBytes  int64         `json:"all_bytes" doc:"bytes that the messages of all worlds take; 0 for any number"`
	Journeys  int           `json:"journeys" doc:"registrations a world holds, ended ones included"`
	Body      int64         `json:"body" doc:"bytes of a request's body"`
}

// DefaultBounds suit a machine with a gigabyte to spare.
func DefaultBounds() Bounds {
	return Bounds{
		Worlds:    50_000,
		Snapshots: 1000,
		Idle:      time.Hour,
		Messages:  10_000,
		Bytes:     256 << 20,
		AllBytes:  768 << 20,
		Journeys:  100_000,
		Body:      64 << 10,
	}
}

// Bytes are those that the messages of a world take, about. A mail to many is kept
// once and counts once.
func (st *State) Bytes() int64 { return st.Mailbox.Bytes + st.SMS.Bytes }

// within returns an error if a world that had so many bytes has grown beyond the
// bound.
func (b Bounds) within(st *State, before int64) error {
	if now := st.Bytes(); b.Bytes > 0 && now > before && now > b.Bytes {
		return fmt.Errorf("%w: the messages of a world take %d bytes at most (-max-bytes)", ErrWorlds, b.Bytes)
	}
	return nil
}
