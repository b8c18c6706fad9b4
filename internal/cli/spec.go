package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"example.com/netanswer/internal/publish"
	"example.com/netanswer/internal/settings"
	"example.com/netanswer/sandbox/server"
)

// specCommand is `netanswer spec`: the specification as a site.
func specCommand(ctx context.Context, p Process, args []string) error {
	if len(args) > 0 {
		switch args[0] {
		case "approve":
			return approveCommand(p, args[1:])
		case "check":
			return checkCommand(p, args[1:])
		case "table":
			return tableCommand(p, args[1:])
		}
	}
	o, err := readPublication(p, args)
	if err != nil {
		return err
	}
	s, err := server.Start(server.EphemeralConfig(), nil)
	if err != nil {
		return err
	}
	site, err := publish.Write(ctx, s, o)
	if err = errors.Join(err, s.Stop()); err != nil {
		return err
	}
	l := p.languageOf(args)
	_, err = fmt.Fprintf(
		p.Out,
		l.Of("%s: 規則 %d、シナリオ %d、画面 %d（画像%s）、届くもの %d\n", "%s: %d rules, %d scenarios, %d screens (pictures: %s), %d messages\n"),
		filepath.Join(o.Out, "index.html"),
		len(site.Rules),
		len(site.Scenarios),
		len(site.Pictures),
		map[bool]string{true: l.Of("あり", "yes"), false: l.Of("なし。-pictures で撮ります", "none; -pictures takes them")}[site.Pictured],
		len(site.Messages),
	)
	return err
}

func readPublication(p Process, args []string) (o publish.Options, err error) {
	var reports settings.List
	set := p.settings("spec", args)
	set.StringVar(&o.Out, "out", "site", "folder of the site")
	set.Var(&reports, "reports", "folder with the junit.xml of a run; may be repeated (default reports, if there is one)")
	approvalsFlag(set, &o.Approvals)
	featuresFlag(set, &o.Features)
	set.StringVar(&o.Since, "since", "", "folder of an earlier site, to tell what has changed")
	set.BoolVar(&o.Pictures, "pictures", false, "take pictures of every screen with the browser that setup found")
	err = set.Parse(args, nil)
	o.Reports = reports
	return o, err
}
