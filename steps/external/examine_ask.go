package external

import (
	"context"
	"maps"
	"net/url"
	"slices"

	"example.com/netanswer/steps/actor"
)

// asks tries the calls by which it is asked what no page shows, with what changes
// nothing, and looks whether the addresses that are told lead anywhere.
func (d doctor) asks(ctx context.Context, i instance) {
	a, who := d.environment.around(i), d.somebody()
	const advice = "ask の呼び出しを、実装の担当者と確かめてください"
	if i.Ask.Policy != nil {
		d.say("ask の policy", a.SetPolicy(ctx, "", "passcode_lifetime", "10m"), advice)
	}
	if i.Ask.Phone != nil && who.Phone != "" {
		d.say("ask の phone", a.Rephone(ctx, "", who.Cards[0].Number, who.Phone), advice)
	}
	if i.Ask.Enrolments != nil && len(who.Cards) > 0 {
		_, err := a.Enrolments(ctx, "", who.Cards[0].Number)
		d.say("ask の enrolments", err, advice)
	}
	for _, screen := range slices.Sorted(maps.Keys(d.environment.target.Addresses)) {
		if err := d.leads(ctx, i, d.environment.target.Addresses[screen]); err != nil {
			d.note("addresses の「" + screen + "」: " + err.Error() + "。途中の画面なら、そのときにだけ開けることもあります")
		}
	}
}

// somebody has a telephone and a card, the first by name.
func (d doctor) somebody() actor.Person {
	for _, as := range slices.Sorted(maps.Keys(d.environment.cast)) {
		if p := d.environment.cast[as]; mobile.MatchString(p.Phone) && len(p.Cards) > 0 {
			return p
		}
	}
	return actor.Person{}
}

// leads tells whether an address can be opened, below the web's or the app's.
func (d doctor) leads(ctx context.Context, i instance, address string) (err error) {
	for _, base := range []string{i.App, i.Web} {
		at, wrong := url.Parse(base)
		if base == "" || wrong != nil {
			continue
		}
		to, wrong := at.Parse(address)
		if wrong != nil {
			return wrong
		}
		if err = d.opens(ctx, to.String()); err == nil {
			return nil
		}
	}
	return err
}
