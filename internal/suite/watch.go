package suite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"example.com/netanswer/steps/runner"
)

// quiet is how long nothing may happen until a change is whole: editors write a
// file in several steps, and some write another one first.
const quiet = 100 * time.Millisecond

// Watch tries the scenarios, and tries again what a change concerns: the scenarios of
// the files that changed and of those that failed last, or all where a target.yaml or
// rules of one's own changed. It ends with ctx.
func Watch(ctx context.Context, o Options, try func(Options) (runner.Result, error), waiting func()) (err error) {
	if o.Features == "" {
		return errors.New("verify -watch: which folder of features is watched? give it by -features, like -features features")
	}
	_, root, err := o.scenarios()
	if err != nil {
		return err
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("verify -watch: %w", err)
	}
	defer func() { err = errors.Join(err, watcher.Close()) }()
	if _, err := watchFolders(watcher, o.Features); err != nil {
		return err
	}
	for _, file := range []string{o.Target, o.Rules} {
		if file == "" {
			continue
		}
		if err := watcher.Add(filepath.Dir(file)); err != nil { // a file is often replaced by another one
			return fmt.Errorf("verify -watch: %w", err)
		}
	}
	selection := o.Select
	failed := map[string]bool{}
	for {
		result, err := try(o)
		if ctx.Err() != nil {
			return nil
		}
		if err == nil {
			for _, at := range o.Select.At {
				delete(failed, at)
			}
			for _, outcome := range result.Outcomes {
				file, _, _ := strings.Cut(outcome.ID(), ":")
				failed[file] = failed[file] || outcome.Verdict == runner.Failed
			}
		}
		waiting()
		changed, all, err := changes(ctx, watcher, o, root)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		o.Select = concerned(selection, changed, failed, all)
	}
}

// concerned narrows a selection to files that changed and files in which a scenario
// failed. Places that were asked for are kept as they are.
func concerned(asked runner.Selection, changed, failed map[string]bool, all bool) runner.Selection {
	if all || len(asked.At) > 0 {
		return asked
	}
	for _, files := range []map[string]bool{changed, failed} {
		for file, yes := range files {
			if yes && !slices.Contains(asked.At, file) {
				asked.At = append(asked.At, file)
			}
		}
	}
	slices.Sort(asked.At)
	return asked
}

// watchFolders watches a folder and those below it, and returns the features that it
// holds.
func watchFolders(watcher *fsnotify.Watcher, top string) (features []string, err error) {
	err = filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return watcher.Add(name)
		case filepath.Ext(name) == feature:
			features = append(features, name)
		}
		return nil
	})
	return features, err
}

// feature is how the name of a file of scenarios ends.
const feature = ".feature"

// changes waits for a change that concerns a scenario and returns the features that
// changed by the names that reports give them; all: more than features changed.
func changes(ctx context.Context, watcher *fsnotify.Watcher, o Options, root string) (changed map[string]bool, all bool, err error) {
	changed = map[string]bool{}
	still := time.NewTimer(quiet)
	defer still.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil, false, nil
		case err := <-watcher.Errors:
			return nil, false, fmt.Errorf("verify -watch: %w", err)
		case event := <-watcher.Events:
			still.Reset(quiet)
			name := filepath.Clean(event.Name)
			names := []string{name}
			if info, err := os.Stat(name); err == nil && info.IsDir() && event.Has(fsnotify.Create) {
				if names, err = watchFolders(watcher, name); err != nil { // what came with it has no event of its own
					return nil, false, err
				}
			}
			for _, name := range names {
				within, err := filepath.Rel(o.Features, name)
				if err == nil && filepath.Ext(name) == feature && !strings.HasPrefix(within, "..") {
					_, gone := os.Stat(name)
					changed[path.Join(root, filepath.ToSlash(within))] = gone == nil
				}
			}
			all = all || o.Target != "" && name == filepath.Clean(o.Target) || o.Rules != "" && name == filepath.Clean(o.Rules)
		case <-still.C:
			if all || slices.Contains(slices.Collect(maps.Values(changed)), true) {
				return changed, all, nil
			}
		}
	}
}
