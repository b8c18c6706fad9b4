package runner

import (
	"errors"

	"example.com/netanswer/steps/say"
)

// A Failure is a scenario that failed with a driver, by its file and name: a
// line of a file moves.
type Failure struct{ Driver, File, Name string }

// LastFailed lists what failed in the run whose reports are in a folder. That
// nothing did is an error: there is nothing to be tried again.
func LastFailed(dir string) ([]Failure, error) {
	back, err := recall(dir)
	if err != nil {
		return nil, err
	}
	var list []Failure
	for _, o := range back.Outcomes {
		if o.Verdict == Failed {
			list = append(list, Failure{o.Driver, o.File, o.Name})
		}
	}
	if len(list) == 0 {
		return nil, errors.New("nothing failed in the run before")
	}
	return list, nil
}

// failed are the failures to be tried again, nil where all is to be tried.
func (sel Selection) failed() map[Failure]bool {
	if len(sel.Failed) == 0 {
		return nil
	}
	set := make(map[Failure]bool, len(sel.Failed))
	for _, f := range sel.Failed {
		set[f] = true
	}
	return set
}

// failedCondition is met by what failed with any driver.
func failedCondition(failed []Failure, mask func(string) string) condition {
	set := map[string]bool{}
	for _, f := range failed {
		set[f.File+" "+f.Name] = true
	}
	return condition{"what failed in the run before", func(s Scenario) bool { return set[s.File+" "+say.Plain(mask(s.Name))] }}
}
