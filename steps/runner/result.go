package runner

import (
	"slices"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/say"
)

// A Verdict is what was found of a scenario or step.
type Verdict string

// The verdicts. Skipped is a scenario that could not be judged, with the
// reason in Err; it is never counted as passed.
const (
	Passed  Verdict = "passed"
	Failed  Verdict = "failed"
	Skipped Verdict = "skipped"
)

// A Reason is why a scenario was skipped.
type Reason string

// The reasons. Without one it was not tried to the end.
const (
	NotAsked  Reason = "対象外"    // the implementation cannot be asked: driver.ErrInapplicable
	Undecided Reason = "判定不能"   // nobody can find out: driver.ErrUndecidable
	Known     Reason = "想定した失敗" // it failed, as Config.Expected said
	Unbegun   Reason = "未実行"    // the driver was stopped: Config.MaxFailures
)

// A Result is what a run found.
type Result struct {
	Seed        int64
	Began       time.Time
	Took        time.Duration
	Drivers     []string        // in the order they were tried
	Engines     Engines         // through which those of them looked that look at pages
	Outcomes    []Outcome       // by driver, file and line; without what is 対象外
	Rules       []Coverage      // of the rules in scope
	Scope       []string        // the ids of the rules that the run is about; nil: the whole register
	Own         []fixtures.Rule // those of the register that a team has put into it
	Shard       string          // the part of the suite this is, as 1/4; "" for all of it
	Deal        string          // names the way it was cut: the shards of one whole agree
	Definitions []Definition
	Sources     []Source     // every file of the suite, tried or not
	Language    say.Language // in which it is told
	Interrupted bool         // something was not tried to the end
}

// Engines are what drivers looked through, like Firefox 150.0, by their names.
type Engines map[string]string

// with adds what a driver looked through; the parts of a run may differ.
func (e Engines) with(name, engine string) Engines {
	switch before := e[name]; {
	case engine == "" || slices.Contains(strings.Split(before, "、"), engine):
		return e
	case e == nil:
		return Engines{name: engine}
	case before != "":
		engine = before + "、" + engine
	}
	e[name] = engine
	return e
}

// A Source is a file of scenarios, masked.
type Source struct{ File, Text string }

// An Outcome is what one driver found of one scenario. Its texts are masked.
type Outcome struct {
	language say.Language // in which it is explained
	Scenario
	Driver      string
	Verdict     Verdict
	Began       time.Time
	Took        time.Duration
	Results     []StepResult // of the steps that were reached
	Err         string       // why it failed or was skipped
	Found       string       // what was found where it was known to fail, in words by which it is known again
	Reason      Reason       // what kind of skipping that was; "" for none of the kinds
	Proves      []fixtures.Rule
	Evidence    []string // files, below the folder of the reports, with slashes
	Again       string   // the command that runs just this again; "" where none is known
	Interrupted bool     // it was skipped for the run was broken off
}

// A StepResult is what was found of one step.
type StepResult struct {
	Step
	Verdict Verdict
	Took    time.Duration
	Err     string
	Taken   bool // another scenario had taken it: this one goes on from there
}

// FailedStep is the step that failed. There is none where the scenario passed,
// or failed before its first step or after its last.
func (o Outcome) FailedStep() (StepResult, bool) {
	for _, r := range o.Results {
		if r.Verdict == Failed {
			return r, true
		}
	}
	return StepResult{}, false
}

// OK tells whether the run has proved something and nothing went against it.
// A shard may have nothing to prove, or nothing that can be asked; the merged
// whole may not.
func (r Result) OK() bool {
	proved := r.Count(Passed) > 0 || r.Shard != "" && len(r.Outcomes) == r.Because(NotAsked)
	return proved && r.Count(Failed) == 0 && !r.Interrupted
}

// Unjudged is how many outcomes are skipped but for being 対象外 or a failure
// that is known.
func (r Result) Unjudged() int { return r.Count(Skipped) - r.Because(NotAsked) - r.Because(Known) }

// Because is how many outcomes are skipped for a reason.
func (r Result) Because(why Reason) int {
	n := 0
	for _, o := range r.Outcomes {
		if o.Verdict == Skipped && o.Reason == why {
			n++
		}
	}
	return n
}

// Count is how many outcomes have a verdict.
func (r Result) Count(v Verdict) int {
	n := 0
	for _, o := range r.Outcomes {
		if o.Verdict == v {
			n++
		}
	}
	return n
}
