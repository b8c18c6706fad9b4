package suite

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.com/netanswer/client"
)

// knownSetup is an error where the worlds of a run cannot be set up as the flags
// say, before every scenario fails of it.
func (s Environment) knownSetup(ctx context.Context) error {
	if err := knownDefects(ctx, s.controls, s.setup.Defects); err != nil {
		return err
	}
	if err := s.knownPolicy(ctx); err != nil {
		return err
	}
	return s.knownTexts(ctx)
}

// knownPolicy tries the values of -policy together, for they may fit only so, in a
// world of its own, which is forgotten with those of the run.
func (s Environment) knownPolicy(ctx context.Context) error {
	if len(s.setup.Policy) == 0 {
		return nil
	}
	world := s.run + "-setup"
	now, err := s.controls.Policy(ctx, world)
	if err != nil {
		return err
	}
	asked := slices.Sorted(maps.Keys(s.setup.Policy))
	for _, name := range asked {
		if _, known := now[name]; !known {
			return fmt.Errorf("verify: -policy %s: there is no such value; known are %s", name, names(now))
		}
	}
	_, err = s.controls.SetPolicy(ctx, world, s.setup.Policy)
	if err == nil {
		return nil
	}
	for _, name := range asked {
		if strings.Contains(err.Error(), name+": ") {
			return fmt.Errorf("verify: -policy %s=%v cannot be; it is now %v", name, s.setup.Policy[name], now[name])
		}
	}
	return err
}

func names(p client.Policy) string {
	all := make([]string, 0, len(p))
	for name := range p {
		all = append(all, name)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func (s Environment) knownTexts(ctx context.Context) error {
	if len(s.setup.Texts) == 0 {
		return nil
	}
	world := s.run + "-setup"
	texts, err := s.controls.Texts(ctx, world)
	if err != nil {
		return err
	}
	for id, sentence := range s.setup.Texts {
		at := slices.IndexFunc(texts, func(t client.Text) bool { return t.ID == id })
		if at < 0 {
			return fmt.Errorf("verify: -text %s: there is no such sentence; known are %s", id, likely(texts, id))
		}
		if _, err := s.controls.SetTexts(ctx, world, map[string]string{id: sentence}); err != nil {
			return fmt.Errorf("verify: -text %s=%s cannot be; it is now %s", id, sentence, texts[at].Text)
		}
	}
	return nil
}

// likely are the ids of the same screen, or how the ids of all screens begin.
func likely(texts []client.Text, id string) string {
	screen, _, _ := strings.Cut(id, ".")
	var of, all []string
	for _, t := range texts {
		first, _, _ := strings.Cut(t.ID, ".")
		if first == screen {
			of = append(of, t.ID)
		}
		if !slices.Contains(all, first+".…") {
			all = append(all, first+".…")
		}
	}
	if len(of) == 0 {
		of = all
	}
	return strings.Join(of, ", ")
}
