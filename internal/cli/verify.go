package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"

	"example.com/netanswer/client"
	"example.com/netanswer/internal/settings"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
)

// verifyCommand is `netanswer verify`.
// engineFlag is -browser.
func engineFlag(set *settings.Set, engine *string) {
	set.Func("browser", "engine of the browser: chromium, or Playwright's own firefox or webkit, which setup browser -engines installs (default chromium)",
		func(name string) error {
			*engine = name
			return suite.CheckEngine(name)
		})
}

func verifyCommand(ctx context.Context, p Process, args []string) error {
	if len(args) > 0 && args[0] == "doctor" {
		return doctorCommand(ctx, p, args[1:])
	}
	if len(args) > 0 {
		switch args[0] {
		case "defects":
			return defectsCommand(ctx, p, args[1:])
		case "steps":
			return stepsCommand(p, args[1:])
		case "new":
			return newCommand(p, args[1:])
		}
	}
	o, err := readVerification(p, args)
	if err != nil {
		return err
	}
	o.Live = terminalOf(p) != nil
	o.Summary, o.Annotate = p.github()
	if o.Walks > 0 {
		_, err := suite.Walks(ctx, o.Options, p.Out, p.Err)
		return err
	}
	if o.watch {
		return o.again(ctx, p)
	}
	p.Out = unbroken{p.Out}
	result, err := suite.Verify(ctx, o.Options, p.Out, p.Err)
	if len(result.Outcomes) > 0 { // else the page is that of an earlier run
		err = errors.Join(err, o.page.show(ctx, p.Out))
	}
	if err != nil {
		return err
	}
	return suite.Verdict(result)
}

// An unbroken stream goes on where nobody reads any further: the reports of a run are
// worth more than its lines.
type unbroken struct{ io.Writer }

func (u unbroken) Write(p []byte) (int, error) {
	n, err := u.Writer.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		return len(p), nil
	}
	return n, err
}

// github is what GitHub's runner asks for, if it is there.
func (p Process) github() (summary string, annotate bool) {
	return p.variable("GITHUB_STEP_SUMMARY"), p.variable("GITHUB_ACTIONS") == "true"
}

// A verification is what the flags of verify ask for.
type verification struct {
	suite.Options
	page  page
	watch bool
}

