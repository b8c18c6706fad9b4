package actor

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/driver"
)

// Proceeds goes on from the confirmation to the identity check.
func Proceeds(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Proceed(ctx))
}

// ProceedsAfter lets time pass before.
func ProceedsAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return Proceeds(ctx, name) })
}

// ReachesIdentityCheck does all that is needed to be asked for a passcode.
func ReachesIdentityCheck(ctx context.Context, name string) error {
	if inApp(ctx) {
		return all(
			func() error { return ReachesDestination(ctx, name) },
			func() error { return RequestsPasscode(ctx, name) },
			func() error { return TitleIs(ctx, "ワンタイムパスコードの入力") },
		)
	}
	return all(
		func() error { return ReachesConfirm(ctx, name) },
		func() error { return Proceeds(ctx, name) },
		func() error { return TitleIs(ctx, "ワンタイムパスコード認証") },
	)
}

// ReceivesText is at the identity check with a passcode received by SMS.
func ReceivesText(ctx context.Context, name string) error {
	return all(
		func() error { return ReachesIdentityCheck(ctx, name) },
		func() error { return receive(ctx, name, Surroundings.NextText, phoneOf) },
	)
}

// ReceivesMail is at the identity check with a passcode received by mail.
func ReceivesMail(ctx context.Context, name string) error {
	return all(
		func() error { return ReachesIdentityCheck(ctx, name) },
		func() error { return receive(ctx, name, Surroundings.NextMail, emailOf) },
	)
}

func phoneOf(p Person) string { return p.Phone }
func emailOf(p Person) string { return p.Email }

// receive waits for the next message with a passcode and keeps it.
func receive(
	ctx context.Context,
	name string,
	next func(Surroundings, context.Context, string, string, string) (Message, error),
	at func(Person) string,
) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	last := ""
	if len(a.got) > 0 {
		last = a.got[len(a.got)-1].ID
	}
	m, err := next(a.scene.Around, ctx, a.scene.World.Name, at(a.Person), last)
	if errors.Is(err, client.ErrNothingArrived) {
		return fmt.Errorf("%sにワンタイムパスコードが届きません", name)
	}
	if err != nil {
		return fmt.Errorf("%sのワンタイムパスコードを待てません: %w", name, err)
	}
	if m.Passcode == "" {
		return fmt.Errorf("%sに届いた「%s」にパスコードがありません", name, m.Body)
	}
	a.got = append(a.got, m)
	return nil
}

// passcode is the newest passcode the person has received.
func (a *actor) passcode() (string, error) {
	if len(a.got) == 0 {
		return "", errors.New(a.Called + " has received no passcode")
	}
	return a.got[len(a.got)-1].Passcode, nil
}

// Enters types what it is given.
func Enters(ctx context.Context, name, passcode string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.EnterPasscode(ctx, passcode))
}

// EntersReceived types the newest passcode received. A person whose screen asks
// for none any more is left where they are.
func EntersReceived(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	code, err := a.passcode()
	if err != nil {
		return err
	}
	return a.see(a.session.EnterPasscode(ctx, code))
}

// EntersReceivedAfter lets time pass before.
func EntersReceivedAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return EntersReceived(ctx, name) })
}

// EntersLate lets time pass until the SMS arrives, and types its passcode.
func EntersLate(ctx context.Context, name, span string) error {
	return all(
		func() error { return after(ctx, span) },
		func() error { return receive(ctx, name, Surroundings.NextText, phoneOf) },
		func() error { return EntersReceived(ctx, name) },
	)
}

// EntersFirst types the first passcode received, which others have replaced.
func EntersFirst(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if len(a.got) < 2 || a.got[0].Passcode == a.got[len(a.got)-1].Passcode {
		return fmt.Errorf("%sに、異なるパスコードが2通届いていません", name)
	}
	return a.see(a.session.EnterPasscode(ctx, a.got[0].Passcode))
}

// EntersWrongly types wrong passcodes, so many times.
func EntersWrongly(ctx context.Context, name string, often string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	code, err := a.passcode()
	if err != nil {
		return err
	}
	n, err := times(ctx, often, func(n Numbers) int { return n.PasscodeAttempts })
	if err != nil {
		return err
	}
	for range n {
		if err := a.see(a.session.EnterPasscode(ctx, other(code))); err != nil {
			return err
		}
		a.wrong++
	}
	return nil
}

// other is a passcode of the same shape that is not code.
func other(code string) string {
	last := code[len(code)-1]
	return code[:len(code)-1] + string('0'+(last-'0'+1)%10)
}

