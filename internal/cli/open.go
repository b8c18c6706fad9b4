package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/say"
)

// openCommand is `netanswer open PLACE`: it brings a registration to a place in
// a running sandbox, prints the link at which any browser goes on, and opens it.
// Without a place it lists them.
func openCommand(ctx context.Context, p Process, args []string) error {
	var from console
	var world string
	var places []string
	var q client.Placing
	set := p.settings("open", args)
	set.StringVar(&q.Channel, "channel", "web", "web or app")
	set.StringVar(&q.Device, "device", "", "in the app, iphone or android; \"\" for an iphone")
	set.StringVar(&q.Member, "member", "", "whose registration it is, like 花子さん; \"\" for somebody who suits")
	set.StringVar(&world, "world", "", "the world it happens in; \"\" for a new one")
	quiet := set.Bool("print", false, "print the link only, and open nothing")
	set.Words(&places)
	if err := from.parse(set, args, p.Environ); err != nil {
		return err
	}
	if len(places) > 1 {
		return fmt.Errorf("open: want one place, not %s", strings.Join(places, " and "))
	}
	controls, _, err := from.client()
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	if len(places) == 0 {
		return listPlaces(ctx, p, controls, p.languageOf(args))
	}
	q.At = places[0]
	if q.Fork = world == ""; q.Fork {
		world = "default"
	}
	placed, err := controls.Put(ctx, world, q)
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	if placed.Link == "" {
		return errors.New("open: this sandbox does not serve members' pages (-only providers)")
	}
	if at, err := url.Parse(placed.Link); err != nil || at.Scheme != "http" && at.Scheme != "https" || at.Host == "" {
		return fmt.Errorf("open: %q is no address of a page; is this the control API?", placed.Link)
	}
	if _, err := fmt.Fprintln(plainWriter{p.Out}, placed.Link); err != nil || *quiet {
		return err
	}
	return openInBrowser(ctx, placed.Link)
}

func listPlaces(ctx context.Context, p Process, controls *client.Client, l say.Language) error {
	places, err := controls.Places(ctx)
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	for _, at := range places {
		flag := ""
		if at.Channel == "app" {
			flag = " -channel app"
		}
		if _, err := fmt.Fprintf(plainWriter{p.Out}, "%-36s %s\n", at.At+flag, l.Translate(at.Title)); err != nil {
			return err
		}
	}
	return nil
}