// readVerification reads the flags of verify.
func readVerification(p Process, args []string) (verification, error) {
	var o verification
	var drivers, names, places, rules, policy, allowed, defects settings.List
	var texts settings.Whole
	var lastFailed bool
	set := p.settings("verify", args)
	set.Var(&drivers, "driver", "api, pc, sp, iphone or android; may be repeated (default all)")
	set.StringVar(&o.Select.Tags, "tags", "", "a tag expression, like '@p34-7 or @a-08'")
	set.Var(&names, "name", "part of a scenario's name; may be repeated")
	set.Var(&places, "at", "a place like features/web/passcode.feature:12; may be repeated")
	set.Var(&rules, "rule", "a rule of the register, like p34-7, or a page, like p34; may be repeated")
	set.StringVar(&o.Features, "features", "", "folder of scenarios of your own, tried with these steps (default: the embedded ones)")
	set.StringVar(
		&o.Rules,
		"rules",
		"",
		"YAML file of rules of your own that those scenarios prove, besides ours; only they and what the scenarios touch are counted",
	)
	set.Var(
		&allowed,
		"allow-tags",
		"tags of your own, like '@TEAM-*,@smoke'; others are errors then (default: any tag that is not nearly one of ours)",
	)
	set.BoolVar(&lastFailed, "last-failed", false, "only what failed in the run whose reports are in -out")
	set.Int64Var(&o.Seed, "seed", 0, "number that an earlier run printed: repeat its order")
	set.IntVar(
		&o.Walks,
		"walk",
		0,
		"try so many walks, drawn by chance and judged by the model of the guide, instead of the scenarios; -seed repeats them",
	)
	set.IntVar(&o.Workers, "workers", 0, "scenarios at once (default: as many as suit the driver)")
	set.IntVar(&o.Repeat, "repeat", 1, "how often each scenario is tried")
	set.DurationVar(&o.Limit, "limit", suite.ScenarioLimit, "time limit of a scenario for each ten of its steps, by the machine's clock")
	set.BoolVar(&o.watch, "watch", false, "when a feature of -features changes, try again what it concerns, until interrupted")
	set.BoolVar(&o.Walk, "no-shared-beginnings", false,
		"begin every scenario at its first step; without it, browsers go on from where a scenario with the same beginning has been")
	set.BoolVar(&o.Trace, "trace", false,
		"keep Playwright's trace of a failing scenario as trace.zip, secrets taken out; browsers are about a quarter slower")
	engineFlag(set, &o.Engine)
	set.Func("browser-server", "address of a browser that runs elsewhere: ws://HOST:PORT of a Playwright server, or http://HOST:PORT of DevTools (CDP)",
		func(address string) error {
			o.Browser = address
			return suite.CheckBrowser(address)
		})
	set.StringVar(&o.Evidence, "evidence", "", "full: keep the picture of every failure, however many; else those of a run take 9 MB at most")
	set.IntVar(
		&o.Failures,
		"max-failures",
		0,
		"after how many failures of a driver nothing more is begun (default: all is tried, but a -target whose first 8 scenarios fail for one cause; -1: all)",
	)
	set.BoolVar(
		&o.Accept,
		"accept",
		false,
		"write into the target.yaml what was found of its expected_failures: later only the same is expected",
	)
	set.StringVar(&o.Profile, "profile", "", "guide: ask a -target only what the guide documents, whatever assumed rules its file chooses")
	set.Func("shard", "i/n: one of n parts that together are all of it; job/n: the one that JOB_COMPLETION_INDEX tells",
		func(text string) (err error) {
			o.Shard, err = readShard(text, p)
			return err
		})
	set.Func(
		"durations",
		"durations.json of an earlier run, or its folder, to balance the shards by: the same for all of them",
		func(name string) (err error) {
			o.Durations, err = runner.ReadDurations(name)
			return err
		},
	)
	set.StringVar(&o.Out, "out", "reports", "folder of the reports")
	o.Language = p.languageOf(args)
	o.page.flags(set, &o.History)
	set.Var(&policy, "policy", "name=value: change a value of the policy in every world, to see what turns red")
	set.Var(&texts, "text", "id=sentence: change a sentence in every world, to see what turns red")
	set.Var(
		&defects,
		"defect",
		"name of a defect, as verify defects tells them, that every world is given, to see what turns red; may be repeated",
	)
	set.StringVar(&o.Target, "target", "", "target.yaml of an implementation of your own, tried instead of the sandbox")
	set.StringVar(
		&o.Issuer,
		"issuer",
		"",
		"address of a core system that the backend asks about cards, like -issuer of serve; add -tags 'not @発行元'",
	)
	var tokenFile string
	endpointFlags(set, &o.Endpoints)
	tokenFlags(set, &o.Endpoints.Token, &tokenFile)
	if err := set.Parse(args, p.Environ, settings.TokenFlag, settings.TokenFileFlag); err != nil {
		return o, err
	}
	if err := settings.ReadToken(set.Placed(), &o.Endpoints.Token, tokenFile); err != nil {
		return o, fmt.Errorf("verify: %w", err)
	}
	o.Drivers, o.Select.Names, o.Select.At, o.Select.Rules = drivers, names, places, rules
	o.AllowTags = allowed
	if o.page.dir, o.page.language = o.Out, o.Language; o.History != "" && o.Shard.Of > 0 {
		return o, errors.New("verify: -history is of whole runs: give it to merge, not to a shard")
	}
	return o, complete(&o.Options, policy, texts, defects, lastFailed)
}

// complete checks what flags alone do not tell, and reads what the run before
// has left before this one overwrites it.
func complete(o *suite.Options, policy, texts, defects []string, lastFailed bool) (err error) {
	for _, pair := range policy {
		o.Changes = append(o.Changes, [2]string{"policy", pair})
	}
	for _, pair := range texts {
		o.Changes = append(o.Changes, [2]string{"text", pair})
	}
	for _, name := range defects {
		o.Changes = append(o.Changes, [2]string{"defect", name})
	}
	if o.Issuer != "" {
		o.Changes = append(o.Changes, [2]string{"issuer", o.Issuer})
	}
	if o.Setup, err = patches(policy, texts); err != nil {
		return err
	}
	o.Setup.Defects = defects
	switch {
	case o.Evidence != "" && o.Evidence != suite.EvidenceFull:
		return fmt.Errorf("verify: -evidence %q: only full is one", o.Evidence)
	case o.Profile != "" && o.Profile != suite.ProfileGuide:
		return fmt.Errorf("verify: -profile %q: only guide is one", o.Profile)
	case o.Target == "" && (o.Accept || o.Profile != ""):
		return errors.New("verify: -accept and -profile are of a -target")
	case o.Walks < 0:
		return fmt.Errorf("verify: -walk %d: want 0 or more", o.Walks)
	case o.Failures < -1:
		return fmt.Errorf("verify: -max-failures %d: want -1 or more", o.Failures)
	case o.Repeat < 1:
		return fmt.Errorf("verify: -repeat %d: want 1 or more", o.Repeat)
	case o.Limit <= 0:
		return fmt.Errorf("verify: -limit %v: want more than nothing", o.Limit)
	}
	if lastFailed {
		if o.Select.Failed, err = runner.LastFailed(o.Out); err != nil {
			return fmt.Errorf("verify -last-failed: %w", err)
		}
	}
	for _, dir := range []struct{ flag, path string }{{"out", o.Out}, {"history", o.History}} {
		if err := writable(dir.path); err != nil {
			return fmt.Errorf("verify: -%s: %w", dir.flag, err)
		}
	}
	err = o.Endpoints.Check(o.Issuer)
	o.Changes = append(o.Changes, o.Endpoints.Told()...)
	return err
}

