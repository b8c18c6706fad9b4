package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	Words    string            `json:"words"` // of a scenario, a sum of its steps
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
	return &m, nil
}

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
		h := fnv.New64a()
		for _, step := range sc.Steps {
			_, _ = h.Write([]byte(step.String() + "\n")) // a hash takes everything
		}
		key := sc.File + " " + sc.Name
		m.Scenarios[key] = entry{Words: fmt.Sprintf("%x", h.Sum64()), Verdicts: verdicts([]runner.Scenario{sc})}
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

// A Difference is one thing that is not as it was.
type Difference struct{ Kind, What, Was, Is string }

// since tells what differs from an earlier site.
func (m *Manifest) since(before *Manifest) []Difference {
	var all []Difference
	compare := func(what string, order []string, is, was map[string]entry, words bool) {
		for _, id := range order {
			old, known := was[id]
			switch now := is[id]; {
			case !known:
				all = append(all, Difference{Kind: what + "が増えた", What: id, Is: shown(now, words)})
			case old.Words != now.Words && words:
				all = append(all, Difference{Kind: what + "の文が変わった", What: id, Was: old.Words, Is: now.Words})
			case old.Words != now.Words:
				all = append(all, Difference{Kind: what + "の手順が変わった", What: id})
			default:
				for driver, verdict := range now.Verdicts {
					if old.Verdicts[driver] != "" && old.Verdicts[driver] != verdict {
						all = append(all, Difference{Kind: what + "の結果が変わった", What: id + "（" + driver + "）", Was: old.Verdicts[driver], Is: verdict})
					}
				}
			}
		}
		var gone []string
		for id := range was {
			if _, still := is[id]; !still {
				gone = append(gone, id)
			}
		}
		slices.Sort(gone)
		for _, id := range gone {
			all = append(all, Difference{Kind: what + "がなくなった", What: id, Was: shown(was[id], words)})
		}
	}
	compare("規則", m.order["rules"], m.Rules, before.Rules, true)
	compare("シナリオ", m.order["scenarios"], m.Scenarios, before.Scenarios, false)
	return all
}

func shown(e entry, words bool) string {
	if words {
		return e.Words
	}
	return ""
}
