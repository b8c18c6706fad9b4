package report

import (
	"cmp"
	"encoding/base64"
	"html/template"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
)

// A view is what the page shows.
type view struct {
	runner.Result
	Language say.Language
	History  *history // nil where none is kept
	Failures []failure

	dir  string
	room int // bytes of pictures that may still be put in
}

// A failure is a scenario that failed, with every driver that it failed with.
type failure struct {
	runner.Scenario
	Proves []fixtures.Rule
	Cases  []failing
	New    bool // it had passed in the run before
}

// A failing is a failure with one driver.
type failing struct {
	runner.Outcome
	Steps               []step
	Expected, Perceived string // "" where the error does not say so
	Pictures            []picture
	Texts               []text
	Trace               string // the file, from the folder of the page
}

// A step is one of the scenario, and what became of it.
type step struct {
	runner.Step
	Verdict runner.Verdict // "" where it was not reached
	Err     string
}

type picture struct {
	Name string
	Src  template.URL
	Link string // the file, where the picture is too much for the page; "" where it is in it
}

type text struct{ Name, Title, Body string }

// failures gathers what failed, scenario by scenario.
func (v *view) failures() {
	at := map[string]int{}
	for _, o := range v.Outcomes {
		if o.Verdict != runner.Failed {
			continue
		}
		i, known := at[o.ID()]
		if !known {
			i = len(v.Failures)
			at[o.ID()] = i
			v.Failures = append(v.Failures, failure{Scenario: o.Scenario, Proves: o.Proves})
		}
		f := &v.Failures[i]
		f.Cases = append(f.Cases, v.failing(o))
		f.New = f.New || v.History != nil && v.History.isNew(o)
	}
}

func (v *view) failing(o runner.Outcome) failing {
	f := failing{Outcome: o}
	f.Expected, f.Perceived = differs(o.Err)
	for i, s := range o.Scenario.Steps {
		shown := step{Step: s}
		if i < len(o.Results) {
			shown.Verdict, shown.Err = o.Results[i].Verdict, o.Results[i].Err
		}
		f.Steps = append(f.Steps, shown)
	}
	for _, name := range o.Evidence {
		switch path.Ext(name) {
		case ".png":
			f.Pictures = append(f.Pictures, v.picture(name))
		case ".zip":
			f.Trace = name
		default:
			if body, err := os.ReadFile(filepath.Join(v.dir, filepath.FromSlash(name))); err == nil {
				f.Texts = append(
					f.Texts,
					text{Name: path.Base(name), Title: v.title(path.Base(name)), Body: strings.ToValidUTF8(string(body), "?")},
				)
			}
		}
	}
	slices.SortStableFunc(f.Texts, func(a, b text) int { return cmp.Compare(rank(a.Name), rank(b.Name)) })
	return f
}

// picture puts a picture into the page while there is room, else a link to it.
func (v *view) picture(name string) picture {
	p := picture{Name: path.Base(name), Link: name}
	content, err := os.ReadFile(filepath.Join(v.dir, filepath.FromSlash(name)))
	if err != nil || len(content) > v.room {
		return p
	}
	v.room -= len(content)
	p.Link, p.Src = "", template.URL("data:image/png;base64,"+base64.StdEncoding.EncodeToString(content))
	return p
}

// evidence is what the texts of an environment are about, in the order in which
// they are shown.
var evidence = []struct{ file, ja, en string }{
	{"timeline", "タイムライン", "Timeline"}, {"screen", "画面の文", "Text of the screen"}, {"sms", "届いたSMS", "SMS received"},
	{"mail", "届いたメール", "Mail received"}, {"call", "電話", "Calls"},
}

func rank(name string) int {
	for i, e := range evidence {
		if strings.HasPrefix(name, e.file) {
			return i
		}
	}
	return len(evidence)
}

func (v *view) title(name string) string {
	if i := rank(name); i < len(evidence) {
		return v.Language.Of(evidence[i].ja, evidence[i].en)
	}
	return name
}

var expected = regexp.MustCompile(`(?s)^(.+?)は「(.+?)」のはずが「(.+?)」です`)

var expectedInEnglish = regexp.MustCompile(`(?m)^(.+?) should (.+?)(?:,)? but (.+)$`)

// differs is what was expected and what was perceived, where an error tells both.
func differs(err string) (want, got string) {
	if m := expected.FindStringSubmatch(err); m != nil {
		return m[1] + "は「" + m[2] + "」", "「" + m[3] + "」"
	}
	if m := expectedInEnglish.FindStringSubmatch(err); m != nil {
		return m[1] + " should " + m[2], m[3]
	}
	if want, got, ok := strings.Cut(err, "はずが、"); ok {
		return want + "はず", got
	}
	if want, got, ok := strings.Cut(err, "はずが"); ok && !strings.Contains(want, "\n") {
		return want + "はず", got
	}
	return "", ""
}

// Others are the outcomes that are neither passed nor failed nor 対象外.
func (v *view) Others() []runner.Outcome {
	return slices.DeleteFunc(slices.Clone(v.Outcomes), func(o runner.Outcome) bool {
		return o.Verdict != runner.Skipped || o.Reason == runner.NotAsked
	})
}

