package suite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"example.com/netanswer/client"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/say"
)

// knownDefects is an error where a sandbox has no defect of one of these names.
func knownDefects(ctx context.Context, controls *client.Client, names []string) error {
	if len(names) == 0 {
		return nil
	}
	all, err := controls.Defects(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		if !slices.ContainsFunc(all, func(d client.Defect) bool { return d.Name == name }) {
			return fmt.Errorf("verify: -defect %s: there is no such defect; verify defects lists them", name)
		}
	}
	return nil
}

// ListDefects writes every defect that -defect takes, with its rules and what is
// wrong then, in the lines that hold each of the words.
func ListDefects(ctx context.Context, words []string, l say.Language, out io.Writer) (err error) {
	s, err := server.Start(server.EphemeralConfig(), nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Stop()) }()
	all, err := client.New(s.ConsoleURL).Defects(ctx)
	if err != nil {
		return err
	}
	found := 0
	for _, d := range all {
		line := fmt.Sprintf(l.Of("%-32s %s（%s）", "%-32s %s (%s)"), d.Name, l.Translate(d.Says), strings.Join(d.Rules, " "))
		if holds(line, words) {
			found++
			if _, err := fmt.Fprintln(out, line); err != nil {
				return err
			}
		}
	}
	if found == 0 {
		return fmt.Errorf("verify defects: no defect has %s", strings.Join(words, " "))
	}
	return nil
}
