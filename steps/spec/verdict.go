package spec

import (
	"encoding/xml"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"example.com/netanswer/steps/runner"
)

// Verdicts are how scenarios fared: by driver, then by file:line.
type Verdicts map[string]map[string]string

// ReadJUnit reads the verdicts of a run's junit.xml into v.
func (v Verdicts) ReadJUnit(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read verdicts: %w", err)
	}
	var report struct {
		Suites []struct {
			Cases []struct {
				Class   string    `xml:"classname,attr"`
				File    string    `xml:"file,attr"`
				Line    int       `xml:"line,attr"`
				Failure *struct{} `xml:"failure"`
				Error   *struct{} `xml:"error"`
				Skipped *struct {
					Message string `xml:"message,attr"`
				} `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(text, &report); err != nil {
		return fmt.Errorf("read verdicts: %s: %w", file, err)
	}
	for _, s := range report.Suites {
		for _, c := range s.Cases {
			driver, _, _ := strings.Cut(c.Class, ".")
			if v[driver] == nil {
				v[driver] = map[string]string{}
			}
			verdict := Green
			switch {
			case c.Failure != nil || c.Error != nil:
				verdict = Red
			case c.Skipped != nil && strings.HasPrefix(c.Skipped.Message, string(runner.NotAsked)):
				verdict = None
			case c.Skipped != nil && strings.HasPrefix(c.Skipped.Message, string(runner.Known)):
				verdict = Expected
			case c.Skipped != nil:
				verdict = Open
			}
			v[driver][c.File+":"+strconv.Itoa(c.Line)] = verdict
		}
	}
	return nil
}

// Drivers are the drivers of all runs, in the usual order.
func (v Verdicts) Drivers() []string {
	var names []string
	for _, name := range []string{"api", "pc", "sp", "iphone", "android"} {
		if v[name] != nil {
			names = append(names, name)
		}
	}
	for name := range v {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// of is the verdict of scenarios together with one driver. One that no run has
// tried is 未実行; 対象外 is only what cannot be asked.
func (v Verdicts) of(driver string, scenarios []runner.Scenario) string {
	if len(scenarios) == 0 {
		return Blank
	}
	verdict := None
	for _, s := range scenarios {
		found := v[driver][s.ID()]
		if found == "" && s.AppliesTo(driver) {
			found = Open
		}
		switch found {
		case Red:
			return Red
		case Open:
			verdict = Open
		case Expected:
			if verdict != Open {
				verdict = Expected
			}
		case Green:
			if verdict == None {
				verdict = Green
			}
		}
	}
	return verdict
}