// writable makes a folder, and finds out before a run rather than after it whether
// anything can be written there.
func writable(dir string) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".netanswer-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// endpointFlags name a sandbox that runs already.
func endpointFlags(set *settings.Set, e *suite.Endpoints) {
	set.StringVar(
		&e.Member,
		"member",
		"",
		"URL of the member-facing pages and API of a sandbox that runs already, with -console; none: start one",
	)
	set.StringVar(&e.Console, "console", "", "URL of the console and control API of that sandbox")
	set.StringVar(&e.At.REST, "rest", "", "URL of that sandbox's HTTP APIs of providers, if it is not what the console tells, as in a container")
	set.StringVar(&e.At.SMPP, "smpp", "", "address of that sandbox's SMPP, if it is not what the console tells")
	set.StringVar(&e.At.SMTP, "smtp", "", "address of that sandbox's SMTP, if it is not what the console tells")
	set.StringVar(&e.At.IMAP, "imap", "", "address of that sandbox's IMAP, if it is not what the console tells")
	set.StringVar(
		&e.At.SIP,
		"sip",
		"",
		"address of that sandbox's telephone, if it is not what the console tells; a mapped port is not enough, because sound comes back from it",
	)
	set.StringVar(
		&e.WireMock,
		"wiremock",
		"",
		"URL of the WireMock that is the issuer of that sandbox, or of the one that verify starts, on the stubs of issuer export; each scenario counts and breaks its own there",
	)
	set.StringVar(
		&e.Here,
		"here",
		"",
		"host by which that sandbox finds this machine, for voice webhooks (default: the address that faces it)",
	)
}

// patches are the changes of -policy and -text.
func patches(policy, texts []string) (client.Setup, error) {
	setup := client.Setup{Policy: map[string]any{}, Texts: map[string]string{}}
	for _, pair := range policy {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			return setup, fmt.Errorf("verify: policy %q is not name=value", pair)
		}
		if n, err := strconv.Atoi(value); err == nil {
			setup.Policy[name] = n
		} else if b, err := strconv.ParseBool(value); err == nil {
			setup.Policy[name] = b
		} else {
			setup.Policy[name] = value
		}
	}
	for _, pair := range texts {
		id, text, ok := strings.Cut(pair, "=")
		if !ok {
			return setup, fmt.Errorf("verify: text %q is not id=sentence", pair)
		}
		setup.Texts[id] = text
	}
	return setup, nil
}

// defectsCommand is `netanswer verify defects`: what -defect can break.
func defectsCommand(ctx context.Context, p Process, args []string) error {
	var words []string
	set := p.settings("verify defects", args)
	set.Words(&words)
	if err := set.Parse(args, nil); err != nil {
		return err
	}
	return suite.ListDefects(ctx, words, p.languageOf(args), p.Out)
}

// doctorCommand is `netanswer verify doctor`: it tries whatever a target.yaml
// names and says what is wrong.
func doctorCommand(ctx context.Context, p Process, args []string) error {
	set := p.settings("verify doctor", args)
	file := set.String("target", "target.yaml", "description of the implementation to try")
	quick := set.Bool("quick", false, "leave out the whole registration on each device")
	if err := set.Parse(args, nil); err != nil {
		return err
	}
	wrong, err := suite.Examine(ctx, *file, !*quick, p.languageOf(args), p.Out)
	if err != nil {
		return err
	}
	if wrong > 0 {
		return fmt.Errorf("verify doctor: problems found: %d", wrong)
	}
	return nil
}
