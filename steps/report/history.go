package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/steps/runner"
)

// kept is how many runs are looked back on.
const kept = 50

// A record is one run as the history keeps it. A line of a feature file moves,
// so a scenario is known by its file and name.
type record struct {
	Began   time.Time                    `json:"began"`
	Seconds float64                      `json:"seconds"`
	Seed    int64                        `json:"seed"`
	Found   map[string]map[string]string `json:"found"` // passed, failed or mixed, by driver and scenario
}

const mixedVerdict = "mixed"

// recordOf is what the history keeps of a result. What could not be judged is
// left out; of several repetitions that differ, it keeps that they do.
func recordOf(r runner.Result) record {
	rec := record{Began: r.Began.UTC(), Seconds: r.Took.Seconds(), Seed: r.Seed, Found: map[string]map[string]string{}}
	for _, o := range r.Outcomes {
		if o.Verdict == runner.Skipped {
			continue
		}
		of := rec.Found[o.Driver]
		if of == nil {
			of = map[string]string{}
			rec.Found[o.Driver] = of
		}
		if before, known := of[name(o)]; known && before != string(o.Verdict) {
			of[name(o)] = mixedVerdict
			continue
		}
		of[name(o)] = string(o.Verdict)
	}
	return rec
}

func name(o runner.Outcome) string { return o.File + " " + o.Name }

// write keeps a record in a file of its own, named after when the run began.
func (rec record) write(dir string) error {
	text, err := json.MarshalIndent(rec, "", " ")
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, rec.Began.Format("20060102T150405.000Z")+".json"), append(text, '\n'), 0o644)
	}
	if err != nil {
		return fmt.Errorf("keep the run in the history: %w", err)
	}
	return nil
}

// readHistory reads the newest runs of a folder, the oldest of them first. A
// folder that is not there has none.
func readHistory(dir string) ([]record, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	slices.Sort(names)
	var all []record
	for _, name := range names[max(0, len(names)-kept):] {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read history: %w", err)
		}
		var rec record
		if err := json.Unmarshal(text, &rec); err != nil || rec.Began.IsZero() {
			return nil, fmt.Errorf("read history: %s is no run: %w", name, cmp.Or(err, fmt.Errorf("it has no beginning")))
		}
		all = append(all, rec)
	}
	return all, nil
}

// A history is the runs before this one, and it.
type history struct {
	before []record
	now    record
}

// last is what the run that judged a scenario last found of it, "" for none.
func (h *history) last(driver, scenario string) string {
	for _, rec := range slices.Backward(h.before) {
		if v := rec.Found[driver][scenario]; v != "" {
			return v
		}
	}
	return ""
}

func (h *history) isNew(o runner.Outcome) bool {
	return h.last(o.Driver, name(o)) == string(runner.Passed)
}

// A turn is a scenario that fares otherwise than it did.
type turn struct{ Driver, Scenario string }

func (h *history) turned(was, is runner.Verdict) []turn {
	var all []turn
	for driver, found := range h.now.Found {
		for scenario, v := range found {
			if v == string(is) && h.last(driver, scenario) == string(was) {
				all = append(all, turn{driver, scenario})
			}
		}
	}
	slices.SortFunc(all, func(a, b turn) int {
		return cmp.Or(cmp.Compare(a.Driver, b.Driver), cmp.Compare(a.Scenario, b.Scenario))
	})
	return all
}

// Broken are the failures that had passed before; Fixed what had failed.
func (h *history) Broken() []turn { return h.turned(runner.Passed, runner.Failed) }

// Fixed are those that had failed before.
func (h *history) Fixed() []turn { return h.turned(runner.Failed, runner.Passed) }

// A flake is a scenario whose verdict comes and goes.
type flake struct {
	turn
	Runs, Failed int
	Marks        []string // run by run: passed, failed, mixed, or "" where it was not judged
}

// Rate is the share of runs in which it failed, in per cent.
func (f flake) Rate() int { return 100 * f.Failed / f.Runs }

// Flaky are the scenarios that failed and then passed again, or did both in one
// run: a scenario that was broken once and mended once is none, for it has
// turned only once each way.
func (h *history) Flaky() []flake {
	runs := append(slices.Clone(h.before), h.now)
	seen := map[turn]*flake{}
	for i, rec := range runs {
		for driver, found := range rec.Found {
			for scenario, v := range found {
				t := turn{driver, scenario}
				if seen[t] == nil {
					seen[t] = &flake{turn: t, Marks: make([]string, len(runs))}
				}
				f := seen[t]
				f.Marks[i] = v
				f.Runs++
				if v != string(runner.Passed) {
					f.Failed++
				}
			}
		}
	}
	var all []flake
	for _, f := range seen {
		if f.turns() > 2 || slices.Contains(f.Marks, mixedVerdict) {
			all = append(all, *f)
		}
	}
	slices.SortFunc(all, func(a, b flake) int {
		return cmp.Or(cmp.Compare(b.Rate(), a.Rate()), strings.Compare(a.Driver+a.Scenario, b.Driver+b.Scenario))
	})
	return all
}

// turns is how often the verdict changed.
func (f *flake) turns() int {
	n, last := 0, ""
	for _, v := range f.Marks {
		if v != "" && last != "" && v != last {
			n++
		}
		if v != "" {
			last = v
		}
	}
	return n
}

// FlakeRate is the share of all that was judged that is flaky, in per cent.
func (h *history) FlakeRate() string {
	judged := map[turn]bool{}
	for _, rec := range append(slices.Clone(h.before), h.now) {
		for driver, found := range rec.Found {
			for scenario := range found {
				judged[turn{driver, scenario}] = true
			}
		}
	}
	return fmt.Sprintf("%.1f", 100*float64(len(h.Flaky()))/float64(max(1, len(judged))))
}

// A bar is a run in the trend.
type bar struct {
	Began          time.Time
	Passed, Failed int
	X, Y, Wide     int
	PassedHigh     int
	FailedY        int
	FailedHigh     int
	Seconds        float64
}

// Trend is the runs as bars in a box of 600 by 120.
func (h *history) Trend() []bar {
	const wide, high = 600, 120
	runs := append(slices.Clone(h.before), h.now)
	most := 1
	var bars []bar
	for _, rec := range runs {
		b := bar{Began: rec.Began, Seconds: rec.Seconds}
		for _, found := range rec.Found {
			for _, v := range found {
				if v == string(runner.Passed) {
					b.Passed++
				} else {
					b.Failed++
				}
			}
		}
		most = max(most, b.Passed+b.Failed)
		bars = append(bars, b)
	}
	each := min(40, wide/len(bars))
	for i := range bars {
		b := &bars[i]
		b.X, b.Wide = i*each, max(2, each-3)
		b.PassedHigh = high * b.Passed / most
		if b.FailedHigh = high * b.Failed / most; b.Failed > 0 {
			b.FailedHigh = max(4, b.FailedHigh) // one failure of a thousand is seen as well
		}
		b.Y = high - b.PassedHigh
		b.FailedY = max(0, b.Y-b.FailedHigh) // they stand on the others
	}
	return bars
}

// Runs is how many runs the history knows, with this one.
func (h *history) Runs() int { return len(h.before) + 1 }
