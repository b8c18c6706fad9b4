package world

import (
	"time"
)

// Bounds are how much a sandbox holds. Beyond them it refuses, in words.
type Bounds struct {
	Worlds    int           `json:"worlds" doc:"worlds that exist at once"`
	Idle      time.Duration `json:"idle" doc:"nanoseconds after which an unused world makes room, when there are as many as there may be"`
	Messages  int           `json:"messages" doc:"messages of each kind a world holds"`
	Snapshots int           `json:"snapshots" doc:"snapshots that are kept at once"`
	Journeys  int           `json:"journeys" doc:"registrations a world holds, ended ones included"`
	Body      int64         `json:"body" doc:"bytes of a request's body"`
}

// DefaultBounds suit a machine with a gigabyte to spare.
func DefaultBounds() Bounds {
	return Bounds{Worlds: 50_000, Snapshots: 1000, Idle: time.Hour, Messages: 10_000, Journeys: 100_000, Body: 64 << 10}
}
