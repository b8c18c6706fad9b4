package mutate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A Patch is a change written by hand: what stands in a file is read as something else
// while it is switched on. New may say ON where it asks for the switch.
type Patch struct {
	Says     string // what is then wrong
	Rule     string
	File     string
	Old, New string
}

var packageClause = regexp.MustCompile(`(?m)^package \w+$`)

// Apply writes the files with the patches into dir, the first switched on by 1, and
// returns the overlay that go build takes. Text that is not there once is an error.
func Apply(root, dir string, patches []Patch) (overlay string, err error) {
	files := map[string]string{}
	for i, p := range patches {
		text, ok := files[p.File]
		if !ok {
			data, err := os.ReadFile(filepath.Join(root, p.File))
			if err != nil {
				return "", err
			}
			text = string(data)
		}
		if strings.Count(text, p.Old) != 1 {
			return "", fmt.Errorf("patch %q: what is to be changed stands %d times in %s", p.Says, strings.Count(text, p.Old), p.File)
		}
		files[p.File] = strings.Replace(text, p.Old, strings.ReplaceAll(p.New, "ON", fmt.Sprintf("mutant.On(%d)", i+1)), 1)
	}
	replace := map[string]string{}
	for name, text := range files {
		text = packageClause.ReplaceAllString(text, "$0; import \""+switchPath+"\"")
		changed := filepath.Join(dir, strings.ReplaceAll(name, "/", "__"))
		if err := os.WriteFile(changed, []byte(text), 0o644); err != nil {
			return "", err
		}
		absolute, err := filepath.Abs(filepath.Join(root, name))
		if err != nil {
			return "", err
		}
		replace[absolute] = changed
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, data, 0o644)
}

// Try tries patches by the scenarios of their rules, by walks, and by all other
// scenarios, and returns who noticed each: "" for nobody.
func Try(ctx context.Context, c Config, patches []Patch) (by []string, err error) {
	dir, err := os.MkdirTemp("", "patches")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	overlay, err := Apply(c.Root, dir, patches)
	if err != nil {
		return nil, err
	}
	p := &pool{config: c, worker: filepath.Join(dir, "worker"), killed: map[int]int{}}
	if err := c.command(ctx, "go", "build", "-ldflags=-s -w", "-overlay", overlay, "-o", p.worker, "./internal/mutate/worker"); err != nil {
		return nil, err
	}
	var jobs []Job
	for i, patch := range patches {
		jobs = append(jobs, Job{ID: i + 1, Of: patch.Rule, Walks: c.seeds()})
	}
	answers := p.all(ctx, jobs)
	for i := range patches {
		by = append(by, answers[i+1].By)
	}
	return by, ctx.Err()
}
