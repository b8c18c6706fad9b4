package runner

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/say"
)

// A Merge joins the reports of several runs: of shards, of drivers, of both.
type Merge struct {
	From     []string // folders, each with a messages.ndjson
	Rules    []fixtures.Rule
	Reports  Reports   // of the whole; the folder may be one of From
	Log      io.Writer // nil is silent
	Now      func() time.Time
	Language say.Language // in which the whole is told; "" for Japanese
}

// Run joins them. It is an error where the parts do not fit: other features,
// the same scenario tried twice with a driver, a shard missing or cut in another
// way.
func (m Merge) Run() (Result, error) {
	if len(m.From) == 0 {
		return Result{}, errors.New("merge: no folder given")
	}
	var parts []*recollection
	for _, dir := range m.From {
		part, err := recall(dir)
		if err != nil {
			return Result{}, fmt.Errorf("merge: %w", err)
		}
		parts = append(parts, part)
	}
	whole, err := join(parts, m.From)
	if err != nil {
		return Result{}, fmt.Errorf("merge: %w", err)
	}
	register := append(slices.Clone(m.Rules), whole.Own...)
	for i := range whole.Outcomes {
		whole.Outcomes[i].language = m.Language
		whole.Outcomes[i].Proves = rulesOf(whole.Outcomes[i].Scenario, register)
	}
	whole.Language = m.Language
	whole.Rules = cover(within(register, whole.Scope), whole.book, whole.Result)
	if m.Log == nil {
		m.Log = io.Discard
	}
	log := &journal{to: m.Log, out: m.Reports.Dir, annotate: m.Reports.Annotate, now: m.Now, language: m.Language}
	if err := m.unpack(whole); err != nil {
		return Result{}, fmt.Errorf("merge: %w", err)
	}
	log.printf("%s: シナリオ×ドライバー %d件\n", strings.Join(m.From, "、"), len(whole.Outcomes))
	unwritten := m.Reports.write(whole.Result, register, whole.book)
	log.summary(whole.Result, unwritten == nil)
	return whole.Result, errors.Join(log.err, unwritten)
}

// unpack writes the evidence that the messages hold.
func (m Merge) unpack(whole *recollection) error {
	if m.Reports.Dir == "" {
		return nil
	}
	if err := os.RemoveAll(filepath.Join(m.Reports.Dir, "evidence")); err != nil {
		return err
	}
	for name, content := range whole.files {
		file := filepath.Join(m.Reports.Dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// join makes one of several. The time it took is from the first beginning to
// the last end.
func join(parts []*recollection, from []string) (*recollection, error) {
	if err := complete(parts); err != nil {
		return nil, err
	}
	whole := &recollection{files: map[string][]byte{}}
	first := parts[0]
	whole.Seed, whole.Began, whole.Sources, whole.Definitions, whole.book = first.Seed, first.Began, first.Sources,
		first.Definitions, first.book
	whole.Scope = first.Scope
	seen := map[string]string{}
	end := whole.Began
	for i, part := range parts {
		if !slices.Equal(part.Sources, whole.Sources) {
			return nil, fmt.Errorf("%s and %s are of different features", from[0], from[i])
		}
		if !slices.Equal(part.Definitions, whole.Definitions) {
			return nil, fmt.Errorf("%s and %s are of different steps", from[0], from[i])
		}
		for _, o := range part.Outcomes {
			if before, ok := seen[o.key()]; ok {
				return nil, fmt.Errorf("%s is in %s and in %s", o.key(), before, from[i])
			}
			seen[o.key()] = from[i]
		}
		whole.Scope = wider(whole.Scope, part.Scope)
		for _, rule := range part.Own {
			if !slices.Contains(whole.Own, rule) {
				whole.Own = append(whole.Own, rule)
			}
		}
		for name, engine := range part.Engines {
			for one := range strings.SplitSeq(engine, "、") {
				whole.Engines = whole.Engines.with(name, one)
			}
		}
		for _, d := range part.Drivers {
			if !slices.Contains(whole.Drivers, d) {
				whole.Drivers = append(whole.Drivers, d)
			}
		}
		whole.Outcomes = append(whole.Outcomes, part.Outcomes...)
		whole.Interrupted = whole.Interrupted || part.Interrupted
		maps.Copy(whole.files, part.files)
		if part.Began.Before(whole.Began) {
			whole.Began = part.Began
		}
		if e := part.Began.Add(part.Took); e.After(end) {
			end = e
		}
	}
	whole.Took = end.Sub(whole.Began)
	slices.SortStableFunc(whole.Outcomes, whole.order)
	return whole, nil
}

// complete is an error where of a whole that was cut into shards not every one
// is there. Several wholes, as one for each driver, may have been cut.
func complete(parts []*recollection) error {
	shards := map[string]map[int]bool{}
	of := map[string]int{}
	for _, part := range parts {
		if part.Shard == "" {
			continue
		}
		s, err := ParseShard(part.Shard)
		if err != nil {
			return err
		}
		if shards[part.Deal] == nil {
			shards[part.Deal] = map[int]bool{}
		}
		shards[part.Deal][s.Index], of[part.Deal] = true, s.Of
	}
	for _, deal := range slices.Sorted(maps.Keys(shards)) {
		for i := 1; i <= of[deal]; i++ {
			if !shards[deal][i] {
				return fmt.Errorf(
					"shard %d/%d (%s) is missing: it was not given, or cut with other durations, features or flags",
					i,
					of[deal],
					deal,
				)
			}
		}
	}
	return nil
}