// HasEnteredWrongly is at the identity check after so many wrong passcodes.
func HasEnteredWrongly(ctx context.Context, name string, often string) error {
	return all(func() error { return ReceivesText(ctx, name) }, func() error { return EntersWrongly(ctx, name, often) })
}

// ReissuesAfter lets time pass, asks for another passcode, and keeps it if one
// arrives by SMS.
func ReissuesAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return reissue(ctx, name) })
}

func reissue(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if a.wrong > 0 && a.scene.numbers().EachPasscode {
		return fmt.Errorf("%w: policy によれば、誤りの回数は再発行したパスコードごとに数えます", driver.ErrInapplicable)
	}
	if err := a.see(a.session.Reissue(ctx)); err != nil {
		return err
	}
	if a.Phone == "" {
		return nil // a mail is received by a step of its own
	}
	all, err := a.scene.Around.Texts(ctx, a.scene.World.Name, a.Phone)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(m Message) bool { return m.Passcode == "" })
	if len(all) > len(a.got) {
		a.got = all
	}
	return nil
}

// HasReissued is at the identity check after so many reissues.
func HasReissued(ctx context.Context, name string, often string) error {
	n, err := times(ctx, often, func(n Numbers) int { return n.ReissueLimit })
	if err != nil {
		return err
	}
	if err := mayReissue(ctx, n); err != nil {
		return err
	}
	if err := ReceivesText(ctx, name); err != nil {
		return err
	}
	for i := range n {
		if err := ReissuesAfter(ctx, name, "再発行の間隔"); err != nil {
			return err
		}
		if a, err := seen(ctx); err != nil || len(a.got) != i+2 {
			return errors.Join(err, fmt.Errorf("%d回のうち%d回目の再発行で、パスコードが届きません", n, i+1))
		}
	}
	return nil
}

// mayReissue tells whether so many reissues can be asked of an implementation at all.
func mayReissue(ctx context.Context, n int) error {
	s, err := In(ctx)
	if err != nil || !s.Words.Foreign {
		return err
	}
	switch numbers := s.numbers(); {
	case n > 1 && numbers.ReissuesUntold:
		return fmt.Errorf("%w: パスコードを何回再発行できるかは、案内にありません。たずねるには policy: {reissue_limit: …}", driver.ErrInapplicable)
	case n > numbers.ReissueLimit:
		return fmt.Errorf("%w: policy によれば、パスコードの再発行は%d回までです", driver.ErrInapplicable, numbers.ReissueLimit)
	}
	return nil
}

// HasReissuedAfter is at the identity check after one reissue, that much later.
func HasReissuedAfter(ctx context.Context, name, span string) error {
	return all(func() error { return ReceivesText(ctx, name) }, func() error { return ReissuesAfter(ctx, name, span) })
}

// ReissuesThenWrong asks for another passcode and then types a wrong one.
func ReissuesThenWrong(ctx context.Context, name string) error {
	return all(func() error { return ReissuesAfter(ctx, name, "再発行の間隔") }, func() error { return EntersWrongly(ctx, name, "1") })
}

// HasLetExpire is at the identity check with a passcode that has expired.
func HasLetExpire(ctx context.Context, name string) error {
	look := looks
	if ofItsOwn(ctx) { // a page need not tell before it is asked
		look = EntersReceived
	}
	return all(
		func() error { return ReceivesText(ctx, name) },
		func() error { return after(ctx, "10分") },
		func() error { return look(ctx, name) },
		func() error { return TitleIs(ctx, "有効期限切れ") },
	)
}

func looks(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	err = a.see(a.session.Look(ctx))
	a.looked = err == nil
	return err
}

// inApp tells whether the scenario is about the app.
func inApp(ctx context.Context) bool {
	s, err := In(ctx)
	return err == nil && s.App // without a scene the next step will say so
}

// CanComplete enters the newest passcode and expects completion.
func CanComplete(ctx context.Context, name string) error {
	if inApp(ctx) {
		return all(func() error { return EntersReceived(ctx, name) }, func() error { return finishesInApp(ctx, name) })
	}
	return all(func() error { return EntersReceived(ctx, name) }, func() error { return TitleIs(ctx, "完了") })
}

// NextWrongSays types one more wrong passcode and expects a sentence at its field.
func NextWrongSays(ctx context.Context, name, sentence string) error {
	return all(
		func() error { return EntersWrongly(ctx, name, "1") },
		func() error { return FieldSays(ctx, [][2]string{{"ワンタイムパスコード", sentence}}) },
	)
}
