package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
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
	o, err := readPublication(args, p.Err)
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
	_, err = fmt.Fprintf(
		p.Out,
		"%s: 規則 %d、シナリオ %d、画面 %d（画像%s）、届くもの %d\n",
		filepath.Join(o.Out, "index.html"),
		len(site.Rules),
		len(site.Scenarios),
		len(site.Pictures),
		map[bool]string{true: "あり", false: "なし。-pictures で撮ります"}[site.Pictured],
		len(site.Messages),
	)
	return err
}

func readPublication(args []string, errOut io.Writer) (o publish.Options, err error) {
	var reports settings.List
	set := settings.New("spec", errOut)
	set.StringVar(&o.Out, "out", "site", "folder of the site")
	set.Var(&reports, "reports", "folder with the junit.xml of a run; may be repeated (default reports, if there is one)")
	approvalsFlag(set, &o.Approvals)
	set.StringVar(&o.Since, "since", "", "folder of an earlier site, to tell what has changed")
	set.BoolVar(&o.Pictures, "pictures", false, "take pictures of every screen with the browser that setup found")
	err = set.Parse(args, nil)
	o.Reports = reports
	return o, err
}
