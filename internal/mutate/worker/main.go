// Worker is what tries mutants: built with the overlay that package mutate makes, it
// reads jobs and answers each, a line of JSON both. Which scenarios and walks reach
// which mutants it tells where it is asked for everything with no mutant.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	"example.com/netanswer/internal/mutate"
	"example.com/netanswer/internal/mutate/mutant"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/sandbox/server"
)

func main() {
	if err := work(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(1)
	}
}

// limit is how long one scenario or walk may take; a sound one needs milliseconds.
const limit = 3 * time.Second

func work(ctx context.Context) error {
	s, err := server.Start(server.EphemeralConfig(), nil)
	if err != nil {
		return err
	}
	trial, err := suite.NewTrial(ctx, s, limit)
	if err != nil {
		return err
	}
	in, out := bufio.NewScanner(os.Stdin), json.NewEncoder(os.Stdout)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var job mutate.Job
		if err := json.Unmarshal(in.Bytes(), &job); err != nil {
			return err
		}
		answer, err := do(ctx, trial, job)
		if err != nil {
			return err
		}
		if err := out.Encode(answer); err != nil {
			return err
		}
	}
	return in.Err()
}

func do(ctx context.Context, trial *suite.Trial, job mutate.Job) (a mutate.Answer, err error) {
	a.ID = job.ID
	if job.Coverage {
		return cover(ctx, trial, job)
	}
	mutant.Switch(job.ID)
	defer mutant.Switch(0)
	var others []int
	if job.Of != "" {
		for n, sc := range trial.Scenarios {
			if slices.Contains(sc.Rules, job.Of) {
				job.Scenarios = append(job.Scenarios, n)
			} else {
				others = append(others, n)
			}
		}
	}
	if noticed, err := try(ctx, trial, job.Scenarios, &a); noticed || err != nil {
		return a, err
	}
	for _, seed := range job.Walks {
		failed, err := trial.Walk(ctx, seed)
		if failed != nil || err != nil {
			if a.By = fmt.Sprintf("walk %d", seed); failed != nil {
				a.Rules = []string{failed.Line.Rule}
			}
			return a, nil
		}
	}
	_, err = try(ctx, trial, others, &a)
	return a, err
}

// try tells whether a scenario notices, and which one.
func try(ctx context.Context, trial *suite.Trial, scenarios []int, a *mutate.Answer) (noticed bool, err error) {
	for _, n := range scenarios {
		if err := trial.Try(ctx, n); err != nil {
			a.By, a.Rules, a.Scenario = trial.Scenarios[n].ID(), trial.Scenarios[n].Rules, n
			return true, nil
		}
	}
	return false, ctx.Err()
}

// cover tells what each scenario and walk reaches. One that fails without a mutant
// could tell nothing.
func cover(ctx context.Context, trial *suite.Trial, job mutate.Job) (a mutate.Answer, err error) {
	mutant.Reached()
	for n, sc := range trial.Scenarios {
		if err := trial.Try(ctx, n); err != nil {
			return a, fmt.Errorf("%s is not green without a mutant: %w", sc.ID(), err)
		}
		a.Reach = append(a.Reach, mutate.Reach{Scenario: n, Mutants: mutant.Reached()})
	}
	for _, seed := range job.Walks {
		failed, err := trial.Walk(ctx, seed)
		if err != nil || failed != nil {
			return a, fmt.Errorf("walk %d is not green without a mutant: %v %w", seed, failed, err)
		}
		a.Reach = append(a.Reach, mutate.Reach{Walk: seed, Mutants: mutant.Reached()})
	}
	return a, nil
}
