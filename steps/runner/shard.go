package runner

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/steps/say"
)

// A Shard is one of several parts of a suite that together are all of it. What
// is dealt out is a scenario with a driver, the longest first, each to the shard
// that has the least to do; so all shards must be given the same features,
// selection, drivers and durations. The zero Shard is the whole.
type Shard struct {
	Index int // from 1
	Of    int
}

// ParseShard reads 2/4.
func ParseShard(text string) (Shard, error) {
	index, of, ok := strings.Cut(text, "/")
	i, err1 := strconv.Atoi(index)
	n, err2 := strconv.Atoi(of)
	if s := (Shard{i, n}); ok && err1 == nil && err2 == nil && s.valid() {
		return s, nil
	}
	return Shard{}, fmt.Errorf("shard %q is not i/n with 1 ≤ i ≤ n", text)
}

// String is 2/4, or nothing for the whole.
func (s Shard) String() string {
	if s.Of == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Of)
}

func (s Shard) valid() bool { return s == Shard{} || 1 <= s.Index && s.Index <= s.Of }

// A job is a scenario to be tried with a driver.
type job struct {
	driver   string
	scenario int // in the plan's order
	key      string
	seconds  float64
}

// deal cuts the jobs into n shards, and names the way they were cut: whoever
// deals the same jobs into as many shards gets the same name.
func deal(jobs []job, n int) (shards [][]job, name string) {
	sorted := slices.Clone(jobs)
	slices.SortFunc(sorted, func(a, b job) int {
		return cmp.Or(cmp.Compare(b.seconds, a.seconds), cmp.Compare(a.driver, b.driver), cmp.Compare(a.key, b.key))
	})
	shards, load, sum := make([][]job, n), make([]float64, n), fnv.New64a()
	for _, j := range sorted {
		least := 0
		for i := range load {
			if load[i] < load[least] {
				least = i
			}
		}
		shards[least] = append(shards[least], j)
		load[least] += j.seconds
		fmt.Fprintln(sum, n, j.driver, j.key, j.seconds) // a hash takes everything
	}
	return shards, fmt.Sprintf("%016x", sum.Sum64())
}

// cut decides which of the selected scenarios each driver tries.
func (p *Plan) cut() error {
	cfg := p.cfg
	var jobs []job
	failed := cfg.Select.failed()
	for _, d := range cfg.Drivers {
		seconds := cfg.Durations.of(d.Name())
		for i, s := range p.Scenarios {
			if !s.appliesTo(d.Name()) || cfg.Asked != nil && !cfg.Asked(s, d.Name()) {
				continue
			}
			known := p.known(s)
			if failed == nil || failed[Failure{d.Name(), known.File, known.Name}] {
				jobs = append(jobs, job{d.Name(), i, s.ID(), seconds(known)})
			}
		}
	}
	if len(jobs) == 0 {
		var names []string
		for _, d := range cfg.Drivers {
			names = append(names, d.Name())
		}
		return fmt.Errorf("nothing selected: none of the %d chosen scenarios is for driver %s", len(p.Scenarios), strings.Join(names, ", "))
	}
	if cfg.Shard.Of > 0 {
		var shards [][]job
		shards, p.deal = deal(jobs, cfg.Shard.Of)
		jobs = shards[cfg.Shard.Index-1]
	}
	slices.SortStableFunc(jobs, func(a, b job) int { return cmp.Compare(a.scenario, b.scenario) })
	p.jobs = map[string][]Scenario{}
	for n := range max(cfg.Repeat, 1) {
		for _, j := range jobs {
			s := p.Scenarios[j.scenario]
			if cfg.Repeat > 1 {
				s.Repetition = n + 1
			}
			p.jobs[j.driver] = append(p.jobs[j.driver], s)
		}
	}
	return nil
}

// known is a scenario as reports know it: without secrets.
func (p *Plan) known(s Scenario) Scenario {
	s.Name = say.Plain(p.cfg.Mask(s.Name))
	return s
}
