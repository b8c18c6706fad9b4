package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/app"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/steps"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/api"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/spec"
)

// A publication is what spec is asked for.
type publication struct {
	out, since string
	reports    []string
	pictures   bool
}

func readPublication(args []string, errOut io.Writer) (publication, error) {
	var p publication
	var reports list
	set := flag.NewFlagSet("netanswer spec", flag.ContinueOnError)
	set.SetOutput(errOut)
	set.StringVar(&p.out, "out", "site", "folder of the site")
	set.Var(&reports, "reports", "folder with the junit.xml of a run; may be repeated (default reports, if there is one)")
	set.StringVar(&p.since, "since", "", "folder of an earlier site, to tell what has changed")
	set.BoolVar(&p.pictures, "pictures", false, "take pictures of every screen with the browser that setup found")
	if err := set.Parse(args); err != nil {
		return p, err
	}
	if set.NArg() > 0 {
		return p, fmt.Errorf("spec: unknown argument %q", set.Arg(0))
	}
	p.reports = reports
	return p, nil
}

// specCommand is `netanswer spec`.
func specCommand(ctx context.Context, args []string, out, errOut io.Writer) error {
	p, err := readPublication(args, errOut)
	if err != nil {
		return err
	}
	s, err := start(config{Member: "127.0.0.1:0", Console: "127.0.0.1:0", Bounds: world.DefaultBounds()}, slog.New(slog.NewTextHandler(errOut, nil)))
	if err != nil {
		return err
	}
	source, err := publish(ctx, s, p)
	if err = errors.Join(err, s.stop()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s: 規則 %d、シナリオ %d、画面 %d（画像%s）、届くもの %d\n", filepath.Join(p.out, "index.html"), len(source.Rules), len(source.Scenarios),
		len(source.Pictures), map[bool]string{true: "あり", false: "なし。-pictures で撮ります"}[source.Pictured], len(source.Messages))
	return err
}

// publish gathers what the site is made of, and writes it.
func publish(ctx context.Context, s *sandbox, p publication) (source spec.Source, err error) {
	source = spec.Source{Made: clock.Machine().In(actor.Opening.Location()), Verdicts: spec.Verdicts{}, Machines: machines()}
	if p.since != "" {
		if source.Before, err = spec.ReadManifest(p.since); err != nil {
			return source, err
		}
	}
	if source.Rules, err = everyRule(); err != nil {
		return source, err
	}
	if source.Scenarios, err = book(source.Rules); err != nil {
		return source, err
	}
	if err := readReports(source.Verdicts, p.reports); err != nil {
		return source, err
	}
	if source.Messages, err = messagesOf(ctx, s); err != nil {
		return source, err
	}
	moment, err := s.service.Snapshot("default")
	if err != nil {
		return source, err
	}
	source.Pictures = screens(moment, web.Section(s.service), app.Section(s.service))
	if p.pictures {
		source.Pictured = true
		if err := photograph(ctx, s, p.out, source.Pictures); err != nil {
			return source, err
		}
	}
	return source, source.Write(p.out)
}

// readReports reads what runs found. Without any folder named, what is in
// reports counts if there is something.
func readReports(v spec.Verdicts, dirs []string) error {
	if len(dirs) == 0 {
		if _, err := os.Stat(filepath.Join("reports", "junit.xml")); err != nil {
			return nil // nothing was run here
		}
		dirs = []string{"reports"}
	}
	for _, dir := range dirs {
		if err := v.ReadJUnit(filepath.Join(dir, "junit.xml")); err != nil {
			return err
		}
	}
	return nil
}

// book is every scenario there is, by file and line.
func book(rules []fixtures.Rule) ([]runner.Scenario, error) {
	root, err := fs.Sub(features, "features")
	if err != nil {
		return nil, err
	}
	plan, err := runner.Prepare(runner.Config{Features: root, Root: "features", Rules: rules, Steps: func(to runner.Definitions) { steps.Define(to) },
		Drivers: []driver.Driver{api.New()}, Environment: environment{}, Now: clock.Machine})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(plan.Scenarios, func(a, b runner.Scenario) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return plan.Scenarios, nil
}

// machines are the states of a registration, as the backend has them.
func machines() []spec.Machine {
	all := []spec.Machine{{Title: "Webでの登録"}, {Title: "アプリでの登録"}}
	for _, t := range registration.Transitions() {
		i := map[registration.Channel]int{registration.Web: 0, registration.App: 1}[t.Channel]
		all[i].Edges = append(all[i].Edges, spec.Edge{From: string(t.From), On: string(t.On), To: string(t.To)})
	}
	return all
}

// screens are the stories of the gallery.
func screens(m world.Snapshot, halls ...page.Section) []spec.Picture {
	var all []spec.Picture
	for _, h := range halls {
		for _, e := range h.Stories {
			all = append(all, spec.Picture{Name: e.Name, Hall: h.Title, Group: m.Say(e.Screen + ".title"), State: e.State, Rules: e.Rules})
		}
	}
	return all
}

// photograph takes the pictures of all screens into the site's folder.
func photograph(ctx context.Context, s *sandbox, dir string, pictures []spec.Picture) error {
	found, err := provision.Find(os.Getenv(provision.CacheVariable))
	if err != nil {
		return fmt.Errorf("pictures: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "pictures"), 0o755); err != nil {
		return err
	}
	var shots []browser.Shot
	for i, p := range pictures {
		address := s.ConsoleURL + page.GalleryPath + "/screens/" + p.Name
		pictures[i].Desk, pictures[i].Phone = "pictures/"+p.Name+"-pc.jpg", "pictures/"+p.Name+"-sp.jpg"
		shots = append(shots, browser.Shot{Address: address, File: filepath.Join(dir, pictures[i].Desk)},
			browser.Shot{Address: address, Phone: true, File: filepath.Join(dir, pictures[i].Phone)})
	}
	return browser.Photograph(ctx, browser.Config{Browser: found, Timeout: 5 * time.Second}, shots)
}

// controlsOf is a client of a sandbox's control API.
func controlsOf(s *sandbox) *client.Client { return client.New(s.ConsoleURL) }
