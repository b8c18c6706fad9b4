package runner_test

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// jenkins is what the schema of Jenkins' xUnit plug-in (junit-10.xsd) knows of
// each element: what may stand in it, and its attributes, those in capitals
// being required.
var jenkins = map[string]struct{ within, attributes string }{
	"testsuites": {"testsuite", "name time tests failures errors"},
	"testsuite": {
		"testsuite properties testcase system-out system-err",
		"NAME TESTS FAILURES ERRORS group time skipped timestamp hostname id package file log url",
	},
	"properties": {"property", ""},
	"property":   {"", "NAME VALUE"},
	"testcase":   {"skipped error failure system-out system-err", "NAME time classname group"},
	"failure":    {"", "type message"},
	"skipped":    {"", "type message"},
	"system-out": {"", ""},
}

// TestJUnitIsWhatJenkinsKnows allows file and line on a testcase besides, by
// which GitLab and GitHub's actions lead to the scenario.
func TestJUnitIsWhatJenkinsKnows(t *testing.T) {
	cfg := everyOutcome(t)
	run(t, cfg)
	var path []string
	seen := map[string]int{}
	for decode := xml.NewDecoder(strings.NewReader(read(t, cfg.Reports.Dir, "junit.xml"))); ; {
		token, err := decode.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.StartElement:
			name := e.Name.Local
			seen[name]++
			if n := len(path); n > 0 && !slices.Contains(strings.Fields(jenkins[path[n-1]].within), name) {
				t.Errorf("%s stands in %s", name, path[n-1])
			}
			path = append(path, name)
			known, given := strings.Fields(jenkins[name].attributes), []string{}
			for _, a := range e.Attr {
				given = append(given, a.Name.Local)
				allowed := slices.Contains(known, a.Name.Local) || slices.Contains(known, strings.ToUpper(a.Name.Local))
				if !allowed && (name != "testcase" || a.Name.Local != "file" && a.Name.Local != "line") {
					t.Errorf("%s has %s", name, a.Name.Local)
				}
			}
			for _, a := range known {
				if a == strings.ToUpper(a) && !slices.Contains(given, strings.ToLower(a)) {
					t.Errorf("%s lacks %s", name, strings.ToLower(a))
				}
			}
		}
	}
	for _, name := range []string{"testsuites", "testsuite", "properties", "testcase", "failure", "skipped", "system-out"} {
		if seen[name] == 0 {
			t.Errorf("no %s in the report", name)
		}
	}
}
