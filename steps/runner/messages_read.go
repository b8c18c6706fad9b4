package runner

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	messages "github.com/cucumber/messages/go/v34"

	"example.com/netanswer/steps/say"
)

// A recollection is a result read from its messages, with its evidence. Its
// outcomes do not know of the register.
type recollection struct {
	Result
	book  []Scenario
	files map[string][]byte // evidence, by its name below the folder of the reports
}

// recall reads the messages of the reports in a folder.
func recall(dir string) (*recollection, error) {
	name := filepath.Join(dir, messagesFile)
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read reports: %w", err)
	}
	defer file.Close()
	l := &listener{to: &recollection{files: map[string][]byte{}}, scenarios: map[string]Scenario{}, lines: map[string]int{},
		pickles: map[string]pickleAt{}, cases: map[string]*messages.TestCase{}, running: map[string]*hearing{}, defined: map[string]int{}}
	for decode := json.NewDecoder(file); ; {
		var e messages.Envelope
		if err := decode.Decode(&e); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		plainly(reflect.ValueOf(&e))
		if err := l.hear(&e); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
	}
	if !l.ended {
		return nil, fmt.Errorf("read %s: it ends too early", name)
	}
	return l.to, nil
}

// A listener makes a result of messages.
type listener struct {
	to        *recollection
	scenarios map[string]Scenario           // by id
	lines     map[string]int                // of nodes, by their ids
	pickles   map[string]pickleAt           // by id
	cases     map[string]*messages.TestCase // by id
	running   map[string]*hearing           // by the id of their start
	defined   map[string]int                // step definitions by id, from 1
	note      runNote
	ended     bool
}

type pickleAt struct {
	uri  string
	line int
}

func (l *listener) hear(e *messages.Envelope) error {
	switch {
	case e.Source != nil:
		return l.source(e.Source)
	case e.GherkinDocument != nil:
		l.document(e.GherkinDocument)
	case e.Pickle != nil:
		ids := e.Pickle.AstNodeIds
		if len(ids) == 0 {
			return fmt.Errorf("the pickle %s is of no scenario", e.Pickle.Id)
		}
		l.pickles[e.Pickle.Id] = pickleAt{e.Pickle.Uri, l.lines[ids[len(ids)-1]]}
	case e.StepDefinition != nil:
		l.definition(e.StepDefinition)
	case e.TestCase != nil:
		l.cases[e.TestCase.Id] = e.TestCase
	case e.TestRunStarted != nil:
		l.to.Began = messages.TimestampToGoTime(*e.TestRunStarted.Timestamp)
	case e.TestCaseStarted != nil:
		return l.started(e.TestCaseStarted)
	case e.TestStepFinished != nil:
		if h := l.running[e.TestStepFinished.TestCaseStartedId]; h != nil {
			h.results[e.TestStepFinished.TestStepId] = e.TestStepFinished.TestStepResult
		}
	case e.Attachment != nil:
		return l.attachment(e.Attachment)
	case e.TestCaseFinished != nil:
		l.finished(e.TestCaseFinished)
	case e.TestRunFinished != nil:
		l.ended = true
		l.end(e.TestRunFinished)
	}
	return nil
}

func (l *listener) source(s *messages.Source) error {
	f, problems := parse(s.Uri, []byte(s.Data), (&messages.Incrementing{}).NewId)
	if f == nil {
		return problems
	}
	l.to.Sources = append(l.to.Sources, Source{File: s.Uri, Text: s.Data})
	for _, sc := range f.scenarios() {
		l.to.book = append(l.to.book, sc)
		l.scenarios[sc.ID()] = sc
	}
	return nil
}

func (l *listener) definition(d *messages.StepDefinition) {
	read := Definition{}
	if d.Pattern != nil {
		read.Pattern = d.Pattern.Source
	}
	if d.SourceReference != nil && d.SourceReference.Location != nil {
		read.File, read.Line = d.SourceReference.Uri, int(d.SourceReference.Location.Line)
	}
	l.to.Definitions = append(l.to.Definitions, read)
	l.defined[d.Id] = len(l.to.Definitions)
}

func (l *listener) document(d *messages.GherkinDocument) {
	scenario := func(s *messages.Scenario) {
		if s == nil {
			return
		}
		l.lines[s.Id] = int(s.Location.Line)
		for _, table := range s.Examples {
			for _, row := range table.TableBody {
				l.lines[row.Id] = int(row.Location.Line)
			}
		}
	}
	for _, child := range d.Feature.Children {
		scenario(child.Scenario)
		if child.Rule != nil {
			for _, inner := range child.Rule.Children {
				scenario(inner.Scenario)
			}
		}
	}
}

// A hearing is a test case under way.
type hearing struct {
	outcome  Outcome
	testCase *messages.TestCase
	results  map[string]*messages.TestStepResult
}

