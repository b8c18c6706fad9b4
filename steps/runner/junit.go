package runner

import (
	"encoding/xml"
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// The report follows the format that GitLab, Jenkins and GitHub's actions read:
// a testsuite for each feature and driver, a failure or skipped element in a
// testcase. There is no standard; but for file and line on a testcase, by which
// GitLab and GitHub's actions lead to the scenario and which its testcase does
// not know, it is valid by junit-10.xsd of Jenkins' xUnit plug-in. The class name
// has the driver in it, for the readers tell test cases apart by class and
// name.
type junitReport struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	File       string          `xml:"file,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`

	began time.Time
	took  time.Duration
	names map[string]bool
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	File    string        `xml:"file,attr"`
	Line    int           `xml:"line,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitMessage `xml:"failure"`
	Skipped *junitMessage `xml:"skipped"`
	Out     *junitText    `xml:"system-out"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",cdata"`
}

type junitText struct {
	Text string `xml:",cdata"`
}

// writeJUnit writes all outcomes to junit.xml.
func (r Result) writeJUnit(dir string) error {
	text, err := xml.MarshalIndent(r.junit(dir), "", "  ")
	if err != nil {
		return fmt.Errorf("write junit.xml: %w", err)
	}
	return writeReport(dir, "junit.xml", append([]byte(xml.Header), append(text, '\n')...))
}

func (r Result) junit(dir string) junitReport {
	report := junitReport{
		Name: "netanswer", Time: seconds(r.Took),
		Tests: len(r.Outcomes), Failures: r.Count(Failed),
	}
	index := map[[2]string]int{}
	for _, o := range r.Outcomes {
		key := [2]string{o.Driver, o.File}
		i, ok := index[key]
		if !ok {
			i = len(report.Suites)
			index[key] = i
			report.Suites = append(report.Suites, junitSuite{
				Name: fmt.Sprintf("%s [%s]", o.Feature, o.Driver), File: o.File, began: o.Began, names: map[string]bool{},
				Properties: []junitProperty{{"driver", o.Driver}, {"seed", fmt.Sprint(r.Seed)}},
			})
			if engine := r.Engines[o.Driver]; engine != "" {
				s := &report.Suites[i]
				s.Properties = append(s.Properties, junitProperty{"engine", engine})
			}
		}
		report.Suites[i].add(o, dir)
	}
	for i := range report.Suites {
		s := &report.Suites[i]
		s.Time, s.Timestamp = seconds(s.took), s.began.UTC().Format("2006-01-02T15:04:05")
	}
	return report
}

func (s *junitSuite) add(o Outcome, dir string) {
	c := junitCase{
		Name: o.Name, File: o.File, Line: o.Line, Time: seconds(o.Took),
		Class: o.Driver + "." + strings.ReplaceAll(strings.TrimSuffix(o.File, ".feature"), "/", "."),
	}
	if o.Repetition > 0 {
		c.Name = fmt.Sprintf("%s（%d回目）", c.Name, o.Repetition)
	}
	if s.names[c.Name] {
		c.Name = fmt.Sprintf("%s（%d行目）", c.Name, c.Line)
	}
	s.names[c.Name] = true
	switch o.Verdict {
	case Failed:
		c.Failure = &junitMessage{Message: firstLine(o.Err), Type: "failed", Text: "\n" + o.explained()}
		s.Failures++
	case Skipped:
		c.Skipped = &junitMessage{Message: firstLine(o.Err)}
		s.Skipped++
	}
	for _, e := range o.Evidence {
		if c.Out == nil {
			c.Out = &junitText{"\n"}
		}
		c.Out.Text += attachment(dir, e)
	}
	s.Tests++
	s.took += o.Took
	if o.Began.Before(s.began) {
		s.began = o.Began
	}
	s.Cases = append(s.Cases, c)
}

// attachment is how GitLab and Jenkins are told of a file. They look for it from the
// root of the checkout; of another folder of this machine nothing is told.
func attachment(dir, evidence string) string {
	if filepath.IsAbs(dir) {
		return fmt.Sprintf("[[ATTACHMENT|%s]]\n", evidence)
	}
	return fmt.Sprintf("[[ATTACHMENT|%s]]\n", shown(dir, evidence))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
