package runner

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"example.com/netanswer/fixtures"
)

// Reports says where the reports of a result go. The zero value writes none.
type Reports struct {
	// Dir is the folder of messages.ndjson and of what is made of it:
	// report.html, junit.xml, cucumber.json, rules.md, durations.json and the
	// evidence. "" writes none of them.
	Dir string
	// Summary is a file to which a summary in Markdown is added, as GitHub
	// names one in GITHUB_STEP_SUMMARY; "" for none. It is made of the messages,
	// so Dir must be given.
	Summary string
	// Annotate has failures written to the log as GitHub's workflow commands,
	// which it shows at the lines of the feature files.
	Annotate bool
	// Page writes the page that people open, of what the reports tell; nil: none.
	Page func(dir string, r Result) error
	// Pictures bounds the attachments in report.html, in bytes of the messages;
	// 0: 48 MiB. Pictures beyond it are named there; the folder and the other
	// reports have them.
	Pictures int
	// Evidence bounds the pictures that are kept as evidence, in bytes; 0: 9 MiB,
	// negative: none is left out. Three reports hold them once more, so that a run
	// in which everything fails stays below 50 MB.
	Evidence int
}

// maxEvidence is the bound of the pictures where Reports has none.
const maxEvidence = 9 << 20

// room tells whether another picture of that size is kept, where so much is kept
// already.
func (w Reports) room(kept int64, size int) bool {
	return w.Evidence < 0 || kept+int64(size) <= int64(cmp.Or(w.Evidence, maxEvidence))
}

// write makes the messages of a result and all other reports of the messages, so
// that those of a run and those of its merged parts are the same.
func (w Reports) write(r Result, register []fixtures.Rule, book []Scenario) error {
	if w.Dir == "" {
		return nil
	}
	if err := r.writeMessages(w.Dir); err != nil {
		return err
	}
	back, err := recall(w.Dir)
	if err != nil {
		return err
	}
	back.Language = r.Language
	register = within(register, back.Scope)
	for i := range back.Outcomes {
		back.Outcomes[i].language = r.Language
		back.Outcomes[i].Proves = rulesOf(back.Outcomes[i].Scenario, register)
	}
	back.Rules = cover(register, book, back.Result)
	return errors.Join(
		back.writeJUnit(w.Dir),
		back.writeCucumberJSON(w.Dir),
		back.writeRules(w.Dir),
		back.writeDurations(w.Dir),
		writeHTML(w.Dir, w.Pictures),
		w.summarize(back.Result),
		w.page(back.Result),
	)
}

func (w Reports) page(r Result) error {
	if w.Page == nil {
		return nil
	}
	return w.Page(w.Dir, r)
}

// summarize adds the summary to its file.
func (w Reports) summarize(r Result) (err error) {
	if w.Summary == "" {
		return nil
	}
	file, err := os.OpenFile(filepath.Clean(w.Summary), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		_, err = file.WriteString(r.Language.Translate(r.summary()))
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	return nil
}
