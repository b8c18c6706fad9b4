package walk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/model"
	"example.com/netanswer/steps/say"
)

// A Result is what became of all walks of one driver.
type Result struct {
	Driver   string
	Seed     uint64
	Walks    int
	Steps    int
	Unasked  map[string]int // walks that ended early, by the reason
	Failures []Failure
	Coverage Coverage
	Took     time.Duration
}

// OK tells whether every walk was as the model says, and at least one was gone.
func (r Result) OK() bool { return len(r.Failures) == 0 && r.Walks > 0 && r.Steps > 0 }

// most is how many failures are shrunk and told; others are much the same.
const most = 4

// Run goes all walks. An error means that nothing could be told.
func Run(ctx context.Context, c *Config) (Result, error) {
	began := c.Now()
	r := Result{Driver: c.Driver.Name(), Seed: c.Seed, Unasked: map[string]int{}, Coverage: Coverage{}}
	workers := max(1, c.Workers)
	numbers := make(chan int)
	var mu sync.Mutex
	var errs []error
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for n := range numbers {
				seed := c.Seed + uint64(n)
				k := c.Kind(seed)
				w := Walk{Seed: seed, Kind: k, Acts: Draw(seed, c.Model, k)}
				local := Coverage{}
				out, err := c.play(ctx, w, true, local.note())
				mu.Lock()
				if err != nil && ctx.Err() == nil {
					errs = append(errs, fmt.Errorf("walk of seed %d: %w", w.Seed, err))
				}
				r.Walks++
				r.Steps += out.steps
				r.Coverage.add(local)
				if out.unasked != nil {
					r.Unasked[reason(out.unasked)]++
				}
				if out.failed != nil && ctx.Err() == nil { // who is interrupted has seen nothing
					f := *out.failed
					f.Evidence = out.evidence
					r.Failures = append(r.Failures, f)
				}
				mu.Unlock()
			}
		})
	}
	for n := range c.Walks {
		mu.Lock()
		enough := len(r.Failures) >= 2*most || len(errs) > 0
		mu.Unlock()
		if enough || ctx.Err() != nil {
			break
		}
		numbers <- n
	}
	close(numbers)
	wait.Wait()
	slices.SortFunc(r.Failures, func(a, b Failure) int { return int(int64(a.Walk.Seed) - int64(b.Walk.Seed)) })
	rules := map[string]int{}
	r.Failures = slices.DeleteFunc(r.Failures, func(f Failure) bool { // one or two of a rule are enough
		rules[f.Line.Rule]++
		return rules[f.Line.Rule] > 2
	})
	r.Failures = r.Failures[:min(most, len(r.Failures))]
	for i, f := range r.Failures {
		evidence := f.Evidence
		f = c.shrink(ctx, f) // what is found while ctx lasts
		f.Evidence, f.Told = evidence, c.Tell(f)
		r.Failures[i] = f
	}
	r.Took = c.Now().Sub(began)
	if ctx.Err() != nil {
		errs = append(errs, context.Cause(ctx))
	}
	return r, errors.Join(errs...)
}

// Once goes the walk of a seed without shrinking it.
func (c *Config) Once(ctx context.Context, seed uint64) (*Failure, error) {
	k := c.Kind(seed)
	out, err := c.play(ctx, Walk{Seed: seed, Kind: k, Acts: Draw(seed, c.Model, k)}, false, nil)
	return out.failed, err
}

// reason is why a walk ended early, without what differs from walk to walk.
func reason(err error) string {
	for _, sort := range []error{driver.ErrInapplicable, driver.ErrUndecidable} {
		if errors.Is(err, sort) {
			text := err.Error()
			return text[strings.Index(text, sort.Error()):]
		}
	}
	return err.Error()
}

// Coverage counts what was done: in which state, by what sort of member, for which
// time.
type Coverage map[Covered]int

// Covered is one thing that was done.
type Covered struct {
	Where string
	Do    model.Verb
	Kind  string
	Nth   int // 1, 2, or 3 for the third time and later
}

