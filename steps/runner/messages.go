package runner

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	messages "github.com/cucumber/messages/go/v34"

	"example.com/netanswer/fixtures"
)

// messagesFile is the report that all others are made of: Cucumber Messages, one
// JSON object a line, of the version of the library in use (34.2.0), without what readers of 21.0.1 do not know.
//
// A message knows no drivers. A file tried with a driver is therefore a document
// of its own, named file#driver, its 機能 tagged @driver:name; with a repetition
// it is file#driver/2. The sources are those of the whole suite under their plain
// names, so that a reader knows what was not tried as well.
const messagesFile = "messages.ndjson"

const (
	runFile     = "run.json"        // the attachment that tells of the run what messages have no word for
	explanation = "explanation.txt" // the attachment that explains a failure
	againMark   = "これだけもう一度: "      // begins the line of it that is a command
	beginHook   = "ワールドの用意"
	endHook     = "ワールドの片付け"
)

// A runNote is what runFile holds.
type runNote struct {
	Seed        int64    `json:"seed"`
	Drivers     []string `json:"drivers"`
	Engines     Engines  `json:"engines,omitempty"`
	Shard       string   `json:"shard,omitempty"`
	Deal        string   `json:"deal,omitempty"`
	Interrupted []string `json:"interrupted,omitempty"` // keys of outcomes

	Reasons map[string]Reason `json:"reasons,omitempty"` // by the keys of outcomes

	Scope *[]string       `json:"scope,omitempty"` // nil: the whole register
	Own   []fixtures.Rule `json:"own,omitempty"`
}

// writeMessages writes all there is to tell, with the evidence below dir in it.
func (r Result) writeMessages(dir string) (err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write %s: %w", messagesFile, err)
	}
	file, err := os.Create(filepath.Join(dir, messagesFile))
	if err != nil {
		return fmt.Errorf("write %s: %w", messagesFile, err)
	}
	out := bufio.NewWriter(file)
	t := &teller{result: r, dir: dir, id: (&messages.Incrementing{}).NewId, pickles: map[string]*messages.Pickle{}}
	t.write = func(e *messages.Envelope) error {
		line, err := json.Marshal(e)
		if err == nil {
			_, err = out.Write(append(wholeGroups(line), '\n'))
		}
		return err
	}
	t.everything()
	if err := errors.Join(t.err, out.Flush(), file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", messagesFile, err)
	}
	return nil
}

// wholeGroups says of a group that it starts at 0 and has no children, which the
// library leaves out: readers take the one for unknown, and those of 21.0.1 miss
// the other. In a string the quotes would be escaped.
func wholeGroups(line []byte) []byte {
	line = bytes.ReplaceAll(line, []byte(`"group":{"value":`), []byte(`"group":{"start":0,"value":`))
	return bytes.ReplaceAll(line, []byte(`"group":{"start":`), []byte(`"group":{"children":[],"start":`))
}

// A teller makes messages of a result.
type teller struct {
	result Result
	dir    string // of the evidence
	id     func() string
	write  func(*messages.Envelope) error
	err    error // the first; nothing is written after it

	pickles    map[string]*messages.Pickle // by uri and line
	begin, end string                      // ids of the hooks
	defined    []string                    // ids of the step definitions
	patterns   []*regexp.Regexp            // theirs, nil where it cannot be read
}

func (t *teller) tell(e messages.Envelope) {
	if t.err == nil {
		t.err = t.write(&e)
	}
}

func (t *teller) everything() {
	t.tell(messages.Envelope{Meta: &messages.Meta{
		ProtocolVersion: "34.2.0",
		Implementation:  &messages.Product{Name: "netanswer"},
		Runtime:         &messages.Product{Name: "go", Version: runtime.Version()},
		Os:              &messages.Product{Name: runtime.GOOS},
		Cpu:             &messages.Product{Name: runtime.GOARCH},
	}})
	for _, s := range t.result.Sources {
		t.tell(
			messages.Envelope{
				Source: &messages.Source{Uri: s.File, Data: s.Text, MediaType: messages.SourceMediaType_TEXT_X_CUCUMBER_GHERKIN_PLAIN},
			},
		)
	}
	t.documents()
	t.definitions()
	t.begin, t.end = t.hook(beginHook), t.hook(endHook)
	t.tell(messages.Envelope{TestRunStarted: &messages.TestRunStarted{Timestamp: stamp(t.result.Began)}})
	for _, o := range t.result.Outcomes {
		t.outcome(o)
	}
	t.note()
	finished := &messages.TestRunFinished{Success: t.result.OK(), Timestamp: stamp(t.result.Began.Add(t.result.Took))}
	if t.result.Interrupted {
		finished.Message = "中断"
	}
	t.tell(messages.Envelope{TestRunFinished: finished})
}

