package spec

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/runner"
)

// An Approved is one rule as somebody has approved it.
type Approved struct {
	Rule string `yaml:"rule"`
	Hash string `yaml:"hash"` // of Text
	By   string `yaml:"by"`
	At   string `yaml:"at"`   // the day, as 2026-11-28
	Text string `yaml:"text"` // the words of the rule and of its scenarios then
}

// Approvals are those of a file, by rule. A nil one has none.
type Approvals map[string]Approved

// The states of a rule.
const (
	ApprovedState = "承認済み"
	ChangedState  = "変更あり"
	OpenState     = "未承認"
)

// ReadApprovals reads approvals.yaml. A file that is not there has none; an entry
// whose hash is not that of its text was changed by hand, and is an error.
func ReadApprovals(file string) (Approvals, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return Approvals{}, nil
	}
	if err != nil {
		return nil, err
	}
	var list struct {
		Approvals []Approved `yaml:"approvals"`
	}
	if err := fixtures.ReadYAML(data, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	all := Approvals{}
	for _, a := range list.Approvals {
		switch _, twice := all[a.Rule]; {
		case a.Rule == "" || a.By == "" || a.At == "":
			return nil, fmt.Errorf("%s: an approval has no rule, by or at: %+v", file, a.Rule)
		case twice:
			return nil, fmt.Errorf("%s: %s is approved twice", file, a.Rule)
		case hash(a.Text) != a.Hash:
			return nil, fmt.Errorf("%s: the text of %s is not what was approved: its hash differs", file, a.Rule)
		}
		all[a.Rule] = a
	}
	return all, nil
}

// Write writes approvals.yaml, by the ids of the rules.
func (a Approvals) Write(file string) error {
	var list struct {
		Approvals []Approved `yaml:"approvals"`
	}
	for _, one := range a {
		list.Approvals = append(list.Approvals, one)
	}
	slices.SortFunc(list.Approvals, func(x, y Approved) int { return strings.Compare(x.Rule, y.Rule) })
	data, err := yaml.MarshalWithOptions(list, yaml.UseLiteralStyleIfMultiline(true))
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}

// Approve notes that somebody approves a rule with its scenarios as they are.
func (a Approvals) Approve(rule fixtures.Rule, proving []runner.Scenario, by string, at time.Time) {
	text := Wording(rule, proving)
	a[rule.ID] = Approved{Rule: rule.ID, Hash: hash(text), By: by, At: at.Format(time.DateOnly), Text: text}
}

// State is that of a rule, with what has changed since it was approved.
func (a Approvals) State(rule fixtures.Rule, proving []runner.Scenario) (state string, since []Line) {
	one, known := a[rule.ID]
	text := Wording(rule, proving)
	switch {
	case !known:
		return OpenState, nil
	case one.Hash == hash(text):
		return ApprovedState, nil
	}
	return ChangedState, compare(one.Text, text)
}

// Wording is what is approved of a rule: its words, and its scenarios with theirs.
// Where a scenario stands in its file is no part of it.
func Wording(rule fixtures.Rule, proving []runner.Scenario) string {
	var b strings.Builder
	b.WriteString(rule.Says + "\n")
	for _, s := range proving {
		b.WriteString("シナリオ: " + s.Name + "\n" + told(s) + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

func hash(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:16] }

// An approval is that of a rule as it is shown.
type approval struct {
	Approved
	State string
	Since []Line
}

func (v *view) approval(r fixtures.Rule) approval {
	state, since := v.Approvals.State(r, v.proving(r.ID))
	return approval{v.Approvals[r.ID], state, since}
}

// Proving are the scenarios of a rule.
func (s Source) Proving(id string) []runner.Scenario { return s.proving(id) }
