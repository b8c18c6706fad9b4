package runner

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// durationsFile holds how long each scenario took, for the shards of the next
// run. A line of a file moves; so a scenario is known by its file and name.
const durationsFile = "durations.json"

// Durations are how long scenarios took, by driver and by "file name". The zero
// value knows of none.
type Durations map[string]map[string]float64 // seconds

// ReadDurations reads what an earlier run wrote to a file, or to durations.json
// in a folder.
func ReadDurations(name string) (Durations, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, durationsFile)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read durations: %w", err)
	}
	var d Durations
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, fmt.Errorf("read durations: %s: %w", name, err)
	}
	return d, nil
}

// writeDurations writes how long each scenario took. One that was tried several
// times, or has the name of another, counts with its longest.
func (r Result) writeDurations(dir string) error {
	d := Durations{}
	for _, o := range r.Outcomes {
		if o.Interrupted {
			continue
		}
		if d[o.Driver] == nil {
			d[o.Driver] = map[string]float64{}
		}
		took := o.Took.Round(time.Millisecond).Seconds()
		d[o.Driver][o.title()] = max(d[o.Driver][o.title()], took)
	}
	text, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		return fmt.Errorf("write %s: %w", durationsFile, err)
	}
	return writeReport(dir, durationsFile, append(text, '\n'))
}

// title names a scenario by what does not change when lines are added above it.
func (s Scenario) title() string { return s.File + " " + s.Name }

// of is how long a scenario takes with a driver. An unknown one takes the
// median of the known ones of its driver, or a second where there is none.
func (d Durations) of(driver string) func(Scenario) float64 {
	known := d[driver]
	var all []float64
	for _, seconds := range known {
		all = append(all, seconds)
	}
	slices.Sort(all)
	median := 1.0
	if len(all) > 0 {
		median = all[(len(all)-1)/2]
	}
	return func(s Scenario) float64 {
		if seconds, ok := known[s.title()]; ok {
			return seconds
		}
		return median
	}
}
