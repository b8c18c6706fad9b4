package driver

import "context"

// Details are what only somebody at a real screen finds out who does not stop at
// reading it: where a link dials, where the cursor is, how a field takes what is
// written. A scenario that needs them is tagged @画面.
type Details interface {
	// Dials returns the number that each link to a telephone dials, by the number
	// that is read there.
	Dials(ctx context.Context) (map[string]string, error)
	// Cursor returns the name of the field that has the cursor, or the sentences of
	// what else has it; "" where nothing has.
	Cursor(ctx context.Context) (string, error)
	// Takes returns how a field takes what is written into it.
	Takes(ctx context.Context, field string) (Taking, error)
	// ScrollTermsPart scrolls the terms of use by a part of their length, 0 to 1.
	ScrollTermsPart(ctx context.Context, part float64) error
}

// A Taking is how a field takes what is written.
type Taking struct {
	Hidden bool   // what is written cannot be read over a shoulder
	Keys   string // the keys that a phone shows, as HTML's inputmode: numeric, email; "" for all
	Fills  string // what a browser fills in, as HTML's autocomplete: new-password
}
