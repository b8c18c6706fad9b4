package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/netanswer/internal/publish"
	"example.com/netanswer/internal/settings"
	"example.com/netanswer/steps/spec"
)

func approvalsFlag(set *settings.Set, to *string) {
	set.StringVar(to, "approvals", "approvals.yaml", "file of who has approved which rule, as spec approve writes it")
}

// featuresFlag is of what publishes scenarios: the embedded ones, or those of a folder.
func featuresFlag(set *settings.Set, to *string) {
	set.StringVar(to, "features", "", "folder of scenarios instead of the embedded ones, as features export writes it")
}

// approveCommand is `netanswer spec approve`: somebody approves rules with their
// scenarios as they are now.
func approveCommand(p Process, args []string) error {
	var rules []string
	var o publish.Options
	set := p.settings("spec approve", args)
	set.Words(&rules)
	by := set.String("by", "", "who approves")
	all := set.Bool("all", false, "every rule")
	approvalsFlag(set, &o.Approvals)
	featuresFlag(set, &o.Features)
	if err := set.Parse(args, nil); err != nil {
		return err
	}
	if strings.TrimSpace(*by) == "" || *all == (len(rules) > 0) {
		return errors.New("spec approve: want rules or -all, and -by, like: spec approve p34-7 a-06 -by 山田")
	}
	source, err := publish.Read(o)
	if err != nil {
		return err
	}
	for _, id := range rules {
		if !slices.Contains(ids(source), id) {
			return fmt.Errorf("spec approve: rule %q is not in the register", id)
		}
	}
	n := 0
	for _, r := range source.Rules {
		if !*all && !slices.Contains(rules, r.ID) {
			continue
		}
		if state, _ := source.Approvals.State(r, source.Proving(r.ID)); state == spec.ApprovedState {
			continue // who approved it first has
		}
		source.Approvals.Approve(r, source.Proving(r.ID), *by, source.Made)
		n++
	}
	if err := source.Approvals.Write(o.Approvals); err != nil {
		return fmt.Errorf("spec approve: %w", err)
	}
	_, err = fmt.Fprintf(p.Out, p.languageOf(args).Of("%s: 承認 %d件（%s）\n", "%s: %d approved (%s)\n"), o.Approvals, n, *by)
	return err
}

func ids(s spec.Source) []string {
	var list []string
	for _, r := range s.Rules {
		list = append(list, r.ID)
	}
	return list
}

// checkCommand is `netanswer spec check`: is what was approved still what is said?
func checkCommand(p Process, args []string) error {
	var o publish.Options
	set := p.settings("spec check", args)
	all := set.Bool("all", false, "a rule that nobody has approved is wrong as well")
	approvalsFlag(set, &o.Approvals)
	featuresFlag(set, &o.Features)
	if err := set.Parse(args, nil); err != nil {
		return err
	}
	if _, err := os.Stat(o.Approvals); err != nil {
		return fmt.Errorf("spec check: %w", err) // nothing to check is not all in order
	}
	source, err := publish.Read(o)
	if err != nil {
		return err
	}
	l := p.languageOf(args)
	count := map[string]int{}
	wrong := 0
	for _, r := range source.Rules {
		state, since := source.Approvals.State(r, source.Proving(r.ID))
		count[state]++
		if state == spec.ApprovedState || state == spec.OpenState && !*all {
			continue
		}
		wrong++
		if err := differs(p.Out, r.ID, l.Of(state, map[string]string{spec.ChangedState: "changed", spec.OpenState: "not approved"}[state]),
			r.Says, since); err != nil {
			return err
		}
	}
	for _, id := range gone(source) {
		wrong++
		if _, err := fmt.Fprintf(p.Out, l.Of("✗ %s 承認済みですが、規則がなくなりました\n", "✗ %s is approved, but the rule is gone\n"), id); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(p.Out, l.Of("承認済み %d、変更あり %d、未承認 %d\n", "approved %d, changed %d, not approved %d\n"),
		count[spec.ApprovedState], count[spec.ChangedState], count[spec.OpenState]); err != nil {
		return err
	}
	if wrong > 0 {
		return fmt.Errorf("spec check: %d件が承認されたとおりではありません", wrong)
	}
	return nil
}

// differs tells what was said when a rule was approved, and what is said now.
func differs(out io.Writer, id, state, says string, since []spec.Line) error {
	text := fmt.Sprintf("✗ %s %s: %s\n", id, state, says)
	for _, l := range since {
		if l.Op != spec.Kept {
			text += "  " + l.Op + " " + l.Text + "\n"
		}
	}
	_, err := io.WriteString(out, text)
	return err
}

// gone are the approved rules that are no longer there.
func gone(s spec.Source) []string {
	var list []string
	for id := range s.Approvals {
		if !slices.Contains(ids(s), id) {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}

// tableCommand is `netanswer spec table`: rules × scenarios × verdicts for a
// spreadsheet.
func tableCommand(p Process, args []string) (err error) {
	var files []string
	var o publish.Options
	var reports settings.List
	set := p.settings("spec table", args)
	set.Words(&files)
	approvalsFlag(set, &o.Approvals)
	featuresFlag(set, &o.Features)
	set.Var(&reports, "reports", "folder with the junit.xml of a run; may be repeated (default reports, if there is one)")
	if err := set.Parse(args, nil); err != nil {
		return err
	}
	o.Reports = reports
	file, err := oneFile(files)
	if err != nil {
		return fmt.Errorf("spec table: %w", err)
	}
	write := map[string]func(spec.Source, io.Writer) error{".csv": spec.Source.WriteCSV,
		".xlsx": spec.Source.WriteExcel}[filepath.Ext(file)]
	if write == nil {
		return errors.New("spec table: name a file, like rules.csv or rules.xlsx")
	}
	source, err := publish.Read(o)
	if err != nil {
		return err
	}
	out, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("spec table: %w", err)
	}
	if err := errors.Join(write(source, out), out.Close()); err != nil {
		return fmt.Errorf("spec table: %s: %w", file, err)
	}
	_, err = fmt.Fprintf(p.Out, p.languageOf(args).Of("%s: 規則 %d、シナリオ %d\n", "%s: %d rules, %d scenarios\n"), file, len(source.Rules),
		len(source.Scenarios))
	return err
}