func (l *listener) started(s *messages.TestCaseStarted) error {
	testCase := l.cases[s.TestCaseId]
	if testCase == nil {
		return fmt.Errorf("no test case %s", s.TestCaseId)
	}
	at := l.pickles[testCase.PickleId]
	mark := strings.LastIndex(at.uri, "#")
	if mark < 0 {
		return fmt.Errorf("%q names no driver: these are messages of another program", at.uri)
	}
	file, driver := at.uri[:mark], at.uri[mark+1:]
	driver, number, repeated := strings.Cut(driver, "/")
	if !plainName.MatchString(driver) {
		return fmt.Errorf("%q names no driver", at.uri) // it becomes part of the names of files
	}
	scenario, ok := l.scenarios[fmt.Sprintf("%s:%d", file, at.line)]
	if !ok {
		return fmt.Errorf("no scenario at %s:%d", file, at.line)
	}
	if repeated {
		n, err := strconv.Atoi(number)
		if err != nil {
			return fmt.Errorf("%q: %w", at.uri, err)
		}
		scenario.Repetition = n
	}
	l.running[s.Id] = &hearing{testCase: testCase, results: map[string]*messages.TestStepResult{},
		outcome: Outcome{Scenario: scenario, Driver: driver, Verdict: Passed, Began: messages.TimestampToGoTime(*s.Timestamp)}}
	return nil
}

func (l *listener) attachment(a *messages.Attachment) error {
	h := l.running[a.TestCaseStartedId]
	switch {
	case h == nil && a.FileName == runFile:
		err := json.Unmarshal([]byte(a.Body), &l.note)
		plainly(reflect.ValueOf(&l.note))
		return err
	case h == nil:
		return nil // of another program's making
	case a.FileName == explanation:
		for line := range strings.Lines(a.Body) {
			for _, mark := range againMarks() {
				if again, ok := strings.CutPrefix(strings.TrimSpace(line), mark); ok {
					h.outcome.Again = strings.TrimSpace(again)
				}
			}
		}
		return nil
	}
	content := []byte(a.Body)
	if a.ContentEncoding == messages.AttachmentContentEncoding_BASE64 {
		var err error
		if content, err = base64.StdEncoding.DecodeString(a.Body); err != nil {
			return fmt.Errorf("attachment %s: %w", a.FileName, err)
		}
	}
	name := path.Join(evidenceDir(h.outcome.Driver, h.outcome.Scenario), fileName(a.FileName))
	h.outcome.Evidence = append(h.outcome.Evidence, name)
	l.to.files[name] = content
	return nil
}

// againMarks is againMark as a run of each language writes it.
var againMarks = sync.OnceValue(func() []string {
	const command = "x"
	return []string{againMark, strings.TrimSuffix(say.English.Translate(againMark+command), command)}
})

func (l *listener) finished(f *messages.TestCaseFinished) {
	h := l.running[f.TestCaseStartedId]
	if h == nil {
		return
	}
	delete(l.running, f.TestCaseStartedId)
	o := h.outcome
	o.Took = messages.TimestampToGoTime(*f.Timestamp).Sub(o.Began)
	o.Steps = slices.Clone(o.Steps)
	var said []string
	step, reached := 0, 0 // what comes after the last step that has something to tell was not
	for _, s := range h.testCase.TestSteps {
		r := h.results[s.Id]
		verdict := verdictOf(r)
		if verdict == Failed || verdict == Skipped && o.Verdict == Passed {
			o.Verdict = verdict
		}
		if r != nil && r.Message != "" {
			said = append(said, r.Message)
		}
		if s.PickleStepId == "" || step >= len(o.Steps) {
			continue
		}
		if len(s.StepDefinitionIds) > 0 {
			o.Steps[step].definition = l.defined[s.StepDefinitionIds[0]]
		}
		result := StepResult{Step: o.Steps[step], Verdict: verdict}
		step++
		if r != nil && r.Duration != nil {
			result.Took = messages.DurationToGoDuration(*r.Duration)
		}
		if verdict == Failed {
			result.Err = r.Message
		}
		o.Results = append(o.Results, result)
		if verdict != Skipped || r != nil && r.Message != "" {
			reached = step
		}
	}
	o.Results = o.Results[:reached]
	o.Err = strings.Join(said, "\n")
	l.to.Outcomes = append(l.to.Outcomes, o)
}

func verdictOf(r *messages.TestStepResult) Verdict {
	switch {
	case r == nil:
		return Skipped
	case r.Status == messages.TestStepResultStatus_PASSED:
		return Passed
	case r.Status == messages.TestStepResultStatus_SKIPPED:
		return Skipped
	}
	return Failed
}

func (l *listener) end(f *messages.TestRunFinished) {
	r := &l.to.Result
	r.Took = messages.TimestampToGoTime(*f.Timestamp).Sub(r.Began)
	r.Seed, r.Drivers, r.Shard, r.Deal = l.note.Seed, l.note.Drivers, l.note.Shard, l.note.Deal
	r.Engines = l.note.Engines
	r.Interrupted = len(l.note.Interrupted) > 0
	r.Own = l.note.Own
	if l.note.Scope != nil {
		r.Scope = *l.note.Scope
	}
	for i := range l.to.book {
		l.to.book[i].prove(r.Own)
	}
	for i := range r.Outcomes {
		r.Outcomes[i].Interrupted = slices.Contains(l.note.Interrupted, r.Outcomes[i].key())
		r.Outcomes[i].prove(r.Own)
		r.Outcomes[i].Reason = l.note.Reasons[r.Outcomes[i].key()]
	}
}
