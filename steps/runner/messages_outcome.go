package runner

import (
	"fmt"
	"strings"
	"time"

	messages "github.com/cucumber/messages/go/v34"
)

// A told is a step of a test case as it is told.
type told struct {
	id      string
	status  messages.TestStepResultStatus
	message string
	took    time.Duration
}

// outcome tells how a scenario fared. What went wrong outside of a step is told
// of the hook that stands for it: at the beginning where no step was reached,
// else at the end.
func (t *teller) outcome(o Outcome) {
	pickle := t.pickles[fmt.Sprintf("%s:%d", o.uri(), o.Line)]
	if pickle == nil {
		if t.err == nil {
			t.err = fmt.Errorf("no scenario at %s:%d", o.File, o.Line)
		}
		return
	}
	steps := o.steps()
	decided := decisive(steps)
	testCase := &messages.TestCase{Id: t.id(), PickleId: pickle.Id}
	for i := range steps {
		step := &messages.TestStep{Id: t.id()}
		switch hook := i == 0 || i == len(steps)-1; {
		case hook && steps[i].message == "":
			continue // nothing to tell
		case i == 0:
			step.HookId = t.begin
		case hook:
			step.HookId = t.end
		default:
			step.PickleStepId = pickle.Steps[i-1].Id
			t.match(step, o.Steps[i-1])
		}
		steps[i].id = step.Id
		testCase.TestSteps = append(testCase.TestSteps, step)
	}
	started := t.id()
	t.tell(messages.Envelope{TestCase: testCase})
	t.tell(
		messages.Envelope{
			TestCaseStarted: &messages.TestCaseStarted{Id: started, TestCaseId: testCase.Id, WorkerId: o.Driver, Timestamp: stamp(o.Began)},
		},
	)
	at := o.Began
	for i, s := range steps {
		if s.id == "" {
			continue
		}
		t.tell(
			messages.Envelope{
				TestStepStarted: &messages.TestStepStarted{TestCaseStartedId: started, TestStepId: s.id, Timestamp: stamp(at)},
			},
		)
		if i == decided {
			t.attachments(o, started, s.id)
		}
		at = at.Add(s.took)
		took := messages.GoDurationToDuration(s.took)
		t.tell(
			messages.Envelope{
				TestStepFinished: &messages.TestStepFinished{TestCaseStartedId: started, TestStepId: s.id, Timestamp: stamp(at),
					TestStepResult: &messages.TestStepResult{Status: s.status, Message: s.message, Duration: &took}},
			},
		)
	}
	t.tell(
		messages.Envelope{TestCaseFinished: &messages.TestCaseFinished{TestCaseStartedId: started, Timestamp: stamp(o.Began.Add(o.Took))}},
	)
}

// steps are the hook at the beginning, the steps and the hook at the end.
func (o Outcome) steps() []told {
	const passed, failed, skipped = messages.TestStepResultStatus_PASSED, messages.TestStepResultStatus_FAILED,
		messages.TestStepResultStatus_SKIPPED
	list := make([]told, 0, len(o.Steps)+2)
	list = append(list, told{status: passed})
	said := ""
	for i := range o.Steps {
		s := told{status: skipped}
		if i < len(o.Results) {
			r := o.Results[i]
			if r.Verdict != Skipped {
				s.took = r.Took
			}
			switch {
			case r.Verdict == Passed:
				s.status = passed
			case r.Verdict == Failed && o.Verdict == Failed:
				s.status, s.message, said = failed, r.Err, r.Err
			case o.Verdict == Skipped && said == "":
				s.message, said = o.Err, o.Err
			}
		}
		list = append(list, s)
	}
	list = append(list, told{status: passed})
	if rest := strings.TrimPrefix(strings.TrimPrefix(o.Err, said), "\n"); o.Verdict != Passed && rest != "" {
		where := &list[len(list)-1]
		if len(o.Results) == 0 {
			where = &list[0]
			list[len(list)-1].status = skipped
		}
		where.status, where.message = failed, rest
		if o.Verdict == Skipped {
			where.status = skipped
		}
	}
	return list
}

// decisive is the index of the step that decided a verdict other than passed,
// -1 where all passed.
func decisive(steps []told) int {
	for i, s := range steps {
		if s.message != "" {
			return i
		}
	}
	return -1
}

// attachments tells what explains a failure, and its evidence.
func (t *teller) attachments(o Outcome, started, step string) {
	if o.Verdict == Failed {
		t.tell(messages.Envelope{Attachment: &messages.Attachment{
			Body: o.explained(), ContentEncoding: messages.AttachmentContentEncoding_IDENTITY,
			MediaType: "text/plain", FileName: explanation, TestCaseStartedId: started, TestStepId: step}})
	}
	for _, name := range o.Evidence {
		t.attach(name, started, step)
	}
}

// explained is because with the ルール before it and the command after it.
func (o Outcome) explained() string {
	var b strings.Builder
	if o.Rule != "" {
		fmt.Fprintf(&b, "ルール: %s\n", o.Rule)
	}
	b.WriteString(o.because())
	if o.Again != "" {
		fmt.Fprintf(&b, "%s%s\n", againMark, o.Again)
	}
	return o.language.Translate(b.String())
}