// A mixed is a scenario that both passed and failed in one run.
type mixed struct {
	runner.Outcome
	Passed, Failed int
}

// Mixed are those of a run that tries each scenario several times.
func (v *view) Mixed() []mixed {
	at, list := map[string]int{}, []mixed(nil)
	for _, o := range v.Outcomes {
		key := o.Driver + " " + o.ID()
		i, known := at[key]
		if !known {
			i = len(list)
			at[key], list = i, append(list, mixed{Outcome: o})
		}
		switch o.Verdict {
		case runner.Passed:
			list[i].Passed++
		case runner.Failed:
			list[i].Failed++
		}
	}
	return slices.DeleteFunc(list, func(m mixed) bool { return m.Passed == 0 || m.Failed == 0 })
}

// slowest is how many scenarios are shown as slow.
const slowest = 10

// Slow are the scenarios that took longest, with the step that did.
func (v *view) Slow() []runner.Outcome {
	list := slices.DeleteFunc(slices.Clone(v.Outcomes), func(o runner.Outcome) bool { return o.Verdict == runner.Skipped })
	slices.SortStableFunc(list, func(a, b runner.Outcome) int { return cmp.Compare(b.Took, a.Took) })
	return list[:min(slowest, len(list))]
}

// SlowStep is the step of an outcome that took longest.
func (*view) SlowStep(o runner.Outcome) runner.StepResult {
	var most runner.StepResult
	for _, r := range o.Results {
		if r.Took >= most.Took {
			most = r
		}
	}
	return most
}

// A page is the rules of a page of the guide, or of a letter.
type page struct {
	Name  string
	Rules []ruleRow
}

// Pages are the rules in scope.
func (v *view) Pages() []page {
	var all []page
	for _, c := range v.Rules {
		head, _, _ := strings.Cut(c.ID, "-")
		if len(all) == 0 || all[len(all)-1].Name != head {
			all = append(all, page{Name: head})
		}
		last := &all[len(all)-1]
		last.Rules = append(last.Rules, ruleRow{c})
	}
	return all
}

// Says is what a mark means.
func (v *view) Says(m runner.Mark) string {
	switch m {
	case runner.Green:
		return v.Language.Of("成功", "passed")
	case runner.Red:
		return v.Language.Of("失敗", "failed")
	case runner.Expected:
		return v.Language.Of("想定した失敗", "known failure")
	case runner.Inapplicable:
		return v.Language.Of("対象外", "not for this driver")
	case runner.Open:
		return v.Language.Of("未実行", "not run")
	}
	return v.Language.Of("未記述", "no scenario")
}

// Of is the part of a result that one driver found.
func (v *view) Of(driver string) runner.Result {
	r := v.Result
	r.Outcomes = slices.DeleteFunc(slices.Clone(r.Outcomes), func(o runner.Outcome) bool { return o.Driver != driver })
	return r
}

// Verdicts, for the templates.
func (*view) Passed() runner.Verdict { return runner.Passed }
func (*view) Failed() runner.Verdict { return runner.Failed }

// State is the result in a word.
func (v *view) State() string {
	switch {
	case v.Interrupted:
		return v.Language.Of("中断", "Interrupted")
	case v.OK():
		return v.Language.Of("成功", "Passed")
	}
	return v.Language.Of("失敗", "Failed")
}

// Class is the result as the style sheet knows it.
func (v *view) Class() string {
	if v.OK() {
		return "good"
	}
	return "bad"
}

// When is a time as people write it.
func (v *view) When(at time.Time) string {
	return at.Format(v.Language.Of("2006年1月2日 15:04（MST）", "2 Jan 2006 15:04 MST"))
}

// Took is a duration as people read it.
func (v *view) Long(d time.Duration) string {
	if d < time.Second {
		return v.Language.Of("%dミリ秒", "%d ms", d.Milliseconds())
	}
	if d < time.Minute {
		return v.Language.Of("%.1f秒", "%.1f s", d.Seconds())
	}
	return v.Language.Of("%d分%d秒", "%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
}

// ClassOf is a mark as the style sheet knows it.
func (*view) ClassOf(m runner.Mark) string { return classOf(m) }

func classOf(m runner.Mark) string {
	switch m {
	case runner.Green:
		return "green"
	case runner.Red:
		return "red"
	case runner.Open, runner.Expected:
		return "amber"
	}
	return ""
}

// A ruleRow is a rule with its worst mark.
type ruleRow struct{ runner.Coverage }

// Worst is the class of the worst mark of a rule.
func (r ruleRow) Worst() string {
	for _, m := range []runner.Mark{runner.Red, runner.Open, runner.Expected, runner.Green} {
		if slices.Contains(r.Marks, m) {
			return classOf(m)
		}
	}
	return ""
}

// Red tells whether a rule of the page is.
func (p page) Red() bool {
	return slices.ContainsFunc(p.Rules, func(r ruleRow) bool { return r.Worst() == "red" })
}

// FailedStepText is the step that failed, "" where it was none.
func (f failing) FailedStepText() string {
	if s, ok := f.FailedStep(); ok {
		return s.String()
	}
	return ""
}
