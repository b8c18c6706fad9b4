package ivr

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// A Verb is one thing to do on the line of a call.
type Verb struct {
	Kind Kind
	// Say: what is said; Play: the address of a recording; Redirect: who is
	// asked how to go on (an Action); Note: what the transcript says.
	Text     string
	Sentence string        // Say: the id of the sentence, where it has one
	Length   time.Duration // Pause
	Gather   *Gather       // Gather
}

// A Kind is what a verb does.
type Kind string

// The kinds of verbs.
const (
	Say        Kind = "say"
	Play       Kind = "play"
	Pause      Kind = "pause"
	GatherKeys Kind = "gather"
	Redirect   Kind = "redirect" // what stands before it was heard; what stands behind it never is
	HangUp     Kind = "hang_up"
	Note       Kind = "note" // nothing is heard; the transcript says why
)

// ByGet begins an action that is asked by GET: "GET /next". Any other is an
// address that is asked by POST.
const ByGet = "GET "

// A Gather takes the keys that a caller presses.
type Gather struct {
	Prompts []Verb // what is heard meanwhile; a key cuts it short
	Keys    Keys
	Action  string // who is told of the digits; "" for whoever wrote the script
	Empty   bool   // also where there are none
}

// Keys are the keys waited for: until there are Max of them (0 for no bound but
// MaxDigits), Finish is pressed, or none comes for Timeout.
type Keys struct {
	Max     int
	Finish  string // one key, or "" for none
	Timeout time.Duration
}

// MaxDigits is how many digits one Gather takes at most.
const MaxDigits = 32

// A Sound is what a caller hears: G.711 u-law at 8 kHz, or for as long as
// Length nothing, where there is none.
type Sound struct {
	ULaw   []byte
	Length time.Duration
	Note   string // what the transcript says of it, "" for nothing
}

// Lasts is how long it takes to hear a sound.
func (s Sound) Lasts() time.Duration {
	if s.ULaw != nil {
		return time.Duration(len(s.ULaw)) * time.Second / 8000
	}
	return s.Length
}

// A Line carries sounds to a caller and keys back.
type Line interface {
	// Hear returns when a sound was heard to its end. An error means that it
	// was not: the caller hung up, or the context ended.
	Hear(ctx context.Context, s Sound) error
	// Digits returns the digits pressed, without the one that finishes
	// them; "" means that none came.
	Digits(ctx context.Context, prompts []Sound, k Keys) (string, error)
}

// ErrHungUp is the error of a Line whose caller has hung up.
var ErrHungUp = errors.New("the caller hung up")

// Heard is what became of a script.
type Heard struct {
	All    bool          // everything was heard to its end
	Early  bool          // the caller had enough of it before the answer
	Leg    string        // how the line ended, as its protocol says it; "" for nothing to tell
	Then   string        // a Redirect that is not followed yet, "" for none
	Said   string        // what was said, heard or not
	Length time.Duration // how long it took to hear
	Scenes []Scene
}

// A Scene is one entry of a transcript to be, so long after the answer.
type Scene struct {
	After time.Duration
	What  string
	Says  string
}

// AtOnce is what was heard as if it had taken no time.
func (h Heard) AtOnce() Heard {
	h.Length, h.Scenes = 0, slices.Clone(h.Scenes)
	for i := range h.Scenes {
		h.Scenes[i].After = 0
	}
	return h
}

func (h *Heard) add(what, says string) {
	h.Scenes = append(h.Scenes, Scene{h.Length, what, says})
}

// A Conductor carries out scripts.
type Conductor struct {
	// Speak returns the sound of a Say or Play.
	Speak func(Verb) Sound
	// Next returns the script that follows upon digits, or, where there
	// are none, upon a Redirect. It is asked MaxScripts times at most.
	Next func(ctx context.Context, action, digits string) ([]Verb, error)
	// Stays is for a line on which nothing takes any time, whose caller stays
	// on it: a Redirect is not followed but told of as Then.
	Stays bool
}

// MaxScripts is how many scripts can follow one another in a call.
const MaxScripts = 10

// Conduct carries out a script on a line, and what follows it, to the end, to
// the first error, or until the caller hangs up.
func (c Conductor) Conduct(ctx context.Context, script []Verb, line Line) Heard {
	var h Heard
	for range MaxScripts {
		next, err := c.one(ctx, script, line, &h)
		switch {
		case err == nil && next == nil:
			h.All = true
			return h
		case errors.Is(err, ErrHungUp) || ctx.Err() != nil:
			return h
		case err != nil:
			h.add("note", err.Error())
			return h
		}
		script = next
	}
	h.add("note", "1回の電話で台本を続けられる回数を超えました")
	return h
}

// one carries out one script; next is what follows it, nil if nothing does.
func (c Conductor) one(ctx context.Context, script []Verb, line Line, h *Heard) (next []Verb, err error) {
	for _, v := range script {
		switch v.Kind {
		case HangUp:
			return nil, nil
		case Note:
			h.add(string(Note), v.Text)
		case Redirect:
			h.add("redirect", v.Text)
			if c.Stays {
				h.Then = v.Text
				return nil, ErrHungUp
			}
			return c.follow(ctx, v.Text, "")
		case GatherKeys:
			digits, err := c.gather(ctx, *v.Gather, line, h)
			if err != nil {
				return nil, err
			}
			if digits == "" && !v.Gather.Empty {
				continue // as though the verb were not there
			}
			return c.follow(ctx, v.Gather.Action, digits)
		default:
			if err := line.Hear(ctx, c.sound(v, h)); err != nil {
				return nil, err
			}
		}
	}
	return nil, nil
}

// follow is the script that follows; never nil without an error.
func (c Conductor) follow(ctx context.Context, action, digits string) ([]Verb, error) {
	next, err := c.Next(ctx, action, digits)
	if err == nil && next == nil {
		next = []Verb{}
	}
	return next, err
}

// sound writes a verb into the transcript and returns what is heard.
func (c Conductor) sound(v Verb, h *Heard) Sound {
	if v.Kind == Pause {
		h.add("pause", v.Length.String())
		h.Length += v.Length
		return Sound{Length: v.Length}
	}
	s := c.Speak(v)
	h.add(string(v.Kind), v.Text)
	if s.Note != "" {
		h.add("note", s.Note)
	}
	if v.Kind == Say {
		h.Said = strings.TrimSpace(h.Said + "\n" + v.Text)
	}
	h.Length += s.Lasts()
	return s
}

func (c Conductor) gather(ctx context.Context, g Gather, line Line, h *Heard) (string, error) {
	h.add("gather", "")
	prompts := make([]Sound, 0, len(g.Prompts))
	for _, p := range g.Prompts {
		if p.Kind == Note {
			h.add(string(Note), p.Text)
			continue
		}
		prompts = append(prompts, c.sound(p, h))
	}
	digits, err := line.Digits(ctx, prompts, g.Keys)
	if err == nil {
		h.add("digits", digits)
	}
	return digits, err
}

// Take is what Keys make of keys pressed: the digits up to the finishing key,
// or as many as are waited for.
func (k Keys) Take(pressed string) string {
	digits := ""
	for _, key := range pressed {
		if string(key) == k.Finish {
			break
		}
		if digits += string(key); k.Full(digits) {
			break
		}
	}
	return digits
}

// Full tells whether no more digits are waited for.
func (k Keys) Full(digits string) bool {
	return len(digits) >= MaxDigits || k.Max > 0 && len(digits) >= k.Max
}
