// Package publish makes the specification as a site out of a running sandbox:
// the rules, the scenarios with their latest verdicts, what members receive, and
// pictures of every screen. Package spec lays it out.
package publish

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/app"
	"example.com/netanswer/sandbox/gallery"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/spec"
)

// Options say what the site holds.
type Options struct {
	Out       string   // folder of the site
	Since     string   // folder of an earlier site, to tell what has changed; "" for none
	Reports   []string // folders with the junit.xml of a run; none: reports, if there is one
	Features  string   // a folder of a team's own scenarios; "" for the embedded ones
	Approvals string   // approvals.yaml; one that is not there has none
	Pictures  bool     // take pictures with the browser that setup found
}

// Write writes the site of a sandbox of this process, with what its members
// receive and, if wanted, pictures of its screens.
func Write(ctx context.Context, s *server.Sandbox, o Options) (source spec.Source, err error) {
	if source, err = Read(o); err != nil {
		return source, err
	}
	source.Machines = machines()
	if source.Messages, err = messagesOf(ctx, s); err != nil {
		return source, err
	}
	snapshot, err := s.Service.Snapshot(ctx, "default")
	if err != nil {
		return source, err
	}
	source.Pictures = screens(snapshot, web.Section(s.Service), app.Section(s.Service))
	if o.Pictures {
		source.Pictured = true
		if err := photograph(ctx, s, o.Out, source.Pictures); err != nil {
			return source, err
		}
	}
	return source, source.Write(o.Out)
}

// Read reads what needs no sandbox: the rules, the scenarios, what runs found of
// them, who has approved what, and the earlier site.
func Read(o Options) (source spec.Source, err error) {
	source = spec.Source{Made: clock.Machine().In(actor.Opening.Location()), Verdicts: spec.Verdicts{}}
	if o.Since != "" {
		if source.Before, err = spec.ReadManifest(o.Since); err != nil {
			return source, err
		}
	}
	if source.Rules, err = suite.EveryRule(); err != nil {
		return source, err
	}
	if source.Scenarios, err = scenarios(o.Features); err != nil {
		return source, err
	}
	if source.Approvals, err = spec.ReadApprovals(o.Approvals); err != nil {
		return source, err
	}
	return source, readReports(source.Verdicts, o.Reports)
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
func screens(m world.Snapshot, sections ...gallery.Section) []spec.Picture {
	var all []spec.Picture
	for _, h := range sections {
		for _, e := range h.Stories {
			all = append(
				all,
				spec.Picture{Name: e.Name, Section: h.Title, Group: m.Say(e.Screen + ".title"), State: e.State, Rules: e.Rules},
			)
		}
	}
	return all
}

// photograph takes the pictures of all screens into the site's folder.
func photograph(ctx context.Context, s *server.Sandbox, dir string, pictures []spec.Picture) error {
	found, err := provision.Find(os.Getenv(provision.CacheVariable))
	if err != nil {
		return fmt.Errorf("pictures: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "pictures"), 0o755); err != nil {
		return err
	}
	var shots []browser.Shot
	for i, p := range pictures {
		address := s.ConsoleURL + gallery.Path + "/screens/" + p.Name
		pictures[i].Desk, pictures[i].Phone = "pictures/"+p.Name+"-pc.jpg", "pictures/"+p.Name+"-sp.jpg"
		shots = append(shots, browser.Shot{Address: address, File: filepath.Join(dir, pictures[i].Desk)},
			browser.Shot{Address: address, Phone: true, File: filepath.Join(dir, pictures[i].Phone)})
	}
	return browser.Photograph(ctx, browser.Config{Browser: found, Timeout: 5 * time.Second}, shots)
}

// controlsOf is a client of a sandbox's control API.
func controlsOf(s *server.Sandbox) *client.Client { return client.New(s.ConsoleURL) }

// scenarios are all of the embedded features, or of a folder, file by file.
func scenarios(folder string) ([]runner.Scenario, error) {
	all, err := suite.Scenarios(folder)
	slices.SortFunc(all, func(a, b runner.Scenario) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return all, err
}
