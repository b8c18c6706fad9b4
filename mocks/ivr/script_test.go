package ivr_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/ivr"
)

// caller is a Line whose caller presses keys in turn and leaves after so many
// sounds, if that is not 0.
type caller struct {
	keys  []string
	leave int
	heard int
}

func (c *caller) Hear(context.Context, ivr.Sound) error {
	if c.heard++; c.heard == c.leave {
		return ivr.ErrHungUp
	}
	return nil
}

func (c *caller) Digits(_ context.Context, _ []ivr.Sound, k ivr.Keys) (string, error) {
	if len(c.keys) == 0 {
		return "", nil
	}
	pressed := c.keys[0]
	c.keys = c.keys[1:]
	return k.Take(pressed), nil
}

func say(text string) ivr.Verb { return ivr.Verb{Kind: ivr.Say, Text: text} }

func gather(prompt string) ivr.Verb {
	return ivr.Verb{Kind: ivr.GatherKeys, Gather: &ivr.Gather{Prompts: []ivr.Verb{say(prompt)}, Keys: ivr.Keys{Finish: "#"}, Action: "/a"}}
}

func TestAScriptIsCarriedOut(t *testing.T) {
	for name, tt := range map[string]struct {
		script []ivr.Verb
		caller caller
		next   error
		all    bool
		heard  []string // of the transcript
	}{
		"to its end":               {[]ivr.Verb{say("a"), {Kind: ivr.Pause, Length: time.Second}, say("b")}, caller{}, nil, true, []string{"0s say a", "1s pause 1s", "2s say b"}},
		"of nothing":               {nil, caller{}, nil, true, nil},
		"to a hang-up":             {[]ivr.Verb{say("a"), {Kind: ivr.HangUp}, say("b")}, caller{}, nil, true, []string{"0s say a"}},
		"until the caller leaves":  {[]ivr.Verb{say("a"), say("b"), say("c")}, caller{leave: 2}, nil, false, []string{"0s say a", "1s say b"}},
		"another after a redirect": {[]ivr.Verb{say("a"), {Kind: ivr.Redirect, Text: "/b"}, say("c")}, caller{}, nil, true, []string{"0s say a", "1s redirect /b", "1s say /b"}},
		"to a hang-up before it":   {[]ivr.Verb{say("a"), {Kind: ivr.Redirect, Text: "/b"}}, caller{leave: 1}, nil, false, []string{"0s say a"}},
		"on where no key comes":    {[]ivr.Verb{gather("a"), say("b")}, caller{}, nil, true, []string{"0s gather", "0s say a", "1s digits", "1s say b"}},
		"another after keys":       {[]ivr.Verb{gather("a"), say("b")}, caller{keys: []string{"12#3"}}, nil, true, []string{"0s gather", "0s say a", "1s digits 12", "1s say /a 12"}},
		"to an error after keys":   {[]ivr.Verb{gather("a")}, caller{keys: []string{"1"}}, errors.New("broken"), false, []string{"0s gather", "0s say a", "1s digits 1", "1s note broken"}},
		"with keys that are cut": {[]ivr.Verb{gather("a")}, caller{keys: []string{strings.Repeat("1", 99)}}, nil, true,
			[]string{"0s gather", "0s say a", "1s digits " + strings.Repeat("1", ivr.MaxDigits), "1s say /a " + strings.Repeat("1", ivr.MaxDigits)}},
		"with a key that finishes": {[]ivr.Verb{gather("a")}, caller{keys: []string{"#"}}, nil, true, []string{"0s gather", "0s say a", "1s digits"}},
	} {
		t.Run(name, func(t *testing.T) {
			conductor := ivr.Conductor{Speak: func(ivr.Verb) ivr.Sound { return ivr.Sound{ULaw: make([]byte, 8000)} },
				Next: func(_ context.Context, action, digits string) ([]ivr.Verb, error) {
					return []ivr.Verb{say(action + " " + digits)}, tt.next
				}}
			h := conductor.Conduct(t.Context(), tt.script, &tt.caller)
			var heard []string
			for _, s := range h.Scenes {
				heard = append(heard, strings.TrimSpace(s.After.String()+" "+s.What+" "+s.Says))
			}
			if diff := cmp.Diff(tt.heard, heard); diff != "" || h.All != tt.all {
				t.Errorf("all %t (-want +got):\n%s", h.All, diff)
			}
		})
	}
}

func TestScriptsDoNotFollowOneAnotherForEver(t *testing.T) {
	asked := 0
	conductor := ivr.Conductor{Speak: func(ivr.Verb) ivr.Sound { return ivr.Sound{} },
		Next: func(context.Context, string, string) ([]ivr.Verb, error) {
			asked++
			return []ivr.Verb{gather("again")}, nil
		}}
	keys := make([]string, 100)
	for i := range keys {
		keys[i] = "1"
	}
	if h := conductor.Conduct(t.Context(), []ivr.Verb{gather("first")}, &caller{keys: keys}); h.All || asked > ivr.MaxScripts {
		t.Errorf("asked %d times: %+v", asked, h)
	}
}

func TestAnEndIsWhatTheLineTells(t *testing.T) {
	for _, all := range []bool{true, false} {
		var b ivr.Box
		c, err := b.End(place(t, &b, true).ID, noon, ivr.Heard{All: all}) // the clock has not moved
		if err != nil || c.HeardAll != all || all != c.EndedAt.Equal(c.GuidanceUntil) {
			t.Errorf("all %t: %+v, %v", all, c, err)
		}
	}
}
