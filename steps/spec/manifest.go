package spec

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/steps/runner"
)

// manifestFile is the name of a site's manifest in its folder.
const manifestFile = "manifest.json"

// A Manifest is what a later site compares itself with.
type Manifest struct {
	Made      time.Time           `json:"made"`
	Rules     map[string]entry    `json:"rules"`     // by id
	Scenarios map[string]entry    `json:"scenarios"` // by file and name
	order     map[string][]string // ids in order, of this site only
}

// An entry is one rule or scenario: its words, and how it fared.
type entry struct {
	Words    string            `json:"words"` // of a scenario, its steps line by line
	Verdicts map[string]string `json:"verdicts,omitempty"`
}

// ReadManifest reads the manifest of the site in a folder.
func ReadManifest(dir string) (*Manifest, error) {
	text, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no site in %s: it has no %s", dir, manifestFile)
	}
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("read %s of %s: %w", manifestFile, dir, err)
	}
	for _, entries := range []map[string]entry{m.Rules, m.Scenarios} {
		for _, e := range entries {
			for driver, verdict := range e.Verdicts {
				e.Verdicts[driver] = cmp.Or(renamed[verdict], verdict)
			}
		}
	}
	return &m, nil
}

// renamed are verdicts as sites of before called them.
var renamed = map[string]string{"緑": Green, "赤": Red}

// manifest is that of the site to be.
func (s Source) manifest() *Manifest {
	m := &Manifest{Made: s.Made, Rules: map[string]entry{}, Scenarios: map[string]entry{}, order: map[string][]string{}}
	drivers := s.Verdicts.Drivers()
	verdicts := func(of []runner.Scenario) map[string]string {
		all := map[string]string{}
		for _, d := range drivers {
			all[d] = s.Verdicts.of(d, of)
		}
		return all
	}
	for _, r := range s.Rules {
		m.Rules[r.ID] = entry{Words: r.Says, Verdicts: verdicts(s.proving(r.ID))}
		m.order["rules"] = append(m.order["rules"], r.ID)
	}
	for _, sc := range s.Scenarios {
		key := sc.File + " " + sc.Name
		m.Scenarios[key] = entry{Words: told(sc), Verdicts: verdicts([]runner.Scenario{sc})}
		m.order["scenarios"] = append(m.order["scenarios"], key)
	}
	return m
}

func (m *Manifest) write(dir string) error {
	text, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, manifestFile), append(text, '\n'), 0o644)
}

// told is what a scenario says, line by line, its tables and texts as well.
func told(s runner.Scenario) string {
	var b strings.Builder
	for _, step := range s.Steps {
		b.WriteString(step.String() + "\n")
		for _, row := range step.Rows {
			b.WriteString("  | " + strings.Join(row, " | ") + " |\n")
		}
		for line := range strings.Lines(step.Doc) {
			b.WriteString("  " + strings.TrimRight(line, "\n") + "\n")
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// A Difference is one thing that is not as it was.
type Difference struct {
	Kind, What string
	Lines      []Line // what was said and what is said; none where only the result differs
	Was, Is    string // the results
}

// since tells what differs from an earlier site: what is no longer true first,
// then what was said, then what was only not run.
func (m *Manifest) since(before *Manifest) []Difference {
	var all []Difference
	for _, part := range []struct {
		what    string
		order   []string
		is, was map[string]entry
	}{{"規則", m.order["rules"], m.Rules, before.Rules}, {"シナリオ", m.order["scenarios"], m.Scenarios, before.Scenarios}} {
		for _, id := range part.order {
			now := part.is[id]
			old, known := part.was[id]
			if !known {
				all = append(all, Difference{Kind: part.what + "が増えた", What: id, Lines: compare("", now.Words)})
				continue
			}
			if old.Words != now.Words {
				all = append(all, Difference{Kind: part.what + "の言葉が変わった", What: id, Lines: compare(old.said(), now.Words)})
			}
			all = append(all, turned(part.what, id, old, now)...)
		}
		for _, id := range slices.Sorted(maps.Keys(part.was)) {
			if _, still := part.is[id]; !still {
				all = append(all, Difference{Kind: part.what + "がなくなった", What: id, Lines: compare(part.was[id].said(), "")})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Difference) int { return cmp.Compare(a.rank(), b.rank()) })
	return all
}

// The kinds of results that turned.
const (
	nowFalse = "約束どおりでなくなった"
	nowTrue  = "約束どおりになった"
	notRun   = "今回は実行していない"
)

// turned are the results of a rule or scenario that are not as they were, way by
// way. What was not run says nothing of whether it is still true.
func turned(what, id string, old, now entry) []Difference {
	var all []Difference
	for _, driver := range slices.Sorted(maps.Keys(now.Verdicts)) {
		was, is := old.Verdicts[driver], now.Verdicts[driver]
		kind := ""
		switch {
		case was == "" || was == is:
			continue
		case is == Red:
			kind = nowFalse
		case is == Open:
			kind = notRun
		case is == Green && was == Red:
			kind = nowTrue
		default:
			kind = "結果が変わった"
		}
		where := devices[driver]
		if where == "" {
			where = "自動テスト"
		}
		all = append(all, Difference{Kind: what + "：" + kind, What: id + "（" + where + "）", Was: was, Is: is})
	}
	return all
}

func (d Difference) rank() int {
	switch {
	case strings.HasSuffix(d.Kind, nowFalse):
		return 0
	case len(d.Lines) > 0:
		return 1
	case strings.HasSuffix(d.Kind, notRun):
		return 3
	}
	return 2
}

var onlySum = regexp.MustCompile(`^[0-9a-f]{1,16}$`)

// said are the words of an entry. The manifests of sites before had only a sum of
// a scenario's.
func (e entry) said() string {
	if onlySum.MatchString(e.Words) {
		return ""
	}
	return e.Words
}

// A Line is one of a comparison: of both, of before only, or of now only.
type Line struct{ Op, Text string }

// The signs of a comparison.
const (
	Kept    = " "
	Removed = "-"
	Added   = "+"
)

// compare tells line by line what two texts have in common and what not.
func compare(was, is string) []Line {
	a, b := lines(was), lines(is)
	common := make([][]int, len(a)+1) // the length of what a[i:] and b[j:] have in common
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var all []Line
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			all = append(all, Line{Kept, a[i]})
			i++
			j++
		case i < len(a) && (j == len(b) || common[i+1][j] >= common[i][j+1]):
			all = append(all, Line{Removed, a[i]})
			i++
		default:
			all = append(all, Line{Added, b[j]})
			j++
		}
	}
	return all
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
