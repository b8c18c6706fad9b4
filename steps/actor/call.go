package actor

import (
	"context"
	"fmt"
	"regexp"
	"strings"
)

// A Dial is a call that a person places.
type Dial struct {
	From     string
	Withheld bool
	To       string // "" for the number that the surroundings know
	Listen   string // all, part, or stay or "" to stay on the line, with the guidance heard out or not
}

// A Call is what became of it.
type Call struct {
	ID       string
	Outcome  string // answered, busy, unassigned, unanswered, refused
	Guidance string // what was heard; "" if nothing
}

// ReachesCall does all that is needed to be asked for a call.
func ReachesCall(ctx context.Context, name string) error {
	return all(
		func() error { return ReachesConfirm(ctx, name) },
		func() error { return Proceeds(ctx, name) },
		func() error { return TitleIs(ctx, "電話番号認証") },
	)
}

// dial places a call, from the person's telephone where it names no other.
func dial(ctx context.Context, name string, d Dial) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if d.From == "" {
		d.From = a.Phone
	}
	a.scene.call, err = a.scene.Around.PlaceCall(ctx, a.scene.World.Name, d)
	return err
}

// Calls calls from the telephone on file and hears the guidance out.
func Calls(ctx context.Context, name string) error { return dial(ctx, name, Dial{Listen: "all"}) }

// CallsAfter lets time pass before.
func CallsAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return Calls(ctx, name) })
}

// CallsFrom calls from another telephone.
func CallsFrom(ctx context.Context, name, from string) error {
	from, err := Value(ctx, from)
	if err != nil {
		return err
	}
	return dial(ctx, name, Dial{From: from, Listen: "all"})
}

// CallsWithheld calls from the telephone on file, its number withheld.
func CallsWithheld(ctx context.Context, name string) error {
	return dial(ctx, name, Dial{Withheld: true, Listen: "all"})
}

// CallsTo calls another number than the one shown.
func CallsTo(ctx context.Context, name, number string) error {
	return dial(ctx, name, Dial{To: number, Listen: "all"})
}

// CallsInPart hangs up before the guidance ends.
func CallsInPart(ctx context.Context, name string) error {
	return dial(ctx, name, Dial{Listen: "part"})
}

// StaysOnTheLine calls and does not hang up.
func StaysOnTheLine(ctx context.Context, name string) error { return dial(ctx, name, Dial{}) }

// HearsOutAndStays hears the guidance to its end and does not hang up.
func HearsOutAndStays(ctx context.Context, name string) error {
	return dial(ctx, name, Dial{Listen: "stay"})
}

// HangsUp hangs up the last call.
func HangsUp(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	a.scene.call, err = a.scene.Around.HangUp(ctx, a.scene.World.Name, a.scene.call.ID)
	return err
}

// HangsUpAfter hangs up the last call, which the person stays on, after a while.
func HangsUpAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return HangsUp(ctx, name) })
}

// Hears expects what the voice said in the last call.
func Hears(ctx context.Context, want string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	want, letter := s.Words.demanded(want)
	if !letter {
		s.found(ctx) // it is heard that the call is no confirmation, in whatever words
		if strings.Contains(s.call.Guidance, confirmed) || !not.MatchString(s.call.Guidance) && !again.MatchString(s.call.Guidance) {
			return fmt.Errorf("電話で断られるはずが「%s」と聞こえました", s.call.Guidance)
		}
		return nil
	}
	s.found(ctx)
	if s.Words.Foreign && strings.Contains(fold(s.call.Guidance), fold(want)) {
		return nil
	}
	return equal("ガイダンス", want, s.call.Guidance)
}

// again is how a voice asks for another call.
var again = regexp.MustCompile(`(かけ|掛け)直`)

// confirmed is what the guide has the voice say (p35).
const confirmed = "ご本人確認ができました"

// outcomes are what can become of a call, in words.
var outcomes = map[string]string{"answered": "応答", "busy": "話し中", "unassigned": "使われていない番号", "unanswered": "応答なし", "refused": "受付不可"}

// CallIs expects what became of the last call.
func CallIs(ctx context.Context, want string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	s.found(ctx)
	return equal("電話", want, outcomes[s.call.Outcome])
}

// FinishesCall presses 「認証を完了する」.
func FinishesCall(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.FinishCall(ctx))
}

// FinishesCallAfter lets time pass before.
func FinishesCallAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return FinishesCall(ctx, name) })
}

// CanFinishCall presses the button and expects completion.
func CanFinishCall(ctx context.Context, name string) error {
	return all(func() error { return FinishesCall(ctx, name) }, func() error { return TitleIs(ctx, "完了") })
}

// CannotFinishCall presses the button and expects to be left where they are.
func CannotFinishCall(ctx context.Context, name string) error {
	if err := all(func() error { return FinishesCall(ctx, name) }, func() error { return TitleIs(ctx, "電話番号認証") }); err != nil {
		return err
	}
	a, err := seen(ctx)
	a.scene.found(ctx)
	if a.scene.Words.Foreign {
		return nil // how it says so is its own
	}
	if err == nil && len(a.screen.Messages) == 0 {
		return fmt.Errorf("%sは、まだ確認できていないと知らされません", name)
	}
	return err
}