// note returns what notes an act before it is done.
func (c Coverage) note() func(model.Act, *model.World) {
	times := map[string]int{}
	return func(a model.Act, w *model.World) {
		p, ok := w.Person(a.Who)
		if !ok {
			return
		}
		key := a.Who + string(a.Do)
		times[key]++
		c[Covered{w.Where(a.Who), a.Do, p.Kind(), min(3, times[key])}]++
	}
}

func (c Coverage) add(other Coverage) {
	for k, n := range other {
		c[k] += n
	}
}

// Missing are the moves of a kind of walks that no walk took.
func (c Coverage) Missing(apps ...bool) (all []string) {
	done := map[model.Move]bool{}
	for k := range c {
		done[model.Move{Where: k.Where, Do: k.Do}] = true
	}
	for _, m := range model.Moves() {
		ofApp := strings.HasPrefix(m.Where, "アプリ") || m.Do == model.OpenCard || m.Do == model.MailLogin
		if !done[m] &&
			(slices.Contains(apps, ofApp) || !ofApp && m.Where == "始め" && slices.Contains(apps, true) && m.Do == model.OpenCard) {
			all = append(all, m.Where+" → "+string(m.Do))
		}
	}
	return all
}

// Write tells a result. The scenarios that it holds are in Japanese, as all are.
func (r Result) Write(out io.Writer, l say.Language, apps ...bool) error {
	var text strings.Builder
	fmt.Fprintf(&text, l.Of("%s: ウォーク %d、操作 %d、食い違い %d（%s、seed %d）\n", "%s: walks %d, acts %d, seen otherwise %d (%s, seed %d)\n"),
		r.Driver, r.Walks, r.Steps, len(r.Failures), r.Took.Round(time.Millisecond), r.Seed)
	for _, f := range r.Failures {
		why, _, _ := strings.Cut(f.Err, "\n")
		fmt.Fprintf(&text, l.Of(
			"\n✗ 規則 %s、seed %d（%d個の操作を%d個に縮めました）\n  %s\n\n%s\n  もう一度: netanswer verify -walk 1 -seed %d -driver %s\n",
			"\n✗ rule %s, seed %d (%d acts were shrunk to %d)\n  %s\n\n%s\n  again: netanswer verify -walk 1 -seed %d -driver %s\n"),
			f.Line.Rule, f.Walk.Seed, f.Drawn, len(f.Walk.Acts), l.Failure(why), f.Told, f.Walk.Seed, f.Driver)
	}
	r.coverage(&text, l, apps)
	_, err := io.WriteString(out, text.String())
	return err
}

func (r Result) coverage(out io.Writer, l say.Language, apps []bool) {
	wheres, kinds, nth := map[model.Move]bool{}, map[string]int{}, map[int]int{}
	for k, n := range r.Coverage {
		wheres[model.Move{Where: k.Where, Do: k.Do}] = true
		kinds[k.Kind] += n
		nth[k.Nth] += n
	}
	names := make([]string, 0, len(kinds))
	for k := range kinds {
		names = append(names, fmt.Sprintf("%s %d", nameIn(l, k), kinds[k]))
	}
	slices.Sort(names)
	comma := l.Of("、", ", ")
	fmt.Fprintf(out, l.Of(
		"試した組（状態×操作×会員の種類×何度目）%d、状態×操作 %d、一度目 %d、二度目 %d、三度目から %d\n  %s\n",
		"covered (state × act × kind of member × which time) %d, state × act %d, first time %d, second %d, third or later %d\n  %s\n"),
		len(r.Coverage), len(wheres), nth[1], nth[2], nth[3], strings.Join(names, comma))
	if missing := r.Coverage.Missing(apps...); len(missing) > 0 {
		for i, move := range missing {
			where, do, _ := strings.Cut(move, " → ")
			missing[i] = nameIn(l, where) + " → " + doIn(l, model.Verb(do))
		}
		fmt.Fprintf(out, l.Of("  どのウォークも試さなかった操作 %d: %s\n", "  acts that no walk tried %d: %s\n"), len(missing), strings.Join(missing, comma))
	}
	for why, n := range r.Unasked {
		fmt.Fprintf(out, l.Of("  途中で終わったもの %d: %s\n", "  ended early %d: %s\n"), n, l.Failure(why))
	}
}
