package suite

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"example.com/netanswer/features"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/runner"
)

// scenarios are the features to be tried and the folder shown before their names.
func (o Options) scenarios() (fs.FS, string, error) {
	if o.Features == "" {
		return features.Files, features.Root, nil
	}
	if info, err := os.Stat(o.Features); err != nil {
		return nil, "", fmt.Errorf("-features: %w", err)
	} else if !info.IsDir() {
		return nil, "", fmt.Errorf("-features: %s is no folder", o.Features)
	}
	root := path.Clean(filepath.ToSlash(o.Features))
	if filepath.IsAbs(o.Features) || strings.HasPrefix(root, "..") {
		root = path.Base(root) // reports name no folder of this machine
	}
	return os.DirFS(o.Features), root, nil
}

// own puts into a configuration what is a team's own: its scenarios, the rules
// that they prove besides ours, and its tags.
func (o Options) own(cfg *runner.Config) (err error) {
	if cfg.Features, cfg.Root, err = o.scenarios(); err != nil {
		return err
	}
	cfg.AllowTags = o.AllowTags
	if o.Features == "" && o.Rules == "" {
		return nil
	}
	cfg.UnusedAllowed, cfg.OwnTags, cfg.Counted = o.Features != "", true, []string{}
	if o.Rules == "" {
		return nil
	}
	data, err := os.ReadFile(o.Rules)
	if err != nil {
		return fmt.Errorf("-rules: %w", err)
	}
	own, err := fixtures.OwnRules(o.Rules, data, cfg.Rules)
	if err != nil {
		return fmt.Errorf("-rules: %w", err)
	}
	for _, rule := range own {
		cfg.Counted = append(cfg.Counted, rule.ID)
	}
	cfg.Rules = append(cfg.Rules, own...)
	return nil
}

// again is the command that runs one scenario again.
func (o Options) again(of runner.Outcome) string {
	program := "go run ."
	if name := filepath.Base(os.Args[0]); name == "netanswer" {
		program = name
	}
	command := fmt.Sprintf("%s verify -driver %s -at %s", program, of.Driver, quote(of.ID()))
	if o.Target != "" {
		command += " -target " + quote(o.Target)
	}
	if of.Driver != "api" {
		command += " -trace"
	}
	if o.Features != "" {
		command += " -features " + quote(o.Features)
	}
	if o.Rules != "" {
		command += " -rules " + quote(o.Rules)
	}
	if len(o.AllowTags) > 0 {
		command += " -allow-tags " + quote(strings.Join(o.AllowTags, ","))
	}
	for _, change := range o.Changes {
		command += fmt.Sprintf(" -%s %s", change[0], quote(change[1]))
	}
	return command
}

// plainWord matches what a shell takes as it is.
var plainWord = regexp.MustCompile(`^[\p{L}\p{N}@%+=:,./_-]+$`)

// quote is a word as a shell reads it.
func quote(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