// note tells of the run what messages have no word for.
func (t *teller) note() {
	r := t.result
	n := runNote{Seed: r.Seed, Drivers: r.Drivers, Engines: r.Engines, Shard: r.Shard, Deal: r.Deal, Own: r.Own}
	if t.result.Scope != nil {
		n.Scope = &t.result.Scope
	}
	for _, o := range t.result.Outcomes {
		if o.Interrupted {
			n.Interrupted = append(n.Interrupted, o.key())
		}
		if o.Reason != "" {
			if n.Reasons == nil {
				n.Reasons = map[string]Reason{}
			}
			n.Reasons[o.key()] = o.Reason
		}
	}
	body, err := json.Marshal(n)
	if err != nil && t.err == nil {
		t.err = err
	}
	t.tell(messages.Envelope{Attachment: &messages.Attachment{
		Body: string(
			body,
		), ContentEncoding: messages.AttachmentContentEncoding_IDENTITY, MediaType: "application/json", FileName: runFile}})
}

func (t *teller) hook(name string) string {
	id := t.id()
	t.tell(messages.Envelope{Hook: &messages.Hook{Id: id, Name: name, SourceReference: &messages.SourceReference{Uri: "netanswer"}}})
	return id
}

// documents tells of every file that was tried, once for each driver and
// repetition, and of the scenarios of it that were.
func (t *teller) documents() {
	text := map[string]string{}
	for _, s := range t.result.Sources {
		text[s.File] = s.Text
	}
	lines := map[string][]int{}
	var order []Outcome
	for _, o := range t.result.Outcomes {
		if _, ok := lines[o.uri()]; !ok {
			order = append(order, o)
		}
		lines[o.uri()] = append(lines[o.uri()], o.Line)
	}
	for _, o := range order {
		f, problems := parse(o.File, []byte(text[o.File]), t.id)
		if f == nil {
			t.err = errors.Join(t.err, fmt.Errorf("the source of %s: %w", o.File, problems))
			return
		}
		t.document(f, o, lines[o.uri()])
	}
}

func (t *teller) document(f *feature, o Outcome, lines []int) {
	uri, tag := o.uri(), &messages.Tag{Id: t.id(), Name: "@driver:" + o.Driver, Location: f.doc.Location}
	f.whole.Uri = uri
	f.doc.Tags = append(f.doc.Tags, tag)
	t.tell(messages.Envelope{GherkinDocument: f.whole})
	for i, s := range f.scenarios() {
		if !slices.Contains(lines, s.Line) {
			continue
		}
		p := f.pickles[i]
		p.Uri = uri
		p.Tags = append(p.Tags, &messages.PickleTag{Name: tag.Name, AstNodeId: tag.Id})
		t.pickles[fmt.Sprintf("%s:%d", uri, s.Line)] = p
		p.Location = nil // readers of 21.0.1 do not know it
		t.tell(messages.Envelope{Pickle: p})
	}
}

// uri is the name of the file as this driver tried it.
func (o Outcome) uri() string {
	if o.Repetition > 0 {
		return fmt.Sprintf("%s#%s/%d", o.File, o.Driver, o.Repetition)
	}
	return o.File + "#" + o.Driver
}

// key names an outcome in a run.
func (o Outcome) key() string { return fmt.Sprintf("%s:%d", o.uri(), o.Line) }

func stamp(at time.Time) *messages.Timestamp {
	s := messages.GoTimeToTimestamp(at)
	return &s
}

// mediaType tells from its name what a piece of evidence is.
func mediaType(name string) (media string, text bool) {
	switch path.Ext(name) {
	case ".png":
		return "image/png", false
	case ".txt":
		return "text/plain", true
	case ".json":
		return "application/json", true
	case ".eml":
		return "message/rfc822", true
	case ".html":
		return "text/html", true
	case ".zip":
		return "application/zip", false
	}
	return "application/octet-stream", false
}

// attach tells of a piece of evidence at a step.
func (t *teller) attach(name, started, step string) {
	media, text := mediaType(name)
	content, err := os.ReadFile(filepath.Join(t.dir, filepath.FromSlash(name)))
	if err != nil {
		// Evidence that is lost must not cost the reports: it is told instead.
		media, text, content = "text/plain", true, []byte("読めませんでした: "+path.Base(name))
	}
	a := &messages.Attachment{MediaType: media, FileName: path.Base(name), TestCaseStartedId: started, TestStepId: step}
	if text {
		a.Body, a.ContentEncoding = strings.ToValidUTF8(string(content), "?"), messages.AttachmentContentEncoding_IDENTITY
	} else {
		a.Body, a.ContentEncoding = base64.StdEncoding.EncodeToString(content), messages.AttachmentContentEncoding_BASE64
	}
	t.tell(messages.Envelope{Attachment: a})
}
