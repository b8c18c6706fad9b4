package actor

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"example.com/netanswer/client"
)

// passcodes are those that reached a person, in the order they arrived: by SMS, or
// by mail to who has no telephone. Those that are on their way are waited for.
func passcodes(ctx context.Context, p Person, atLeast int) ([]string, error) {
	s, err := In(ctx)
	if err != nil {
		return nil, err
	}
	told, next, at := Surroundings.Mails, Surroundings.NextMail, p.Email
	if p.Phone != "" {
		told, next, at = Surroundings.Texts, Surroundings.NextText, p.Phone
	}
	all, err := s.arrived(ctx, told, next, at, atLeast)
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, m := range all {
		if m.Passcode != "" {
			codes = append(codes, m.Passcode)
		}
	}
	return codes, nil
}

// arrived is what arrived at somebody's telephone or address. An implementation
// may send when its page has answered already, so that many messages are waited for.
func (s *Scene) arrived(ctx context.Context, told func(Surroundings, context.Context, string, string) ([]Message, error),
	next func(Surroundings, context.Context, string, string, string) (Message, error), at string, atLeast int) ([]Message, error) {
	all, err := told(s.Around, ctx, s.World.Name, at)
	for err == nil && len(all) < atLeast && s.Words.Foreign {
		last := ""
		if len(all) > 0 {
			last = all[len(all)-1].ID
		}
		var m Message
		if m, err = next(s.Around, ctx, s.World.Name, at, last); errors.Is(err, client.ErrNothingArrived) {
			return all, nil
		}
		all = append(all, m)
	}
	return all, err
}

// nth is the n-th passcode that reached whoever is called so.
func nth(ctx context.Context, called string, n int) (string, error) {
	s, err := In(ctx)
	if err != nil {
		return "", err
	}
	p, known := s.Cast[called]
	if !known {
		return "", fmt.Errorf("the cast has no %s", called)
	}
	codes, err := passcodes(ctx, p, n)
	if err == nil && n > len(codes) && n > 2 {
		err = notAgain(ctx, s.actors[called], n-1)
	}
	if err == nil && (n < 1 || n > len(codes)) {
		err = fmt.Errorf("%sに届いたパスコードは%d通です", called, len(codes))
	}
	if err != nil {
		return "", err
	}
	return codes[n-1], nil
}

// notAgain is why a passcode that did not arrive need not have: more are not issued,
// and the screen says so. nil where nothing was said against it.
func notAgain(ctx context.Context, a *actor, reissues int) error {
	limit := mayReissue(ctx, reissues)
	if limit == nil || a == nil {
		return nil
	}
	said := len(a.complaints()) > 0 || len(refusing(a.screen.Said)) > 0
	if !said && slices.Contains(a.screen.Actions, anew) && !slices.Contains(a.screen.Blocked, anew) {
		return nil
	}
	return limit
}

// anew is what asks for another passcode.
const anew = "ワンタイムパスコードを再発行する"

// EntersNth types the n-th passcode that reached the person.
func EntersNth(ctx context.Context, name string, n int) error { return EntersNthOf(ctx, name, name, n) }

// EntersNthOf types the n-th passcode that reached somebody else.
func EntersNthOf(ctx context.Context, name, of string, n int) error {
	code, err := nth(ctx, of, n)
	if err != nil {
		return err
	}
	return Enters(ctx, name, code)
}

// EntersNthChanged types the n-th passcode with one digit changed.
func EntersNthChanged(ctx context.Context, name string, n, digit int) error {
	code, err := nth(ctx, name, n)
	if err != nil {
		return err
	}
	code, err = changed(code, digit)
	if err != nil {
		return err
	}
	return Enters(ctx, name, code)
}

// EntersNthBegun types the first digits of a passcode alone.
func EntersNthBegun(ctx context.Context, name string, n, digits int) error {
	code, err := nth(ctx, name, n)
	if err != nil {
		return err
	}
	if digits >= len(code) {
		return fmt.Errorf("パスコードは%d桁です", len(code))
	}
	return Enters(ctx, name, code[:digits])
}

// changed is a code with one digit, or letter, changed; the first is 1.
func changed(code string, at int) (string, error) {
	if at < 1 || at > len(code) {
		return "", fmt.Errorf("%d文字目はありません", at)
	}
	c := code[at-1]
	switch {
	case '0' <= c && c <= '9':
		c = '0' + (c-'0'+1)%10
	case c == 'x':
		c = 'y'
	default:
		c = 'x'
	}
	return code[:at-1] + string(c) + code[at:], nil
}

// Reissues asks for another passcode.
func Reissues(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Reissue(ctx))
}

// EntersPINChanged types the PIN of the person's card with one digit changed.
func EntersPINChanged(ctx context.Context, name string, digit int) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	pin, err := changed(a.Cards[a.card].PIN, digit)
	if err != nil {
		return err
	}
	return EntersPIN(ctx, name, pin)
}
