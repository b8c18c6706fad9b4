package runner

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

// evidenceDir is where the evidence of a scenario is kept, below the folder of
// the reports.
func evidenceDir(driver string, s Scenario) string {
	name := fmt.Sprintf("%s_L%d", strings.TrimSuffix(path.Clean("/" + s.File)[1:], ".feature"), s.Line)
	if s.Repetition > 0 {
		name += fmt.Sprintf("_%d", s.Repetition)
	}
	return path.Join("evidence", driver, name)
}

// clean removes the evidence of an earlier run of the same drivers, so that
// none is taken for this run's.
func (r *run) clean() error {
	if r.cfg.Reports.Dir == "" {
		return nil
	}
	for _, d := range r.cfg.Drivers {
		if err := os.RemoveAll(filepath.Join(r.cfg.Reports.Dir, "evidence", d.Name())); err != nil {
			return fmt.Errorf("remove earlier evidence: %w", err)
		}
	}
	return nil
}

// evidence asks the environment how things stand and keeps it.
func (p *performance) evidence() {
	if p.run.cfg.Reports.Dir == "" {
		return
	}
	list, err := p.ask()
	if err != nil {
		p.fail(fmt.Errorf("take evidence: %w", err))
	}
	if len(list) == 0 {
		return
	}
	dir := evidenceDir(p.driver.Name(), p.scenario)
	names, err := p.run.keep(dir, list)
	if err != nil {
		p.fail(fmt.Errorf("keep evidence: %w", err))
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	p.outcome.Evidence = append(p.outcome.Evidence, names...)
}

func (p *performance) ask() (list []driver.Evidence, err error) {
	defer recovered(&err)
	ctx, cancel := p.grace()
	defer cancel()
	return p.run.cfg.Environment.Evidence(ctx), nil
}

// keep writes evidence to files of their own names, told apart by a number
// where two are alike. What is text is masked.
func (r *run) keep(dir string, list []driver.Evidence) ([]string, error) {
	if err := os.MkdirAll(filepath.Join(r.cfg.Reports.Dir, filepath.FromSlash(dir)), 0o755); err != nil {
		return nil, err
	}
	var names []string
	for _, e := range list {
		if strings.HasPrefix(e.Media, "image/") {
			if !r.cfg.Reports.room(r.pictures.Load(), len(e.Bytes)) {
				e = driver.Evidence{Name: "no-picture.txt", Media: "text/plain", Bytes: []byte(tooManyPictures)}
			} else {
				r.pictures.Add(int64(len(e.Bytes)))
			}
		}
		name := path.Join(dir, fileName(e.Name))
		ext := path.Ext(name)
		for i := 2; slices.Contains(names, name); i++ {
			name = path.Join(dir, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(fileName(e.Name), ext), i, ext))
		}
		content := e.Bytes
		if readable.MatchString(e.Media) {
			content = []byte(r.cfg.Mask(string(content)))
		}
		if err := os.WriteFile(filepath.Join(r.cfg.Reports.Dir, filepath.FromSlash(name)), content, 0o644); err != nil {
			return names, err
		}
		names = append(names, name)
	}
	return names, nil
}

// tooManyPictures stands in the place of a picture that is not kept.
const tooManyPictures = "画像は、この実行で残す大きさの上限を超えたので残していません。すべて残すには -evidence full\n"

// readable matches the media types that are text.
var readable = regexp.MustCompile(`^text/|[/+](json|xml|yaml|x-ndjson)\b`)

var unsafeInName = regexp.MustCompile(`[^\p{L}\p{N}._-]+`)

// fileName makes a name that is safe in any folder and any archive of it.
func fileName(name string) string {
	name = strings.TrimLeft(unsafeInName.ReplaceAllString(name, "_"), ".")
	if name == "" {
		return "evidence"
	}
	return name
}
