package architecture_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The drawings of docs/architecture.md: boxes of packages, and arrows.
var (
	drawingOf = regexp.MustCompile("(?s)```mermaid\nflowchart TB\n(.*?)```")
	boxOf     = regexp.MustCompile(`^\s*(\w+)\["(.*?)<br>`)
)

// A drawing is which packages stand in which box, and which boxes point where.
type drawing struct {
	Boxes  map[string][]string
	Arrows map[string][]string
}

func drawings(t *testing.T, document string) []drawing {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), document))
	if err != nil {
		t.Fatal(err)
	}
	var all []drawing
	for _, found := range drawingOf.FindAllStringSubmatch(string(text), -1) {
		d := drawing{map[string][]string{}, map[string][]string{}}
		for line := range strings.Lines(found[1]) {
			if box := boxOf.FindStringSubmatch(line); box != nil {
				d.Boxes[box[1]] = strings.Split(box[2], ", ")
				continue
			}
			chain := strings.Split(strings.TrimSpace(line), " --> ")
			for i := range len(chain) - 1 {
				for _, from := range strings.Split(chain[i], " & ") {
					d.Arrows[from] = append(d.Arrows[from], strings.Split(chain[i+1], " & ")...)
				}
			}
		}
		all = append(all, d)
	}
	if len(all) == 0 {
		t.Fatalf("%s draws nothing", document)
	}
	return all
}

// down are the boxes that arrows lead to from one, itself among them.
func (d drawing) down(box string, seen map[string]bool) map[string]bool {
	if !seen[box] {
		seen[box] = true
		for _, next := range d.Arrows[box] {
			d.down(next, seen)
		}
	}
	return seen
}

// TestArchitectureIsDrawnAsItIs compares the drawings with the imports: every
// package has one box, an import follows the arrows, and no arrow leads up.
func TestArchitectureIsDrawnAsItIs(t *testing.T) {
	t.Parallel()
	drawn := drawings(t, "docs/architecture.md")
	if diff := cmp.Diff(drawn, drawings(t, "docs/ja/architecture.md")); diff != "" {
		t.Errorf("the two languages draw differently (-en +ja):\n%s", diff)
	}
	boxes := make([]map[string]string, len(drawn)) // of each drawing: package to box
	named := map[string]bool{}
	for i, d := range drawn {
		boxes[i] = map[string]string{}
		for box, packages := range d.Boxes {
			for _, p := range packages {
				boxes[i][p], named[p] = box, true
			}
			for _, next := range d.Arrows[box] {
				if d.down(next, map[string]bool{})[box] {
					t.Errorf("the arrow from %s to %s leads up", box, next)
				}
			}
		}
	}
	for _, p := range packages(t) {
		from := strings.TrimPrefix(p.ImportPath, module+"/")
		if !strings.HasPrefix(p.ImportPath, module+"/") || undrawn(from) {
			continue
		}
		if !named[from] {
			t.Errorf("%s is not drawn", from)
		}
		for i, d := range drawn {
			box, ok := boxes[i][from]
			if !ok {
				continue
			}
			reached := d.down(box, map[string]bool{})
			for _, to := range p.Imports {
				other, ok := boxes[i][strings.TrimPrefix(to, module+"/")]
				if ok && !reached[other] {
					t.Errorf("%s imports %s, and no arrow leads from %s to %s", from, to, box, other)
				}
			}
		}
	}
	for p := range maps.Keys(named) {
		if _, err := os.Stat(filepath.Join(root(t), p)); err != nil {
			t.Errorf("%s is drawn and does not exist", p)
		}
	}
}

// undrawn are packages that are not part of either half: tests, what tests use, and
// the feature files.
func undrawn(p string) bool {
	top, _, _ := strings.Cut(p, "/")
	return slices.Contains([]string{"test", "examples", "testcontainers", "features"}, top) || strings.HasSuffix(p, "test") ||
		strings.HasPrefix(p, "internal/mutate/")
}
