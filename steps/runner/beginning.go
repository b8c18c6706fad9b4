package runner

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	messages "github.com/cucumber/messages/go/v34"
)

// beginnings are those that several scenarios have in common, by the scenario: for
// each number of first steps what they say, "" where nobody else goes on from there.
type beginnings map[string][]string

// shared finds what the scenarios of one driver have in common. Only what is done
// first counts: with the first thing that is expected a scenario is its own.
func shared(scenarios []Scenario) beginnings {
	all, often := make(beginnings, len(scenarios)), map[string]int{}
	for _, s := range scenarios {
		if slices.Contains(s.Tags, tagHistory) {
			continue
		}
		var said strings.Builder
		fmt.Fprintf(&said, "%s %t\n", s.Device(), s.InApp())
		list := []string{}
		for _, step := range s.Steps {
			if step.match == messages.PickleStepType_OUTCOME {
				break
			}
			fmt.Fprintf(&said, "%s %q %q\n", step.Text, step.Rows, step.Doc)
			list = append(list, said.String())
			often[said.String()]++
		}
		all[s.key()] = list
	}
	for _, list := range all {
		for i, said := range list {
			further := i+1 < len(list) && often[list[i+1]] == often[said]
			if often[said] < 2 || further { // whoever comes here goes on together
				list[i] = ""
			}
		}
	}
	return all
}

// key tells a scenario from its repetitions.
func (s Scenario) key() string { return fmt.Sprintf("%s %d", s.ID(), s.Repetition) }

// enter begins the scenario, behind those of its first steps that the environment
// has kept of another one.
func (p *performance) enter(ctx context.Context) (context.Context, error) {
	e, ok := p.run.cfg.Environment.(Beginner)
	if !ok {
		return p.run.cfg.Environment.Begin(ctx, p.scenario, p.driver)
	}
	var same []string
	var steps []int
	list := p.run.beginnings[p.driver.Name()][p.scenario.key()]
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] != "" {
			same, steps = append(same, list[i]), append(steps, i+1)
		}
	}
	if len(same) == 0 {
		return e.Begin(ctx, p.scenario, p.driver)
	}
	begun, at, err := e.Resume(ctx, p.scenario, p.driver, same)
	if err == nil && at >= 0 {
		p.taken = steps[at]
	}
	return begun, err
}

// keep offers the environment what the steps so far have come to, where other
// scenarios begin alike.
func (p *performance) keep() {
	e, ok := p.run.cfg.Environment.(Beginner)
	list := p.run.beginnings[p.driver.Name()][p.scenario.key()]
	if ok && p.step <= len(list) && list[p.step-1] != "" {
		e.Keep(p.ctx, p.scenario, list[p.step-1])
	}
}

// unlessTaken is a step's function that does nothing while the steps are those
// that were taken before.
func (p *performance) unlessTaken(step any) any {
	function := reflect.ValueOf(step)
	kind := function.Type()
	return reflect.MakeFunc(kind, func(in []reflect.Value) []reflect.Value {
		if p.step >= p.taken {
			if kind.IsVariadic() {
				return function.CallSlice(in)
			}
			return function.Call(in)
		}
		out := make([]reflect.Value, kind.NumOut())
		for i := range out {
			out[i] = reflect.Zero(kind.Out(i))
			if kind.Out(i) == contextType {
				out[i] = in[0]
			}
		}
		return out
	}).Interface()
}

// resumed counts the scenarios that went on from where another one was, and the
// steps that they did not take again.
func resumed(outcomes []Outcome) (scenarios, steps int) {
	for _, o := range outcomes {
		before := steps
		for _, r := range o.Results {
			if r.Taken {
				steps++
			}
		}
		if steps > before {
			scenarios++
		}
	}
	return scenarios, steps
}
