package suite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
)

// TestWatchTriesAgainWhatAChangeConcerns changes files while nothing is tried, and
// sees what is tried then.
func TestWatchTriesAgainWhatAChangeConcerns(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("own/a.feature", "a")
	write("own/b.feature", "b")
	write("rules.yaml", "rules: []")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var tried [][]string
	fails := map[int]error{2: errors.New("a feature that cannot be read")}
	steps := []func(){
		func() { write("own/a.feature", "a changed"); write("own/note.txt", "no feature") },
		func() { write("own/new/c.feature", "c") },
		func() { write("own/new/c.feature", "c changed") },
		func() { write("rules.yaml", "rules: []\n") },
		func() { // as many editors save: another file takes the place of this one
			write("own/new/d.tmp", "b changed")
			if err := os.Rename("own/new/d.tmp", "own/b.feature"); err != nil {
				t.Error(err)
			}
		},
		cancel,
	}
	o := suite.Options{Features: "own", Rules: "rules.yaml"}
	err := suite.Watch(ctx, o, func(now suite.Options) (runner.Result, error) {
		tried = append(tried, now.Select.At)
		if err := fails[len(tried)-1]; err != nil {
			return runner.Result{}, err
		}
		return runner.Result{}, nil
	}, func() { steps[len(tried)-1]() })
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{nil, {"own/a.feature"}, {"own/new/c.feature"}, {"own/new/c.feature"}, nil, {"own/b.feature"}}
	if diff := cmp.Diff(want, tried); diff != "" {
		t.Errorf("tried (-want +got):\n%s", diff)
	}
}

func TestWatchAsksForAFolder(t *testing.T) {
	t.Parallel()
	if err := suite.Watch(t.Context(), suite.Options{}, nil, nil); err == nil {
		t.Error("the features of the program are watched")
	}
	if err := suite.Watch(t.Context(), suite.Options{Features: filepath.Join(t.TempDir(), "none")}, nil, nil); err == nil {
		t.Error("a folder that is not there is watched")
	}
}
