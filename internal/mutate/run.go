package mutate

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"example.com/netanswer/internal/mutate/mutant"
)

// A Job is what a worker is asked, an Answer what it says: who noticed the mutant, ""
// for nobody. Of is a rule whose scenarios try it first, then the walks, then all other
// scenarios: what needs no coverage.
type (
	Job struct {
		ID        int      `json:"id"`
		Of        string   `json:"of,omitempty"`
		Coverage  bool     `json:"coverage,omitempty"`
		Scenarios []int    `json:"scenarios,omitempty"`
		Walks     []uint64 `json:"walks,omitempty"`
	}
	Answer struct {
		ID       int      `json:"id"`
		By       string   `json:"by,omitempty"`
		Rules    []string `json:"rules,omitempty"`
		Scenario int      `json:"scenario,omitempty"`
		Reach    []Reach  `json:"reach,omitempty"`
	}
	Reach struct {
		Scenario int    `json:"scenario"`
		Walk     uint64 `json:"walk,omitempty"`
		Mutants  []int  `json:"mutants"`
	}
)

// Config says what is mutated, and with how much it is tried.
type Config struct {
	Root      string // the module's folder
	Packages  []string
	Only      func(Mutant) bool // nil: all
	Walks     int
	Scenarios int // of those that reach a mutant; 0 for all
	Workers   int
	Unit      bool // tests of the package try what is left
	Log       io.Writer
	Now       func() time.Time
}

// A Verdict is what became of a mutant.
type Verdict struct {
	Mutant
	By      string   // scenario, walk, "time", "unit tests"; "" for a survivor
	Rules   []string // of who noticed
	Reached bool     // by a scenario or a walk
	Excused string   // why it is equivalent, "" if it is not
}

// Run plants, builds and tries.
func Run(ctx context.Context, c Config) (verdicts []Verdict, err error) {
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	began := c.Now()
	all, overlay, err := Plant(c.Root, dir, c.Packages...)
	if err != nil {
		return nil, err
	}
	worker := filepath.Join(dir, "worker")
	if err := c.command(ctx, "go", "build", "-ldflags=-s -w", "-overlay", overlay, "-o", worker, "./internal/mutate/worker"); err != nil {
		return nil, err
	}
	fmt.Fprintf(c.Log, "%d mutants built in %s\n", len(all), c.Now().Sub(began).Round(time.Second))
	p := &pool{config: c, worker: worker}
	reach, err := p.cover(ctx)
	if err != nil {
		return nil, err
	}
	jobs := p.jobs(all, reach)
	fmt.Fprintf(c.Log, "coverage told after %s; %d mutants are to be tried\n", c.Now().Sub(began).Round(time.Second), len(jobs))
	answers := p.all(ctx, jobs)
	for _, m := range all {
		if c.Only != nil && !c.Only(m) {
			continue
		}
		a := answers[m.ID]
		verdicts = append(
			verdicts,
			Verdict{Mutant: m, By: a.By, Rules: a.Rules, Reached: len(reach[m.ID].scenarios)+len(reach[m.ID].walks) > 0},
		)
	}
	fmt.Fprintf(c.Log, "scenarios and walks done after %s\n", c.Now().Sub(began).Round(time.Second))
	if c.Unit {
		err = c.unit(ctx, dir, overlay, verdicts)
		fmt.Fprintf(c.Log, "unit tests done after %s\n", c.Now().Sub(began).Round(time.Second))
	}
	return verdicts, err
}

func (c Config) command(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = c.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %v: %w\n%s", name, args, err, out)
	}
	return nil
}

// reached is who reaches a mutant.
type reached struct {
	scenarios []int
	walks     []uint64
}

// A pool is the workers.
type pool struct {
	config Config
	worker string
	mu     sync.Mutex
	killed map[int]int // by scenario: those that notice much are asked first
}

// seeds are those of the walks, the same each time.
func (c Config) seeds() (seeds []uint64) {
	for i := range c.Walks {
		seeds = append(seeds, uint64(i+1))
	}
	return seeds
}

func (p *pool) cover(ctx context.Context) (map[int]reached, error) {
	w, err := p.start(ctx)
	if err != nil {
		return nil, err
	}
	defer w.stop()
	a, err := w.ask(Job{Coverage: true, Walks: p.config.seeds()}, 10*time.Minute)
	if err != nil {
		return nil, fmt.Errorf("coverage: %w", err)
	}
	reach := map[int]reached{}
	for _, r := range a.Reach {
		for _, id := range r.Mutants {
			of := reach[id]
			if r.Walk > 0 {
				of.walks = append(of.walks, r.Walk)
			} else {
				of.scenarios = append(of.scenarios, r.Scenario)
			}
			reach[id] = of
		}
	}
	return reach, nil
}

