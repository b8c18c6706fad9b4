package runner

import (
	"bytes"

	messages "github.com/cucumber/messages/go/v34"
)

const (
	// longestLine is what Gherkin's reader takes; at a longer one it ends in a panic.
	longestLine = 60_000
	// mostSteps are what a file may come to, when each row of 例 has its own: some tens
	// of kilobytes can ask for millions.
	mostSteps = 200_000
)

// tooLong is the number of the first line that is longer, 0 for none.
func tooLong(text []byte) (number int) {
	for line := range bytes.Lines(text) {
		if number++; len(line) > longestLine {
			return number
		}
	}
	return 0
}

// stepsOf counts the steps of all scenarios of a feature.
func stepsOf(f *messages.Feature) (n int) {
	background := 0
	for _, child := range f.Children {
		switch {
		case child.Background != nil:
			background += len(child.Background.Steps)
		case child.Scenario != nil:
			n += stepsOfScenario(child.Scenario, background)
		case child.Rule != nil:
			n += stepsOfRule(child.Rule, background)
		}
	}
	return n
}

func stepsOfRule(r *messages.Rule, background int) (n int) {
	for _, child := range r.Children {
		switch {
		case child.Background != nil:
			background += len(child.Background.Steps)
		case child.Scenario != nil:
			n += stepsOfScenario(child.Scenario, background)
		}
	}
	return n
}

func stepsOfScenario(s *messages.Scenario, background int) int {
	each := background + len(s.Steps)
	rows := 0
	for _, e := range s.Examples {
		rows += len(e.TableBody)
	}
	if len(s.Examples) == 0 {
		rows = 1
	}
	return rows * each
}