func (p *pool) jobs(all []Mutant, reach map[int]reached) (jobs []Job) {
	p.killed = map[int]int{}
	for _, m := range all {
		r := reach[m.ID]
		if p.config.Only != nil && !p.config.Only(m) || len(r.scenarios)+len(r.walks) == 0 {
			continue
		}
		jobs = append(jobs, Job{ID: m.ID, Scenarios: r.scenarios, Walks: r.walks})
	}
	return jobs
}

// perMutant is how long a worker may take over a mutant that breaks nothing: one that
// takes longer has stopped something.
const perMutant = 40 * time.Second

func (p *pool) all(ctx context.Context, jobs []Job) map[int]Answer {
	answers := map[int]Answer{}
	queue := make(chan Job)
	var wait sync.WaitGroup
	for range max(1, p.config.Workers) {
		wait.Go(func() {
			var w *process
			for job := range queue {
				if w == nil {
					var err error
					if w, err = p.start(ctx); err != nil {
						fmt.Fprintln(p.config.Log, err)
						return
					}
				}
				p.order(&job)
				a, err := w.ask(job, perMutant)
				if err != nil { // it hangs, or has died of it
					a = Answer{ID: job.ID, By: "time"}
					w.stop()
					w = nil
				}
				p.mu.Lock()
				answers[job.ID] = a
				if a.By != "" && len(a.Rules) > 0 {
					p.killed[a.Scenario]++
				}
				if len(answers)%250 == 0 {
					fmt.Fprintf(p.config.Log, "%d of %d\n", len(answers), len(jobs))
				}
				p.mu.Unlock()
			}
			if w != nil {
				w.stop()
			}
		})
	}
	for _, job := range jobs {
		if ctx.Err() != nil {
			break
		}
		queue <- job
	}
	close(queue)
	wait.Wait()
	return answers
}

// order puts the scenarios that have noticed most first.
func (p *pool) order(job *Job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	slices.SortStableFunc(job.Scenarios, func(a, b int) int { return cmp.Compare(p.killed[b], p.killed[a]) })
	if n := p.config.Scenarios; n > 0 {
		job.Scenarios = job.Scenarios[:min(n, len(job.Scenarios))]
	}
}

// A process is one worker.
type process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func (p *pool) start(ctx context.Context) (*process, error) {
	cmd := exec.CommandContext(ctx, p.worker)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=2", mutant.Variable+"=0")
	cmd.Stderr = p.config.Log
	if p.config.Log == nil {
		cmd.Stderr = io.Discard
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &process{cmd, in, bufio.NewReaderSize(out, 1<<20)}, cmd.Start()
}

func (w *process) ask(job Job, limit time.Duration) (Answer, error) {
	line, err := json.Marshal(job)
	if err != nil {
		return Answer{}, err
	}
	limited, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	stop := context.AfterFunc(limited, func() { _ = w.cmd.Process.Kill() }) // it may have ended by itself
	defer stop()
	if _, err := w.in.Write(append(line, '\n')); err != nil {
		return Answer{}, err
	}
	text, err := w.out.ReadBytes('\n')
	if err != nil {
		return Answer{}, err
	}
	var a Answer
	return a, json.Unmarshal(text, &a)
}

func (w *process) stop() {
	_ = w.in.Close()
	_ = w.cmd.Process.Kill()
	_ = w.cmd.Wait() // how it ended tells nothing
}

// unit tries the tests of a package with the mutants that are left.
func (c Config) unit(ctx context.Context, dir, overlay string, verdicts []Verdict) error {
	built := map[string]string{}
	for i, v := range verdicts {
		if v.By != "" || v.Excused != "" {
			continue
		}
		binary, ok := built[v.Package]
		if !ok {
			binary = filepath.Join(dir, "test-"+strconv.Itoa(len(built)))
			if err := c.command(ctx, "go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", binary, "./"+v.Package); err != nil {
				return err
			}
			if _, err := os.Stat(binary); err != nil {
				binary = "" // it has no tests
			}
			built[v.Package] = binary
		}
		if binary == "" {
			continue
		}
		limited, cancel := context.WithTimeout(ctx, 20*time.Second)
		cmd := exec.CommandContext(limited, binary, "-test.failfast", "-test.short")
		cmd.Dir = filepath.Join(c.Root, v.Package)
		cmd.Env = append(os.Environ(), mutant.Variable+"="+strconv.Itoa(v.ID))
		err := cmd.Run()
		cancel()
		if ctx.Err() != nil {
			return ctx.Err() // that it was interrupted tells nothing
		}
		if err != nil {
			verdicts[i].By = "unit tests"
		}
	}
	return ctx.Err()
}
